// A folder of ../shared/bench/recsys -> a split as hard as its hidden part: as many candidates, from readers and stories that may be seen.
import { readFileSync } from 'node:fs';
import {
  numberOf,
  readItems,
  readPairs,
  readProfiles,
  type BenchItem,
  type BenchProfile,
} from '../rank/read-dataset.ts';

export interface HarderSplit {
  /** Candidates have split `dev`. */
  items: BenchItem[];
  signals: [number, number][];
  profiles: BenchProfile[];
  /** Reader's number -> the candidates they liked. */
  wanted: Map<number, Set<number>>;
}

/** As in the published profiles. */
const fewestLikes = 10;

/**
 * Adds trained items to dev's candidates until there are as many as in the hidden part (stats.json), and takes them out of all
 * signals and histories. Which ones is decided by their numbers, so every run measures the same.
 */
export function harderSplit(folder: string): HarderSplit {
  const stats = JSON.parse(readFileSync(`${folder}/stats.json`, 'utf8')) as { test_items: number; dev_items: number };
  const items = readItems([`${folder}/items.jsonl`]);
  const warm = items.filter(({ split }) => split === 'warm').toSorted((left, right) => scatter(left.id) - scatter(right.id)); // prettier-ignore
  const heldOut = new Set(warm.slice(0, stats.test_items - stats.dev_items).map(({ id }) => id));
  const candidates = new Set([...heldOut, ...items.filter(({ split }) => split === 'dev').map(({ id }) => id)]);
  const known = new Map(readProfiles(`${folder}/dev_profiles.jsonl`).map((profile) => [profile.user, profile]));
  const likes = new Map<number, number[]>();
  const wanted = new Map<number, Set<number>>();
  for (const [user, item] of readPairs(`${folder}/dev_history.tsv`))
    likes.set(user, [...(likes.get(user) ?? []), item]);
  for (const [user, item] of readPairs(`${folder}/dev_qrels.tsv`)) wanted.set(user, (wanted.get(user) ?? new Set()).add(item)); // prettier-ignore
  const profiles: BenchProfile[] = [];
  for (const [user, all] of likes) {
    const { history, keywords } = known.get(`u${user}`) ?? { history: all, keywords: [] };
    const shown = history.filter((item) => !candidates.has(item));
    const found = new Set([...(wanted.get(user) ?? []), ...history.filter((item) => candidates.has(item))]);
    if (shown.length < fewestLikes || found.size === 0) continue;
    profiles.push({ user: `u${user}`, history: shown, keywords });
    wanted.set(user, found);
  }
  return {
    items: items.map((item) => (candidates.has(item.id) ? { ...item, split: 'dev' } : item)),
    signals: readPairs(`${folder}/train.tsv`).filter(([, item]) => !candidates.has(item)),
    profiles: profiles.toSorted((left, right) => numberOf(left.user) - numberOf(right.user)),
    wanted,
  };
}

/** A number that says nothing about the order of the items. */
function scatter(id: number): number {
  const hash = Math.imul(id ^ (id >>> 16), 0x45d9_f3b);
  return Math.imul(hash ^ (hash >>> 16), 0x45d9_f3b) >>> 0;
}
