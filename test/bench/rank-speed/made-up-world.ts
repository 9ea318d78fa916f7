// A size -> made-up stories and readers, the same in every process: what a database would hold for the ranking of a large issue.
import type { Card } from '../../../core/store/issue-content.ts';
import type { RankableReader } from '../../../core/store/picks.ts';
import { gaussian, seededRandom } from '../../../core/math/seeded-random.ts';
import type { StoryToRead } from '../../../workers/rank/load-stories.ts';
import type { MissingInputs, Inputs } from '../../../workers/rank/issue-ranking.ts';

export const dimension = 256;
const fields = 100;
const likes = 10;
const letter = 12;
const wordsOfText = 100;
const now = new Date('2026-11-21T06:00:00Z');
/** Half a year of letters from six sections. */
const sections = ['publications', 'talks', 'tools', 'datasets', 'posts', 'news'];

export interface World {
  /** Stories 1 to n are the pool, n + 1 to 2n were read in earlier weeks. Made anew each time, so that none is kept here. */
  storyAt: (id: number) => StoryToRead;
  cards: Card[];
  readerAt: (id: number) => RankableReader;
  /** Of an interest. */
  vectorOf: (words: string) => Float32Array;
  /** What a ranking thread asks for; `model` are the bytes of its model. */
  tell: (lacks: MissingInputs, model: Uint8Array) => Inputs;
}

/** Makes `size` stories for the pool and as many of earlier weeks, of a hundred fields. */
export function makeWorld(size: number): World {
  const random = seededRandom(11);
  const centres = Array.from({ length: fields }, () =>
    Float32Array.from({ length: dimension }, () => gaussian(random)),
  );
  const storyAt = (id: number): StoryToRead => makeStory(id, centres);
  const units = centres.map(toUnit);
  const vectorOf = (words: string): Float32Array => units[fieldOf(words)]!;
  const cards = Array.from({ length: size }, (_, at) => makeCard(at + 1, `Story ${at + 1}`));
  const tell = (lacks: MissingInputs, model: Uint8Array): Inputs => ({
    ...(lacks.issue && {
      issue: {
        issueNumber: 1,
        cards,
        chosenByEditors: [],
        taste: undefined,
        modelId: 1,
        vectorSet: 'made up',
        asksPairs: true,
        outcomes: [],
        now,
      },
    }),
    ...(lacks.model && { model }),
    ...(lacks.storyIds && { stories: new Map(lacks.storyIds.map((id) => [id, storyAt(id)])) }),
    ...(lacks.interests && { interests: new Map(lacks.interests.map((words) => [words, vectorOf(words)])) }),
  });
  return { storyAt, cards, tell, vectorOf, readerAt: (id) => makeReader(id, size) };
}

/** A hundred words, a third of them of its field. */
function makeStory(storyId: number, centres: readonly Float32Array[]): StoryToRead {
  const random = seededRandom(1_000_000 + storyId);
  const field = storyId % fields;
  const vector = toUnit(centres[field]!.map((value) => value + 2 * gaussian(random)));
  const words = Array.from({ length: wordsOfText }, (_, at) =>
    at % 3 === 0 ? `f${field}w${Math.floor(100 * random())}` : `w${Math.floor(20_000 * random() ** 2)}`,
  );
  return { title: `Story ${storyId}`, text: words.join(' '), topic: '', vectors: [vector] };
}

function makeCard(storyId: number, title: string): Card {
  return {
    storyId,
    number: storyId,
    section: sections[Math.floor(storyId / fields) % sections.length]!,
    role: 'pool',
    kind: 'paper',
    title,
    url: `https://made-up.example/${storyId}`,
    source: 'Made up',
    authors: [],
    lang: 'en',
    topic: null,
    minutes: null,
    summary: [],
    also: [],
    imageUrl: null,
  };
}

/** Ten likes in three fields, and an interest of two words in each of the first two. */
function makeReader(id: number, size: number): RankableReader {
  const random = seededRandom(id);
  const own = Array.from({ length: 3 }, () => Math.floor(fields * random()));
  const liked = new Set<number>();
  // Some stories are liked by many: half of the likes fall on a tenth of the stories.
  while (liked.size < likes) {
    const place = Math.floor((size / fields) * (random() < 0.5 ? 0.1 * random() : random()));
    const storyId = size + fields * place + own[liked.size % 3]!;
    liked.add(storyId === size ? size + fields : storyId);
  }
  return {
    id,
    length: letter,
    interests: [0, 1].map((at) => `f${own[at]!}w${Math.floor(20 * random())} f${own[at]!}w${Math.floor(20 * random())}`), // prettier-ignore
    rules: [],
    signals: [...liked].map((storyId) => ({ storyId, kind: 'like', at: now })),
    exposed: [],
    updated: [],
  };
}

function fieldOf(words: string): number {
  return Number(/^f(\d+)w/.exec(words)![1]);
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
