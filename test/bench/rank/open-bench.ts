// A dataset and a condition -> the product's own pool, model and profiles, as its job opens them from rows.
import { trainModel } from '../../../workers/rank/model/train-model.ts';
import { openModel } from '../../../workers/rank/model/rank-model.ts';
import { preparePool, type Pool } from '../../../workers/rank/prepare-pool.ts';
import { buildProfile, keyTerms, type Facet, type KnownStory } from '../../../workers/rank/profile.ts';
import { tokenize } from '../../../workers/rank/tokenize.ts';
import { embeddedEmbedder } from '../../../workers/embed/embedded.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../workers/embed/open-word-table.ts';
import { numberOf, readItems, readPairs, readProfiles } from './read-dataset.ts';

export interface BenchOptions {
  items: string[];
  train: string;
  profiles: string;
  candidates: string;
  condition: string;
}

export interface Bench {
  pool: Pool;
  readers: { user: string; facets: Facet[] }[];
  storyOf: (storyId: number) => KnownStory | undefined;
}

/** The newest items a fit is made on, as in the product. */
const largestCorpus = 4_000;
const now = new Date('2026-11-21T06:00:00Z');

/** Trains on the readers of `train` and on what the ranked readers' profiles show in this condition, as the weekly job would. */
export async function openBench({
  items: files,
  train,
  profiles,
  candidates,
  condition,
}: BenchOptions): Promise<Bench> {
  const items = readItems(files);
  const terms = new Map(items.map(({ id, text }) => [id, tokenize(text)]));
  const readers = readProfiles(profiles).map((profile) => ({
    ...profile,
    history: historyIn(condition, profile.history),
    keywords: condition.startsWith('kw') ? profile.keywords : [],
  }));
  const signals = [
    ...readPairs(train).map(([readerId, storyId]) => ({ readerId, storyId, weight: 1 })),
    ...readers.flatMap(({ user, history }) =>
      history.map((storyId) => ({ readerId: numberOf(user), storyId, weight: 1 })),
    ),
  ];
  const model = openModel(trainModel({ signals, terms }));
  const texts = items.map(({ text }) => text);
  const step = Math.max(1, Math.floor(texts.length / largestCorpus));
  const fit = fitTexts(texts.filter((_, place) => place % step === 0).slice(0, largestCorpus), openWordTable());
  const embedder = embeddedEmbedder('embedded/bench', fit, openWordTable());
  const made = await embedder.embed(texts);
  const vectors = new Map(items.map(({ id }, place) => [id, made[place]!]));
  const inPool = items.filter(({ split }) => split === candidates);
  const pool = preparePool(
    inPool.map(({ id }) => ({ storyId: id, terms: terms.get(id)!, vectors: [vectors.get(id)!] })),
    model,
  );
  const known = new Map<number, KnownStory>();
  const storyOf = (id: number): KnownStory | undefined => {
    if (!terms.has(id)) return undefined;
    const story = known.get(id) ?? { title: '', terms: keyTerms(terms.get(id)!, pool.index), vector: vectors.get(id), factors: model.predict(terms.get(id)!) }; // prettier-ignore
    known.set(id, story);
    return story;
  };
  const words = [...new Set(readers.flatMap(({ keywords }) => keywords))];
  const embedded = await embedder.embed(words);
  const lookup = { now, storyOf, vectorOf: (text: string) => embedded[words.indexOf(text)] };
  return {
    pool,
    storyOf,
    readers: readers.map(({ user, history, keywords }) => ({
      user,
      facets: buildProfile({ interests: keywords, signals: history.map((storyId) => ({ storyId, kind: 'like', at: now })) }, lookup), // prettier-ignore
    })),
  };
}

function historyIn(condition: string, history: number[]): number[] {
  if (condition === 'all') return history;
  return history.slice(0, Number(/^(?:k|kw\+)(\d+)$/.exec(condition)?.[1] ?? 0));
}
