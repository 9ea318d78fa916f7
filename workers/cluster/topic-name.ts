// stories and which of them are a topic -> what it may be called, the best first, and which names are free; pure.
import { isSameStem } from './without-repeats.ts';
import { partsOf, readCorpus, saying, singularsOf, type NamedText, type ReadCorpus } from './topic-words.ts';
import { documentFrequencies } from '../../core/text/term-vectors.ts';
import { capitalise } from '../../core/text/capitalise.ts';

/** Each word of a name is in this share of the topic's stories at least. */
const aptShare = 0.27;
/** A name is in so many titles of the topic, unless it has fewer. */
const fewestTitles = 2;
/** How much more often a topic says its name than stories in general do, at least; and where there are topics enough to tell. */
const [leastLift, tellingLift] = [2, 5];
/**
 * How well a name tells the topic's stories from others, at least: the F-measure of "says it" as a guess at "is of the topic". A word alone
 * tells less than it seems to: "prediction", "platform".
 */
const tellingF = { word: 0.2, phrase: 0.12 };
/** A word that ends a phrase of titles less often than this stands before nouns: "neural", "large", "low-rank". */
const leastEnding = 0.3;
/** What a run of so many words is worth beside one word: "speech recognition" says more than "speech". */
const lengthWorth = [0, 1, 2, 2.2] as const;
/** Who has this much of the places of a shorter run is what those who write it mean: "series forecasting" in "time series forecasting". */
const wholeShare = 0.8;
/** Two names are alike that share more than this of the longer one: "graph neural networks" and "deep neural networks" are not. */
const alike = 0.7;
/** A name is in the plural where this share of the titles has it so: "Attacks", "Patients". */
const pluralShare = 0.25;
/** Words that stand in titles on anything. */
const vague = new Set(
  `towards toward via using based new novel approach method methods framework system systems paper study analysis problem case way guide use
  part week day year thing things people good better best how why what can make making get build building introducing
  evaluating improving understanding exploring rethinking revisiting beyond enhancing leveraging investigating assessing measuring bridging
  unlocking advancing enabling achieving addressing`.split(/\s+/),
);
/** Words that name something with another in front of them, whatever the field: "crop performance", "text detection". */
const weak = new Set('accuracy app claim data dataset delay document effect feature efficiency evaluation example experiment finding measure outcome performance preference process quality result service state-of-the-art task test text tool training type user value word'.split(' ')); // prettier-ignore
/** Words that are each in so many stories of other topics name nothing either: "learning" among papers on it, "learning models". */
const mostSpread = 0.25;

/** A run of words of titles that is apt for a topic. */
export interface NameCandidate {
  /** As titles write it. */
  name: string;
  /** How well it tells the topic's stories from others and how much more often they say it, times what its length is worth. */
  worth: number;
  /** Whether it tells them well enough to be a name that somebody looks for. */
  isTelling: boolean;
}

export type TopicNamer = ReturnType<typeof topicNamer>;

/** Reads all stories and says what may name topics of them, each by the numbers of its stories. */
export function topicNamer(texts: readonly NamedText[]) {
  const corpus = readCorpus(texts);
  return {
    /** The runs of words that are apt for these stories, the best first; with `kin`, those that share a word with it. */
    candidates: (stories: readonly number[], kin?: string): NameCandidate[] => {
      const known = kin === undefined ? undefined : singularsOf(kin);
      return withoutParts(runsOf(corpus, topicOf(corpus, stories)))
        .filter(({ run }) => known === undefined || run.split(' ').some((word) => known.includes(word)))
        .toSorted((a, b) => b.worth - a.worth || (a.run < b.run ? -1 : 1))
        .map(({ run, worth, isTelling }) => ({ name: spelled(run, corpus, stories), worth, isTelling }));
    },

    /** True while each word of a name is in so many of the stories as it takes to be apt. */
    fits: (name: string, stories: readonly number[]): boolean => {
      const { share } = topicOf(corpus, stories);
      const words = partsOf(name).filter((word) => word !== 'and' && !/^\d+$/.test(word));
      return words.length > 0 && words.every((word) => share(word) >= aptShare);
    },
  };
}

/** Keeps names apart: none stands in another ("Language models" in "Large language models"), has most of its words, or is short for it ("RL"). */
export function namesTaken() {
  const taken: string[][] = [];
  return {
    take: (name: string): void => void taken.push(singularsOf(name)),
    isFree: (name: string): boolean => {
      const words = singularsOf(name);
      return taken.every((other) => {
        const [short, long] = words.length < other.length ? [words, other] : [other, words];
        if (isShortFor(short, long) || standsIn(short, long)) return false;
        const shared = words.filter((word) => other.some((one) => isSameStem(one, word))).length;
        return shared / long.length < alike;
      });
    },
  };
}

/** "RL" and "reinforcement learning". */
function isShortFor(short: readonly string[], long: readonly string[]): boolean {
  const initials = long.map((word) => word.charAt(0)).join('');
  return short.length === 1 && long.length > 1 && (short[0] === initials || short[0] === `${initials}s`);
}

/** Word by word, one behind the other: "diffusion models" is not in "diffusion language models". */
function standsIn(short: readonly string[], long: readonly string[]): boolean {
  return long.some((_, from) => short.every((word, at) => isSameStem(long[from + at] ?? '', word)));
}

/** The stories of a topic, by number, and the share of them that hold a word. */
interface Topic {
  stories: readonly number[];
  share: (word: string) => number;
  /** Where all stories are of one topic, none of it is said more often in it. */
  isAll: boolean;
}

function topicOf({ read }: ReadCorpus, stories: readonly number[]): Topic {
  const counts = documentFrequencies(stories.map((story) => read[story]!.words));
  return { stories, share: (word) => (counts.get(word) ?? 0) / stories.length, isAll: stories.length === read.length };
}

/** A run by its singulars, in so many stories of the topic. */
interface Run extends Omit<NameCandidate, 'name'> {
  run: string;
  holding: number;
}

function runsOf(corpus: ReadCorpus, topic: Topic): Run[] {
  const { read, spreadRuns, said } = corpus;
  const { stories, isAll } = topic;
  const inTitles = documentFrequencies(stories.map((story) => new Set(read[story]!.titleRuns.keys())));
  const least = Math.min(fewestTitles, stories.length);
  return [...inTitles]
    .filter(([run, titles]) => titles >= least && isNameable(run, corpus, topic))
    .flatMap(([run]) => {
      const holders = stories.filter((story) => read[story]!.runs.has(run));
      const lift = (holders.length * read.length) / (stories.length * spreadRuns.get(run)!);
      if (!isAll && lift < leastLift) return [];
      const own = holders.reduce((sum, story) => sum + saying(read[story]!, run), 0);
      const f = (2 * own) / (stories.length + said.get(run)!);
      const length = run.split(' ').length;
      // Of a few large topics nothing is said five times as often as elsewhere.
      const enough = Math.min(tellingLift, read.length / stories.length / 2);
      const isTelling = f >= (length === 1 ? tellingF.word : tellingF.phrase) && lift >= enough;
      return [{ run, holding: holders.length, worth: f * Math.log2(1 + lift) * lengthWorth[length]!, isTelling }];
    });
}

function isNameable(run: string, { endings, spread, read }: ReadCorpus, { share, stories }: Topic): boolean {
  const words = run.split(' ');
  const parts = partsOf(run);
  const isApt = parts.every((part) => share(part) >= aptShare) && words.every((word) => !vague.has(word));
  if (!isApt || (endings.get(words.at(-1)!) ?? 0) < leastEnding) return false;
  const others = read.length - stories.length;
  const isCommon = parts.every((part) => (spread.get(part) ?? 0) - share(part) * stories.length > mostSpread * others);
  return !isCommon && (words.length > 1 || (!weak.has(run) && !/(?:ed|ly)$/.test(run)));
}

/** Without what stands in a longer run nearly wherever it stands. */
function withoutParts(runs: readonly Run[]): Run[] {
  const isPart = ({ run, holding }: Run): boolean =>
    runs.some(
      (other) =>
        other.run.length > run.length && ` ${other.run} `.includes(` ${run} `) && other.holding >= wholeShare * holding,
    );
  return runs.filter((run) => !isPart(run));
}

/** As most titles write it, "GPT" and "LoRA" as they are, in the plural where some have it. */
function spelled(run: string, { read }: ReadCorpus, stories: readonly number[]): string {
  const written = stories.flatMap((story) => read[story]!.titleRuns.get(run) ?? []);
  const ways = [...documentFrequencies(written.map((one) => new Set([one])))].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)); // prettier-ignore
  const plural = ways.find(([way, titles]) => way.toLowerCase() === `${run}s` && titles >= pluralShare * written.length); // prettier-ignore
  const name = (plural ?? ways[0]!)[0];
  return capitalise(name);
}
