// The shipped word table, read once by each process and thread that embeds.
import { readFileSync } from 'node:fs';
import { readTable, type WordTable } from './word-table.ts';

let table: WordTable | undefined;

/** The table in table/words.bin; its recipe, figures and sources are in table/README.md. */
export function openWordTable(): WordTable {
  return (table ??= readTable(readFileSync(new URL('table/words.bin', import.meta.url))));
}
