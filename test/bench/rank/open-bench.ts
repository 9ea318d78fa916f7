// A dataset -> the product's own model, pool and profiles, made as its jobs make them from rows.
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import type { Embedder } from '../../../core/embedder/embedder.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { openModel, type OpenModel } from '../../../workers/rank/model/rank-model.ts';
import { trainModel, type TrainingSignal } from '../../../workers/rank/model/train-model.ts';
import { preparePool, type Pool } from '../../../workers/rank/prepare-pool.ts';
import {
  buildProfile,
  keyTerms,
  textOfWork,
  type BroughtText,
  type Facet,
  type KnownStory,
} from '../../../workers/rank/profile.ts';
import { placeTerms, tokenize } from '../../../core/text/stemmed-terms.ts';
import type { BenchItem, BenchProfile } from './read-dataset.ts';

/** Items with their terms and vectors, and the embedder that made these. */
export interface BenchTexts {
  items: BenchItem[];
  terms: Map<number, string[]>;
  vectors: Map<number, Float32Array>;
  embedder: Embedder;
}

export interface Bench {
  pool: Pool;
  storyOf: (storyId: number) => KnownStory | undefined;
  /** `works` are those that count by their words alone. */
  profileOf: (
    profile: Omit<BenchProfile, 'user'>,
    works?: readonly Pick<BroughtText, 'title' | 'text'>[],
  ) => Promise<Facet[]>;
}

/** A fit is made on no more items, as in the product. */
const largestCorpus = 4_000;
const now = new Date('2026-11-21T06:00:00Z');

/** Embeds these items. */
export async function embedItems(items: BenchItem[]): Promise<BenchTexts> {
  const texts = items.map(({ text }) => text);
  const step = Math.max(1, Math.floor(texts.length / largestCorpus));
  const table = openWordTable();
  const fit = fitTexts(texts.filter((_, place) => place % step === 0).slice(0, largestCorpus), table);
  const embedder = embeddedEmbedder('embedded/bench', fit, table);
  const made = await embedder.embed(texts);
  return {
    items,
    terms: new Map(items.map(({ id, text }) => [id, tokenize(text)])),
    vectors: new Map(items.map(({ id }, place) => [id, made[place]!])),
    embedder,
  };
}

/** Trains the model the weekly job would. */
export function trainOn(
  signals: readonly TrainingSignal[],
  { terms, vectors }: Pick<BenchTexts, 'terms' | 'vectors'>,
): OpenModel {
  return openModel(trainModel({ signals, terms, vectors }));
}

/** The pool of one split; its order in the file is nobody's opinion, so nothing is added for it. */
export function openBench(
  { items, terms, vectors, embedder }: BenchTexts,
  model: OpenModel,
  candidates: string,
): Bench {
  const inPool = items.filter(({ split }) => split === candidates);
  const none = placeTerms('');
  // Titles and bags of words are all there is, and a bag is no title.
  const wordsOf = new Map(inPool.map(({ id, text }) => [id, { title: placeTerms(text), text: none }]));
  const stories = inPool.map(({ id }) => ({
    storyId: id,
    terms: terms.get(id)!,
    words: wordsOf.get(id)!,
    vectors: [vectors.get(id)!],
  }));
  const pool = preparePool(stories, { model, prior: new Float64Array(stories.length) });
  const known = new Map<number, KnownStory>();
  const storyOf = (id: number): KnownStory | undefined => {
    const own = terms.get(id);
    if (!own) return undefined;
    const story = known.get(id) ?? { title: '', terms: keyTerms(own, pool.index), vector: vectors.get(id), factors: model.predict(own, vectors.get(id)) }; // prettier-ignore
    known.set(id, story);
    return story;
  };
  return {
    pool,
    storyOf,
    async profileOf({ history, keywords }, works = []) {
      const made = await embedder.embed(keywords);
      const brought = works.map((work) => ({ ...work, at: now }));
      const vectorsOf = await embedder.embed(brought.map(textOfWork));
      const workOf = (work: BroughtText): KnownStory => {
        const own = tokenize(textOfWork(work));
        const vector = vectorsOf[brought.indexOf(work)];
        return { title: work.title, terms: keyTerms(own, pool.index), vector, factors: model.predict(own, vector) };
      };
      const lookup = { now, storyOf, workOf, vectorOf: (words: string) => made[keywords.indexOf(words)] };
      const signals = history.map((storyId) => ({ storyId, kind: 'like' as const, at: now }));
      return buildProfile({ interests: keywords, signals, brought }, lookup);
    },
  };
}

/** What a condition shows of a profile: `all`, `k3` (the first three likes), `kw` (the keywords alone), `kw+3` (both). */
export function showProfile(condition: string, { user, history, keywords }: BenchProfile): BenchProfile {
  const likes = condition === 'all' ? history.length : Number(/^(?:k|kw\+)(\d+)$/.exec(condition)?.[1] ?? 0);
  return { user, history: history.slice(0, likes), keywords: condition.startsWith('kw') ? keywords : [] };
}
