// corpus -> batches of pairs of texts that belong together, of eight kinds; pure.
import { shuffle } from '../../../core/math/shuffle.ts';
import type { Corpus } from './corpus.ts';
import { lengthOf, type Span } from './token-pool.ts';

/** A text is one or more spans; here always one. */
export type TrainingPair = [Span, Span];

export interface PairKind {
  name: string;
  /** Share of the steps. */
  share: number;
  /** Times the learning rate: short texts are noisier. */
  rate: number;
  draw(count: number, random: () => number): TrainingPair[];
}

/** A longer stretch of an abstract costs time and says no more. */
const stretch = 110;
/** Papers of a hard batch come from this many times as many neighbours in the order of categories. */
const neighbourhood = 4;

/** The kinds this corpus has pairs of; shares sum to 1 over a corpus that has all. */
export function pairKinds(corpus: Corpus): PairKind[] {
  const { papers, texts, titled, synsets } = corpus;
  const byCategory = papers.toSorted((a, b) => (a.category < b.category ? -1 : a.category > b.category ? 1 : 0));
  const severalLemmas = synsets.filter(({ lemmas }) => lemmas.length > 1);
  const titleAndAbstract = (paper: Corpus['papers'][number], random: () => number): TrainingPair => [
    paper.title,
    cut(paper.abstract, stretch, random),
  ];
  const each =
    <Thing>(things: readonly Thing[], pair: (thing: Thing, random: () => number) => TrainingPair) =>
    (count: number, random: () => number): TrainingPair[] =>
      Array.from({ length: things.length > 0 ? count : 0 }, () => pair(pick(things, random), random));
  const hard = (count: number, random: () => number): TrainingPair[] => {
    const near = Math.min(byCategory.length, count * neighbourhood);
    const start = Math.floor(random() * (byCategory.length - near + 1));
    return shuffle(byCategory.slice(start, start + near), random)
      .slice(0, count)
      .map((paper) => titleAndAbstract(paper, random));
  };
  return [
    { name: 'title ↔ abstract', share: 0.22, rate: 1, draw: each(papers, titleAndAbstract) },
    { name: 'the same in one category', share: 0.18, rate: 1, draw: hard },
    { name: 'halves of abstracts', share: 0.12, rate: 1, draw: each(papers, (p, r) => halves(p.abstract, 60, r)) },
    { name: 'halves of texts', share: 0.14, rate: 1, draw: each(texts, (text, r) => halves(text, 70, r)) },
    { name: 'halves of sentences', share: 0.06, rate: 0.5, draw: each(texts, (text, r) => halves(text, 16, r)) },
    {
      name: 'title ↔ text',
      share: 0.08,
      rate: 1,
      draw: each(titled, ({ title, text }, r) => [title, cut(text, stretch, r)]),
    },
    {
      name: 'lemma ↔ gloss',
      share: 0.14,
      rate: 0.5,
      draw: each(synsets, ({ lemmas, gloss }, r) => [pick(lemmas, r), gloss]),
    },
    { name: 'lemma ↔ lemma', share: 0.06, rate: 0.3, draw: each(severalLemmas, ({ lemmas }, r) => twoOf(lemmas, r)) },
  ];
}

function pick<Thing>(things: readonly Thing[], random: () => number): Thing {
  return things[Math.floor(random() * things.length)]!;
}

function twoOf(spans: readonly Span[], random: () => number): TrainingPair {
  const first = Math.floor(random() * spans.length);
  const second = (first + 1 + Math.floor(random() * (spans.length - 1))) % spans.length;
  return [spans[first]!, spans[second]!];
}

/** At most `longest` tokens from a random place. */
function cut(span: Span, longest: number, random: () => number): Span {
  const from = span.from + Math.floor(random() * Math.max(1, lengthOf(span) - longest));
  return { from, to: Math.min(span.to, from + longest) };
}

/** A stretch of at most 2 x `half` tokens, cut in two between 35% and 65%. */
function halves(span: Span, half: number, random: () => number): TrainingPair {
  const { from, to } = cut(span, 2 * half, random);
  const middle = from + Math.floor((to - from) * (0.35 + 0.3 * random()));
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}
