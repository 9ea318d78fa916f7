// What the benchmarks of stories and topics share: items in, clusters out, vectors of the product's own embedder between.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedEmbedder } from '../../core/embedder/embedded.ts';
import { fitTexts } from '../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../core/embedder/open-word-table.ts';
import { agreementOf, type Agreement } from './agreement.ts';

export interface BenchItem {
  id: string;
  text: string;
}

/** The items of a file of {id, text} lines. */
export function readItems(path: string): BenchItem[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as BenchItem);
}

/** Vectors of the embedded embedder, fitted on these items as it is on the items of an installation. */
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

type FindClusters = (items: readonly BenchItem[]) => Promise<number[][]>;

const directory = '../shared/bench/cluster';

/** Finds the clusters of all public sets of a kind, one after the other, and prints how they agree with the gold. */
export async function scoreAll(
  prefix: string,
  measures: (keyof Agreement)[],
  ways: Record<string, FindClusters>,
): Promise<void> {
  if (!existsSync(directory)) return print([`skipped: ${directory} is not there`]);
  const names = readdirSync(directory).filter((file) => file.startsWith(prefix) && file.endsWith('.items.jsonl'));
  print(['', 'items', ...Object.keys(ways).flatMap((way) => [way, 'share', ...measures, 'cpu'])]);
  for (const name of names.map((file) => file.replace('.items.jsonl', ''))) {
    const items = readItems(join(directory, `${name}.items.jsonl`));
    const cells: string[] = [];
    for (const find of Object.values(ways)) cells.push(...(await scoreOne(name, items, { find, measures })));
    print([name, String(items.length), ...cells]);
  }
  print(['peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`]);
}

async function scoreOne(
  name: string,
  items: readonly BenchItem[],
  { find, measures }: { find: FindClusters; measures: (keyof Agreement)[] },
): Promise<string[]> {
  const started = process.cpuUsage();
  const clusters = await find(items);
  const { user, system } = process.cpuUsage(started);
  const found: string[] = [];
  clusters.forEach((members, cluster) => members.forEach((item) => (found[item] = String(cluster))));
  const lines = readFileSync(join(directory, `${name}.gold.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const gold = new Map(lines.map((line) => Object.values(JSON.parse(line) as { id: string; cluster: string })).map(([id, cluster]) => [id, String(cluster)])); // prettier-ignore
  const agreement = agreementOf(items.map(({ id }) => gold.get(id)!), found); // prettier-ignore
  const largest = Math.max(...clusters.map(({ length }) => length)) / items.length;
  const figures = measures.map((measure) => agreement[measure].toFixed(3));
  return [
    String(clusters.length),
    `${(100 * largest).toFixed(0)}%`,
    ...figures,
    `${((user + system) / 1e6).toFixed(1)} s`,
  ];
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(10))).join('')}\n`);
}
