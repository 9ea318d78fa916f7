// two items that read alike -> does anything beside likeness say that they are about one thing; pure.
import type { Linked } from './linkage.ts';
import type { StoryItemKind } from '../../core/item-kinds.ts';
import { rarityAmong, readHead, type ItemWords, type ItemHead } from './rarity.ts';
import { dayMs } from '../../core/time.ts';

/**
 * Of the names in both titles the sum of rarities, where a name that no third item has counts 1 ("Emmi" and "Mistral",
 * "Chris Lattner"); less will do when the texts are far above chance. In a week of 370 posts the pairs of one event had
 * 1.97 and more, or 1.69 at 1.76 times chance; those of two had 1.67 at 1.57 and below.
 */
const namesOfTitles = { sum: 1.75, fewer: { sum: 1.2, aboveChance: 1.7 } };
/** Of all words that a title shares with what the other begins with, when the titles share a rare name. */
const wordsOfLeads = { sum: 2.5, rarest: 0.9, aboveChance: 1.5 };
/**
 * A paper or a talk, and what explains it: one name, or much likeness. Posts reached 1.66 with papers they were not about, in a week of other
 * papers than theirs and in one with half of each abstract.
 */
const explained = { rarest: 0.7, aboveChance: { talk: 1.5, post: 1.75 } };
/** A paper's own name is among the first words of its title: one further back ("Attacks on OpenClaw") is what it works with. */
const ownWords = 2;
/** The share of the words of two titles, by rarity, from which they are one; within a source titles are alike anyway. */
const sameTitle = { betweenSources: 0.6, withinSource: 0.85, words: 3 };
/** "Mistral acquires" is told within days; the same names a week later are the next event. */
const sameDaysMs = 4 * dayMs;

interface Vouched extends Linked {
  kind: StoryItemKind;
  /** Of an item without it nothing more than likeness is asked. */
  head?: ItemHead;
}

/** Tests of two items by number. */
export interface Vouching {
  /** Whether one links to the other's address, from another source: within a site many pages link to many. */
  isLinked: (a: number, b: number) => boolean;
  /** Whether link, title or rare names in common say that both are about one thing. */
  isVouched: (a: number, b: number) => boolean;
}

/** `aboveChance`: how alike two texts are, 1 where chance would have it no higher. A brand is no event: of pairs of posts joined by likeness alone 18 % were right. */
export function vouchingAmong(items: readonly Vouched[], aboveChance: (a: number, b: number) => number): Vouching {
  const readings = items.map(({ head }) => head && readHead(head));
  const rarity = rarityAmong(readings.filter((reading, at) => reading !== undefined && items[at]!.kind !== 'paper') as ItemWords[]); // prettier-ignore
  const isLinked = (a: number, b: number): boolean =>
    readings[a]?.head.source !== readings[b]?.head.source &&
    (linksTo(items[a]!, items[b]!) || linksTo(items[b]!, items[a]!));
  return {
    isLinked,
    isVouched(a, b) {
      const [one, other] = [readings[a], readings[b]];
      if (!one || !other || isLinked(a, b)) return true;
      const pair: PairOfReadings = {
        one,
        other,
        above: aboveChance(a, b),
        weigh: (word) => Math.min(rarity.of(word, one.head.source), rarity.of(word, other.head.source)),
        isName: rarity.isName,
      };
      if (items[a]!.kind !== 'post' || items[b]!.kind !== 'post')
        return isExplained(pair, kindsOf(items[a]!, items[b]!)) || isSameTitle(pair);
      const areSameDays = Math.abs(one.head.publishedAt - other.head.publishedAt) <= sameDaysMs;
      return areSameDays && (isSameTitle(pair) || haveSameNames(pair));
    },
  };
}

interface PairOfReadings {
  one: ItemWords;
  other: ItemWords;
  above: number;
  weigh: (word: string) => number;
  isName: (word: string) => boolean;
}

function linksTo(from: Linked, to: Linked): boolean {
  return to.keys.some((key) => from.mentions.includes(key));
}

function isSameTitle({ one, other, weigh }: PairOfReadings): boolean {
  const isWithin = one.head.source === other.head.source;
  const shared = common(one.title, other.title);
  if (shared.length < sameTitle.words) return one.head.title === other.head.title && !isWithin;
  const least = isWithin ? sameTitle.withinSource : sameTitle.betweenSources;
  return sum(shared.map(weigh)) >= least * sum([...new Set([...one.title, ...other.title])].map(weigh));
}

function haveSameNames({ one, other, above, weigh, isName }: PairOfReadings): boolean {
  const names = common(one.title, other.title).filter(isName);
  const runs = common(one.runs, other.runs).filter((run) => run.split(' ').some(isName));
  const named = sum([...names, ...runs].map(weigh));
  const { fewer } = namesOfTitles;
  if (named >= namesOfTitles.sum || (named >= fewer.sum && above >= fewer.aboveChance)) return true;
  if (above < wordsOfLeads.aboveChance || !names.some((name) => weigh(name) >= wordsOfLeads.rarest)) return false;
  return sum(spokenIn({ one, other }).map(weigh)) >= wordsOfLeads.sum;
}

function isExplained({ one, other, above, weigh, isName }: PairOfReadings, between: Kinds): boolean {
  if (above >= explained.aboveChance[between.isPostOnPaper ? 'post' : 'talk']) return true;
  const paper = !between.isPostOnPaper ? undefined : between.isFirstPaper ? one : other;
  const isOwn = (word: string): boolean => !paper?.title.has(word) || [...paper.title].indexOf(word) < ownWords;
  return spokenIn({ one, other }).some((word) => isName(word) && weigh(word) >= explained.rarest && isOwn(word));
}

interface Kinds {
  isPostOnPaper: boolean;
  isFirstPaper: boolean;
}

function kindsOf(one: Vouched, other: Vouched): Kinds {
  const isFirstPaper = one.kind === 'paper';
  return { isFirstPaper, isPostOnPaper: (isFirstPaper ? other : one).kind === 'post' && (isFirstPaper || other.kind === 'paper') }; // prettier-ignore
}

/** The words of either title that both items begin with. */
function spokenIn({ one, other }: Pick<PairOfReadings, 'one' | 'other'>): string[] {
  return [...new Set([...one.title, ...other.title])].filter((word) => one.all.has(word) && other.all.has(word));
}

function common(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return [...left].filter((word) => right.has(word));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
