// stories and which of them are a topic -> a name for it that people would give it; pure.
import { isSameStem } from './without-repeats.ts';
import { countOf, readCorpus, stemsOf, type NamedText, type ReadCorpus } from './topic-words.ts';

/** Each word of a name is in this share of the topic's stories at least. */
const aptShare = 0.27;
/** The whole name is in this share of them, and in the titles of so many, unless the topic has fewer. */
const [runShare, fewestTitles] = [0.12, 2];
/** How much more often a topic says its name than stories in general do. */
const leastLift = 2;
/** A word that ends a phrase of titles less often than this stands before nouns: "neural", "large", "low-rank". */
const leastEnding = 0.3;
/** What a run of so many words is worth beside one word: "speech recognition" says more than "speech". */
const lengthWorth = [0, 1, 4, 5] as const;
/** What the titles say of a topic counts this much beside what the texts say. */
const titleWorth = 2;
/** What a second word is worth of the first one, at least. */
const leastOfSecond = 1 / 3;
/** Two names that share this much of the shorter one are alike. */
const alike = 0.6;
/** Words that stand in titles on anything. */
const vague = new Set(
  `towards toward via using based new novel approach method methods framework system systems paper study analysis problem case way guide use
  part week day year thing things people good better best how why what can make making get build building introducing
  evaluating improving understanding exploring rethinking revisiting beyond enhancing leveraging investigating assessing measuring bridging
  unlocking advancing enabling achieving addressing`.split(/\s+/),
);
/** Words that name something with another in front of them, whatever the field: "crop performance". */
const weak = new Set('accuracy data dataset effect efficiency evaluation example experiment finding measure outcome performance process quality result state-of-the-art task test tool training type value'.split(' ')); // prettier-ignore
/** A word of so many stories of the week names nothing alone either: "learning" among papers on it. */
const mostSpread = 0.25;

/** The stories of a topic, by number, and the share of them that hold a word. */
interface Topic {
  stories: readonly number[];
  share: (word: string) => number;
}

/** Reads all stories and returns what names topics of them, each by the numbers of its stories, and keeps the names apart. */
export function topicNamer(texts: readonly NamedText[]) {
  const corpus = readCorpus(texts);
  const taken: string[][] = [];

  /** No other name has the half of its words, none has its only word, and none is short for another ("RL"). */
  const isFree = (words: readonly string[]): boolean =>
    taken.every((other) => {
      if (isShortFor(words, other) || isShortFor(other, words)) return false;
      const shared = words.filter((word) => other.some((one) => isSameStem(one, word))).length;
      return shared === 0 || shared / Math.min(words.length, other.length) < alike;
    });

  function topicOf(stories: readonly number[]): Topic {
    const counts = countOf(stories.map((story) => corpus.read[story]!.words));
    return { stories, share: (word) => (counts.get(word) ?? 0) / stories.length };
  }

  return {
    /** True while each word of a name is in so many of the stories as it takes to be apt. */
    fits: (name: string, stories: readonly number[]): boolean => {
      const { share } = topicOf(stories);
      const words = stemsOf(name).filter((word) => word !== 'and' && !/^\d+$/.test(word));
      return words.length > 0 && words.every((word) => share(word) >= aptShare);
    },

    /** Says that a name is used. */
    take: (name: string): void => {
      taken.push(stemsOf(name));
    },

    /**
     * The best name for these stories, or two words that many of them hold where no run is apt and free; '' where they have nothing in
     * common, or, with `kin`, no name that shares a word with it.
     */
    name: (stories: readonly number[], kin?: string): string => {
      const topic = topicOf(stories);
      const runs = candidates(corpus, topic).filter(({ run }) => isFree(stemsOf(run)));
      if (kin === undefined) return runs[0] ? withSecond(runs, isFree) : pairOf(corpus, topic, { isFree, taken });
      const known = stemsOf(kin);
      return capitalised(runs.find(({ run }) => stemsOf(run).some((word) => known.includes(word)))?.name ?? '');
    },
  };
}

/** A run of words, by stems, that is apt for a topic. */
interface Candidate {
  run: string;
  worth: number;
  /** As titles write it. */
  name: string;
}

/** "Control and policy": one word alone says little, so the next that is worth a third of it stands beside it. */
function withSecond([best, ...others]: readonly Candidate[], isFree: (words: readonly string[]) => boolean): string {
  if (best!.run.includes(' ')) return capitalised(best!.name);
  const second = others.find(
    ({ run, worth }) => worth >= leastOfSecond * best!.worth && !isSameStem(run, best!.run) && isFree([best!.run, run]),
  );
  return capitalised(second === undefined ? best!.name : `${best!.name} and ${second.name}`);
}

/** "RL" and "reinforcement learning". */
function isShortFor(short: readonly string[], long: readonly string[]): boolean {
  const initials = long.map((word) => word.charAt(0)).join('');
  return short.length === 1 && long.length > 1 && (short[0] === initials || short[0] === `${initials}s`);
}

/** Runs of words in the titles of these stories, the most telling first, each apt. */
function candidates(corpus: ReadCorpus, topic: Topic): Candidate[] {
  const inTitles = countOf(topic.stories.map((story) => new Set(corpus.read[story]!.titleRuns.keys())));
  const least = Math.min(fewestTitles, topic.stories.length);
  return [...inTitles]
    .filter(([run, titles]) => titles >= least && isNameable(run.split(' '), corpus, topic))
    .map(([run, titles]) => ({ run, worth: worthOf(run, titles, { corpus, topic }) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth || (a.run < b.run ? -1 : 1))
    .map(({ run, worth }) => ({ run, worth, name: spelled(run, corpus, topic) }));
}

function isNameable(words: readonly string[], corpus: ReadCorpus, topic: Topic): boolean {
  const isTelling = words.length > 1 || isOwn(words[0]!, corpus, topic);
  const isApt = words.every((word) => topic.share(word) >= aptShare && !vague.has(word));
  return isTelling && isApt && (corpus.endings.get(words.at(-1)!) ?? 0) >= leastEnding;
}

/** Said more often here than elsewhere: "model" and "result" name nothing alone. Where all stories are of one topic, every word is. */
function isOwn(word: string, { spread, read }: ReadCorpus, { stories, share }: Topic): boolean {
  if (weak.has(word)) return false;
  const everywhere = (spread.get(word) ?? 0) / read.length;
  return stories.length === read.length || (everywhere <= mostSpread && share(word) >= leastLift * everywhere);
}

/** The share of the stories that say it, titles before texts, by how much more often they do than others; 0 for what is no name of them. */
function worthOf(run: string, titles: number, { corpus, topic }: { corpus: ReadCorpus; topic: Topic }): number {
  const { read, spreadRuns } = corpus;
  const { stories } = topic;
  const holding = stories.filter((story) => read[story]!.runs.has(run)).length;
  const lift = (holding * read.length) / (stories.length * (spreadRuns.get(run) ?? 1));
  // Where all stories are of one topic, none is said more often in it.
  const isTheirs = stories.length === read.length || lift >= leastLift;
  if (!isTheirs || holding < runShare * stories.length) return 0;
  const said = (holding + titleWorth * titles) / ((1 + titleWorth) * stories.length);
  return said * Math.log2(1 + lift) * lengthWorth[run.split(' ').length]!;
}

/** As most titles write it, "GPT" and "LoRA" as they are; a word that is in no title as it is. */
function spelled(run: string, { read }: ReadCorpus, { stories }: Topic): string {
  const written = stories.flatMap((story) => read[story]!.titleRuns.get(run) ?? []);
  const ways = [...countOf(written.map((one) => new Set([one])))].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)); // prettier-ignore
  return ways[0]?.[0] ?? run;
}

interface Names {
  isFree: (words: readonly string[]) => boolean;
  taken: readonly (readonly string[])[];
}

/** "Forecasting and rain": the most telling of the words that are apt, and one beside it that no other name has; '' without any. */
function pairOf(corpus: ReadCorpus, topic: Topic, { isFree, taken }: Names): string {
  const words = aptWords(corpus, topic);
  const own = words.filter((word) => isNoun(word, corpus) && isOwn(word, corpus, topic));
  const first = own.find((word) => isFree([word])) ?? own[0];
  if (first === undefined) return '';
  const second = [...own, ...words].find((word) => !isSameStem(word, first) && isFree([first, word]));
  const name = capitalised([first, second].flatMap((word) => (word === undefined ? [] : [spelled(word, corpus, topic)])).join(' and ')); // prettier-ignore
  if (second !== undefined || isFree([first])) return name;
  // Stories of which nothing but one word is known.
  return `${name} ${taken.filter((other) => other.includes(first)).length + 1}`;
}

/** The words that are apt for these stories, the most telling first. */
function aptWords({ read, spread, endings }: ReadCorpus, { stories, share }: Topic): string[] {
  const liftOf = (word: string): number => (share(word) * read.length) / spread.get(word)!;
  return [...countOf(stories.map((story) => read[story]!.words)).keys()]
    .filter(
      (word) => share(word) >= aptShare && word.length > 2 && !vague.has(word) && !weak.has(word) && endings.has(word),
    ) // prettier-ignore
    .map((word) => ({ word, worth: share(word) * Math.log(1 + liftOf(word)) }))
    .toSorted((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}

/** By its place in titles and its ending: "supervised" and "achieving" are none. */
function isNoun(word: string, { endings }: ReadCorpus): boolean {
  return endings.get(word)! >= leastEnding && !/(?:ing|ed|ly)$/.test(word);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
