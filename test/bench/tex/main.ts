// `npm run bench:tex [DIRECTORY]`: how many real titles and abstracts keep debris of TeX, and how long reading them takes.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { texToText } from '../../../core/tex/tex-to-text.ts';

const folder = process.argv[2] ?? '../shared/data/cc0/';

interface Paper {
  id: string;
  title: string;
  abstract: string;
  date: string;
}

/** As the judge of a week has it: commands, scripts in braces, braces without a partner, dollar signs that are no money. */
const debris = /\\[a-zA-Z]+|\\[%_&$#{},;!]|\^\{|_\{|\$(?!\d)|\$[^$]*[\\^_{}][^$]*\$|``|\{,\}/;
const hasDebris = (text: string) => debris.test(text) || text.split('{').length !== text.split('}').length;

function* papersIn(directory: string): Generator<Paper> {
  for (const file of readdirSync(directory).filter((name) => /^arxiv-.*\.jsonl\.gz$/.test(name))) {
    for (const line of gunzipSync(readFileSync(join(directory, file)))
      .toString()
      .split('\n')) {
      if (line !== '') yield JSON.parse(line) as Paper;
    }
  }
}

/** Every second paper since 2025 was left out of sight while the reader was written; of those before, all were. */
function partOf({ id, date }: Paper): string {
  if (date < '2025') return 'before 2025';
  return createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'since 2025, seen' : 'since 2025, held out';
}

function measure(): void {
  const counts: Record<string, { papers: number; titles: number; abstracts: number }> = {};
  const source = { titles: 0, abstracts: 0 };
  let [ms, characters] = [0, 0];
  for (const paper of papersIn(folder)) {
    const count = (counts[partOf(paper)] ??= { papers: 0, titles: 0, abstracts: 0 });
    const started = performance.now();
    const [title, abstract] = [texToText(paper.title), texToText(paper.abstract)];
    ms += performance.now() - started;
    characters += paper.title.length + paper.abstract.length;
    count.papers++;
    if (hasDebris(title)) count.titles++;
    if (hasDebris(abstract)) count.abstracts++;
    if (paper.date >= '2025' && hasDebris(paper.title)) source.titles++;
    if (paper.date >= '2025' && hasDebris(paper.abstract)) source.abstracts++;
  }
  process.stdout.write(`papers with debris, of those since 2025 at first ${JSON.stringify(source)}\n`);
  for (const [part, { papers, titles, abstracts }] of Object.entries(counts)) {
    process.stdout.write(`${part.padEnd(22)} ${papers} papers: ${titles} titles, ${abstracts} abstracts\n`);
  }
  process.stdout.write(`${(characters / 1e6).toFixed()} million characters in ${(ms / 1000).toFixed(1)} s\n`);
  const recent = Object.entries(counts).filter(([part]) => part.startsWith('since'));
  const sum = (key: 'papers' | 'titles' | 'abstracts') => recent.reduce((total, [, count]) => total + count[key], 0);
  const total = { papers: sum('papers'), titles: sum('titles'), abstracts: sum('abstracts') };
  process.stdout.write(`${JSON.stringify({ ...total, parts: counts, seconds: Number((ms / 1000).toFixed(2)) })}\n`);
}

if (existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('arxiv-'))) measure();
else process.stdout.write(`skipped: no arxiv-*.jsonl.gz in ${folder}\n`);
