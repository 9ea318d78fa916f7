// Inputs of an issue, as they are provided -> a ranking of it: the pool is laid out once, stories and interests come as readers need them.
import type { RuleStory } from '../../core/readers/reader-rules.ts';
import type { ExplorationOutcome } from '../../core/store/explorations.ts';
import type { Card } from '../../core/store/issue-content.ts';
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import type { StoryToRead } from './load-stories.ts';
import { deserialiseModel, ofVectorSet, openModel, type OpenModel } from './model/rank-model.ts';
import { storyDirection } from './lay-rows.ts';
import { preparePool, type Pool, type PoolOptions } from './prepare-pool.ts';
import { keyTerms, textOfWork, type BroughtText, type KnownStory, type ProfileSources } from './profile.ts';
import { ranker, rankByEvidence, evidenceOf, type RunInput } from './rank-readers.ts';
import { boundedCache } from './bounded-cache.ts';
import { createRuling } from './rules.ts';
import { findHolding, termsOfCards } from '../../core/text/holding-terms.ts';
import { placeTerms, tokenize } from '../../core/text/stemmed-terms.ts';

/** What the ranker knows of a story before it asks for its texts. */
export type RankedCard = Pick<
  Card,
  'storyId' | 'role' | 'section' | 'topic' | 'title' | 'summary' | 'authors' | 'source'
>;

export interface IssueFacts {
  issueNumber: number;
  /** In the editors' order: those the curator prepared, then the pool. */
  cards: RankedCard[];
  /** Stories that a curator chose; other picks stand as the draft suggested them. */
  chosenByEditors: number[];
  /** For each story of the pool, in their order. */
  taste: Float64Array | undefined;
  modelId: number | undefined;
  /** Names the vectors that will be provided. */
  vectorSet: string;
  outcomes: ExplorationOutcome[];
  /** Whether letters ask which of two stories their reader would rather read. */
  asksPairs: boolean;
  now: Date;
}

/** What a ranking is provided with. */
export interface Inputs {
  issue?: IssueFacts;
  /** The bytes of the model; null when it is gone. */
  model?: Uint8Array | null;
  rules?: RuleStory[];
  /** Undefined for a story that is gone. */
  stories?: ReadonlyMap<number, StoryToRead | undefined>;
  interests?: ReadonlyMap<string, Float32Array>;
}

/** The inputs that are missing, by their ids and words. */
export interface MissingInputs {
  issue?: true;
  model?: number;
  rules?: true;
  storyIds?: number[];
  interests?: string[];
}

/** Picks with the name of the ranker that made them, or the inputs that have to be provided first. */
export type BatchResult = { picks: ReaderPicks[]; ranker: string } | { missing: MissingInputs };

export interface IssueRanking {
  provide(inputs: Inputs): void;
  /** The picks of these readers, or the inputs that are missing. */
  rank(readers: readonly RankableReader[]): Promise<BatchResult>;
}

/** So many texts are read in some 30 ms of the embedded database, and copied from thread to thread in 5. */
const storiesAtOnce = 500;
/** Several times what the readers of one field bring; then all is forgotten, and what comes again is asked for again. */
const mostKept = 50_000;

/** Opens an issue of which nothing but its cards is known yet. */
export function createIssueRanking(issue: IssueFacts): IssueRanking {
  const { modelId, vectorSet, now, taste } = issue;
  const poolCards = issue.cards.filter((card) => card.role === 'pool');
  const given = givenBy(issue);
  const read = new Map<number, StoryToRead | undefined>();
  const stories = new Map<number, KnownStory | undefined>();
  const interests = new Map<string, Float32Array>();
  const workOf = workReader(interests, () => pool);
  const lookup: ProfileSources = { now, vectorOf: (words) => interests.get(words), storyOf: (storyId) => stories.get(storyId), workOf }; // prettier-ignore
  let model: OpenModel | undefined;
  let isModelGiven = modelId === undefined;
  let pool: Pool | undefined;
  let rulingOf: RunInput['rulingOf'];

  function provide(inputs: Inputs): void {
    if (inputs.model !== undefined) {
      const known = inputs.model && deserialiseModel(inputs.model);
      model = known ? openModel(ofVectorSet(known, vectorSet)) : undefined;
      isModelGiven = true;
    }
    if (inputs.rules) rulingOf = createRuling(issue.cards, inputs.rules);
    for (const [words, vector] of inputs.interests ?? []) interests.set(words, vector);
    for (const [storyId, story] of inputs.stories ?? []) {
      if (pool) stories.set(storyId, story && toKnown(story, pool));
      else read.set(storyId, story);
    }
  }

  /** The first of what later ones build on. */
  function missingFor(readers: readonly RankableReader[]): MissingInputs | undefined {
    if (!isModelGiven) return { model: modelId! };
    if (!pool) {
      const unread = keysNotIn(poolCards.map(({ storyId }) => storyId), read); // prettier-ignore
      if (unread.length > 0) return { storyIds: unread.slice(0, storiesAtOnce) };
      pool = poolOf(poolCards, read, { model, taste });
      read.clear();
    }
    if (!rulingOf && readers.some(({ rules }) => rules.length > 0)) return { rules: true };
    const unknownInterests = keysNotIn(readers.flatMap(textsOf), interests).slice(0, storiesAtOnce);
    if (unknownInterests.length > 0) return { interests: unknownInterests };
    return missingStories(readers.flatMap(storiesOf));
  }

  function missingStories(storyIds: readonly number[]): MissingInputs | undefined {
    const unknown = keysNotIn(storyIds, stories);
    return unknown.length > 0 ? { storyIds: unknown.slice(0, storiesAtOnce) } : undefined;
  }

  async function rank(readers: readonly RankableReader[]): Promise<BatchResult> {
    const missing = missingFor(readers);
    if (missing) return { missing };
    const run: RunInput = { pool: pool!, ...given, lookup, ...(rulingOf && { rulingOf }) };
    const evidence = evidenceOf(readers, run);
    const missingNear = missingStories(
      evidence.flatMap(({ expansion }) => [...(expansion?.neighbours.storyIds ?? [])]),
    );
    if (missingNear) return { missing: missingNear };
    const picks = await rankByEvidence(readers, evidence, run);
    if (stories.size > mostKept) stories.clear();
    if (interests.size > mostKept) interests.clear();
    return { picks, ranker: model ? `${ranker}, model ${modelId}` : ranker };
  }

  return { provide, rank };
}

/** The stories that a reader's profile is made of. */
function storiesOf({ signals, answers = [] }: RankableReader): number[] {
  return [...signals.map(({ storyId }) => storyId), ...answers.flatMap(({ chosenId, otherId }) => [chosenId, otherId])];
}

/** What of a reader needs a vector. */
function textsOf({ interests, brought = [] }: RankableReader): string[] {
  return [...interests, ...brought.map(textOfWork)];
}

/** What is known of works by their words alone, once `vectors` has them. */
function workReader(vectors: ReadonlyMap<string, Float32Array>, poolNow: () => Pool | undefined) {
  const known = boundedCache<KnownStory>(mostKept);
  return (work: BroughtText): KnownStory | undefined => {
    const text = textOfWork(work);
    const [vector, pool] = [vectors.get(text), poolNow()];
    return (
      vector && pool && known(text, () => toKnown({ title: work.title, text, topic: '', vectors: [vector] }, pool))
    );
  };
}

/** What is the same for all readers, whatever else is told. */
function givenBy({ cards, chosenByEditors, issueNumber, outcomes, asksPairs }: IssueFacts) {
  const topics = new Map(cards.map(({ storyId, topic }) => [storyId, topic]));
  const sections = new Map(cards.map(({ storyId, section }) => [storyId, section]));
  const held = boundedCache<boolean>(mostKept);
  // Of a week's pool only where somebody's interest found nothing: most letters need it not.
  let holding: ReturnType<typeof findHolding> | undefined;
  const isSaid = (interest: string): boolean => (holding ??= findHolding(termsOfCards(cards)))(interest).length > 0;
  return {
    // As the site counts the stories on an interest.
    says: (interest: string) => held(interest, () => isSaid(interest)),
    editorPicks: cards.filter((card) => card.role === 'pick').map((card) => card.storyId),
    chosenByEditors: new Set(chosenByEditors),
    exploration: { issueNumber, sectionOf: (storyId: number) => sections.get(storyId), outcomes },
    asking: asksPairs ? { issueNumber, topicOf: (storyId: number) => topics.get(storyId) ?? null } : undefined,
  };
}

function poolOf(
  cards: readonly RankedCard[],
  read: ReadonlyMap<number, StoryToRead | undefined>,
  options: PoolOptions,
): Pool {
  const stories = cards.map(({ storyId, title, summary }) => {
    const story = read.get(storyId);
    // What the curator wrote counts too, and alone when the items are gone by now.
    // What its topic is called is no word of the story: a reason would say that it stands there.
    const words = { title: placeTerms(title), text: placeTerms([...summary, story?.text ?? ''].join('\n')) };
    const terms = [...words.title.terms, ...tokenize(story?.topic ?? ''), ...words.text.terms];
    return {
      storyId,
      terms,
      words,
      vectors: story?.vectors ?? [],
      topic: story?.topic ?? '',
      sources: story?.sources ?? 1,
    };
  });
  return preparePool(stories, options);
}

function toKnown({ title, text, topic, vectors }: StoryToRead, { index, model }: Pool): KnownStory {
  const terms = tokenize(`${topic}\n${text}`);
  const vector = storyDirection(vectors);
  return { title, topic, terms: keyTerms(terms, index), vector, factors: model?.predict(terms, vector) };
}

function keysNotIn<Key>(wanted: readonly Key[], known: ReadonlyMap<Key, unknown>): Key[] {
  return [...new Set(wanted)].filter((key) => !known.has(key));
}
