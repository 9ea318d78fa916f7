// A number and what is counted -> both in English words; pure.

/** "1 link", "2 links" */
export function plural(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
