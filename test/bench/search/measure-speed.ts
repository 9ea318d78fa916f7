// A filled house x questions -> what the first search and each of the others took.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { search } from '../../../core/search/search.ts';
import { createSearchIndex, type SearchIndex } from '../../../core/search/search-index.ts';
import type { MadeUpQuestion } from './made-up.ts';

interface Searched {
  sort: string;
  ms: number;
  /** Of this process with its threads: all of it on the embedded database. */
  cpuMs: number;
}

/** Of the search that reads the index, and the longest that a small question of somebody else waited meanwhile: for the event loop and the database. */
export async function measureFirst(house: House): Promise<{ index: SearchIndex; firstMs: number; othersMs: number }> {
  const index = createSearchIndex();
  const over = new AbortController();
  let othersMs = 0;
  const others = (async () => {
    while (!over.signal.aborted) {
      const from = performance.now();
      await sleep(5);
      await house.db.row(sql`select 1`);
      othersMs = Math.max(othersMs, performance.now() - from);
    }
  })();
  const from = performance.now();
  await search(house, index, { text: 'first', filters: {} });
  const firstMs = performance.now() - from;
  over.abort();
  await others;
  return { index, firstMs, othersMs };
}

/** Asks one question after the other. */
export async function measureSearches(
  house: House,
  index: SearchIndex,
  questions: readonly MadeUpQuestion[],
): Promise<Searched[]> {
  const searched: Searched[] = [];
  for (const { sort, text, filters } of questions) {
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    await search(house, index, { text, filters });
    const { user, system } = process.cpuUsage(cpu);
    searched.push({ sort, ms: performance.now() - from, cpuMs: (user + system) / 1000 });
  }
  return searched;
}

/** The value below which a share of them is, with one decimal. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.floor(part * (sorted.length - 1))]!.toFixed(1));
}
