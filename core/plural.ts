// A number and what is counted -> both in English words; pure.

/** "1 link", "2 links", "4,812 readers" */
export function plural(count: number, one: string, more: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
}
