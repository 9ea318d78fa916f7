// Files of ../shared/bench/recsys -> items, signals and profiles, with numbers for names.
import { readFileSync } from 'node:fs';

export interface BenchItem {
  id: number;
  split: string;
  text: string;
}

export interface BenchProfile {
  user: string;
  history: number[];
  keywords: string[];
}

interface ItemLine {
  id: string;
  split: string;
  title?: string;
  bow?: Record<string, number>;
}

/** Items of all files; a bag of words becomes a text that repeats each word as often. */
export function readItems(files: readonly string[]): BenchItem[] {
  const lines = files.flatMap((file) => readLines<ItemLine>(file));
  return [...new Map(lines.map((line) => [line.id, line])).values()].map(({ id, split, title, bow }) => {
    const words = Object.entries(bow ?? {}).flatMap(([word, count]) => Array<string>(count).fill(word));
    return { id: numberOf(id), split, text: title ?? words.join(' ') };
  });
}

/** Pairs of a reader's and an item's number. */
export function readPairs(file: string): [number, number][] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [user, item] = line.split('\t') as [string, string];
    return [numberOf(user), numberOf(item)];
  });
}

export function readProfiles(file: string): BenchProfile[] {
  type Line = { user: string; history: string[]; keywords?: string[] };
  return readLines<Line>(file).map(({ user, history, keywords = [] }) => ({ user, history: history.map(numberOf), keywords })); // prettier-ignore
}

/** "u12" or "i12" -> 12. */
export function numberOf(name: string): number {
  return Number(name.trim().slice(1));
}

function readLines<Line>(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
