// What the benchmarks of stories and topics share: items in, clusters out, vectors of the product's own embedder between.
import { readFileSync, writeFileSync } from 'node:fs';
import { embeddedEmbedder } from '../../workers/embed/embedded.ts';
import { fitTexts } from '../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../workers/embed/open-word-table.ts';

export interface BenchItem {
  id: string;
  text: string;
}

/** The items of a file of {id, text} lines. */
export function readItems(path: string): BenchItem[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as BenchItem);
}

/** Vectors of the embedded embedder, fitted on these items as it is on an own corpus. */
export function benchEmbed(items: readonly BenchItem[]): Promise<Float32Array[]> {
  const texts = items.map(({ text }) => text);
  const table = openWordTable();
  return embeddedEmbedder('embedded/bench', fitTexts(texts, table), table).embed(texts);
}

/** Writes {id, cluster} lines. */
export function writeClusters(
  path: string,
  items: readonly BenchItem[],
  clusters: readonly (readonly number[])[],
): void {
  const lines = clusters.flatMap((members, cluster) =>
    members.map((item) => `${JSON.stringify({ id: items[item]!.id, cluster })}\n`),
  );
  writeFileSync(path, lines.join(''));
}
