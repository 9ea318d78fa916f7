// How the name of an item within its source is put together where the publisher's alone names several things.

/** Nobody writes it into an id; the expression of the index `items_split_names` holds it too. */
const between = ' ¦ ';

/** "https://show.example/ ¦ url:show.example/e/1". */
export function joinNames(base: string, more: string): string {
  return `${base}${between}${more}`.slice(0, 1500);
}

/** What the publisher's part of a name is. */
export function baseOf(guid: string): string {
  return guid.split(between, 1)[0]!;
}
