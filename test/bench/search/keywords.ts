// ../shared/bench/recsys -> titles, and questions: a keyword that readers gave themselves, with what these readers kept.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchText } from './bench-text.ts';

export interface BenchQuestion {
  text: string;
  relevant: ReadonlySet<string>;
}

/** A keyword with fewer says little about a list of ten. */
const leastRelevant = 5;

/** The titles of the split that nobody's signals were learned from. */
export function readTitles(directory: string): BenchText[] {
  return linesOf(join(directory, 'items.jsonl'))
    .map((line) => JSON.parse(line) as { id: string; title: string; split: string })
    .filter(({ split }) => split === 'dev')
    .map(({ id, title }) => ({ id, title, lang: 'en', text: '', authors: [] }));
}

/** Each keyword once. */
export function keywordQuestions(directory: string, titles: readonly BenchText[]): BenchQuestion[] {
  const ids = new Set(titles.map(({ id }) => id));
  const keptBy = new Map<string, string[]>();
  for (const line of linesOf(join(directory, 'dev_qrels.tsv'))) {
    const [user, item] = line.split('\t') as [string, string];
    if (ids.has(item.trim())) keptBy.set(user, [...(keptBy.get(user) ?? []), item.trim()]);
  }
  const relevant = new Map<string, Set<string>>();
  for (const line of linesOf(join(directory, 'dev_profiles.jsonl'))) {
    const { user, keywords = [] } = JSON.parse(line) as { user: string; keywords?: string[] };
    for (const keyword of keywords) {
      const kept = relevant.get(keyword) ?? new Set();
      for (const item of keptBy.get(user) ?? []) kept.add(item);
      relevant.set(keyword, kept);
    }
  }
  return [...relevant]
    .filter(([, items]) => items.size >= leastRelevant)
    .map(([text, items]) => ({ text, relevant: items }));
}

/** Normalised discounted cumulative gain of the first ten (Jarvelin, Kekalainen 2002), each relevant one counting 1. */
export function ndcgAt10(found: readonly string[], relevant: ReadonlySet<string>): number {
  const gain = (hits: readonly boolean[]): number =>
    hits.reduce((sum, hit, at) => sum + (hit ? 1 / Math.log2(at + 2) : 0), 0);
  return (
    gain(found.slice(0, 10).map((id) => relevant.has(id))) /
    gain(Array.from({ length: Math.min(10, relevant.size) }, () => true))
  );
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
