// Readers' known likes -> how much of what else they liked is among the hundred candidates nearest to the likes' centroid.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './lines.ts';
import { innerProduct } from '../../../core/math/vectors.ts';

export interface Likes {
  texts: string[];
  candidates: number[];
  readers: { known: number[]; wanted: Set<number> }[];
}

interface Item {
  id: string;
  title?: string;
  bow?: Record<string, number>;
  split: string;
}

/** A set of the recsys bench: titles, or bags of words written out as texts; candidates are the items of the dev split. */
export function readLikes(directory: string): Likes {
  const items = readLines<Item>(join(directory, 'items.jsonl'));
  const placeOf = new Map(items.map(({ id }, at) => [id, at]));
  const wanted = new Map<string, Set<number>>();
  for (const line of readFileSync(join(directory, 'dev_qrels.tsv'), 'utf8').trim().split('\n')) {
    const [user = '', item = ''] = line.split('\t');
    wanted.set(user, (wanted.get(user) ?? new Set()).add(placeOf.get(item)!));
  }
  const profiles = readLines<{ user: string; history: string[] }>(join(directory, 'dev_profiles.jsonl'));
  return {
    texts: items.map(({ title, bow }) => title ?? writeOut(bow ?? {})),
    candidates: items.flatMap(({ split }, at) => (split === 'dev' ? [at] : [])),
    readers: profiles.flatMap(({ user, history }) => {
      const own = wanted.get(user);
      return own ? [{ known: history.map((id) => placeOf.get(id)!), wanted: own }] : [];
    }),
  };
}

function writeOut(bag: Record<string, number>): string {
  return Object.entries(bag)
    .flatMap(([word, count]) => Array.from({ length: count }, () => word))
    .join(' ');
}

/** Recall at 100, mean over readers. */
export function recallOfLikes(vectors: readonly Float32Array[], { candidates, readers }: Likes): number {
  const recalls = readers.map(({ known, wanted }) => {
    const centroid = new Float32Array(vectors[0]!.length);
    for (const at of known) vectors[at]!.forEach((value, d) => (centroid[d]! += value));
    const nearest = candidates
      .map((at) => ({ at, score: innerProduct(centroid, vectors[at]!) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 100);
    return nearest.filter(({ at }) => wanted.has(at)).length / wanted.size;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}
