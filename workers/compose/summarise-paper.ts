// the abstract of a paper -> the sentences that say what it contributes and what came of it, each with its place; pure.
import { termCosine } from '../../core/text/term-vectors.ts';
import { countTermsOf } from '../../core/text/terms.ts';
import { leansOnOthers, leansWithin } from './stand-alone.ts';
import { quoteSentences, type Quote } from '../../core/text/quote-sentences.ts';
import { sentenceRoles, type RoleShares } from './roles/sentence-roles.ts';

/** In characters. A longer sentence is taken where no shorter one says it; one beyond the second is no sentence of a letter. */
const [shortest, comfortable, longest] = [30, 320, 600];
/** Below this no sentence has a role: the abstract is written otherwise, or is none. */
const leastShare = 0.3;
/** In log-odds: what a longer sentence costs, and what a number in a result is worth beside a result without. */
const [longCost, numberWorth] = [2, 0.7];
/** What it costs to begin with "This site" or "It": the reader does not see the sentence before. */
const leaningCost = 1.5;
/** The same for an aim that says "we resolve this dilemma"; a result stands behind one that says what is meant. */
const withinCost = 0.8;
/** Two sentences shorter than this together leave room for a third that does not repeat them. */
const roomForThird = 260;
const mostRepeated = 0.45;
const mostSentences = 3;

interface Candidate extends Quote {
  shares: RoleShares;
  /** In log-odds, by its length; -Infinity for one that is no sentence of a letter. */
  cost: number;
}

/**
 * Two or three whole sentences in their order, the likeliest aim and the likeliest result among them; undefined where no sentence
 * tells either, or where the language is not English, which is all that the classifier has read.
 */
export function summarisePaper(text: string, { lang }: { lang: string }): Quote[] | undefined {
  if (!lang.startsWith('en')) return undefined;
  const quotes = quoteSentences({ segment: 0, text }, lang);
  const shares = sentenceRoles(quotes.map((quote) => quote.text));
  const sentences = quotes.map((quote, at) => ({ ...quote, shares: shares[at]!, cost: costOf(quote.text) }));
  const chosen = chooseAimAndResult(sentences);
  if (chosen.length === 0) return undefined;
  while (chosen.length < 2 || (chosen.length === 2 && lengthOf(chosen) < roomForThird)) {
    const next = nextBest(sentences, chosen);
    if (!next) break;
    chosen.push(next);
  }
  const before = chosen.length < mostSentences ? neededBefore(chosen, sentences) : undefined;
  if (before !== undefined) chosen.push(before);
  return chosen
    .toSorted((a, b) => a.start - b.start)
    .map(({ segment, start, end, quote, text: plain }) => ({ segment, start, end, quote, text: plain }));
}

function costOf(text: string): number {
  const first = text.slice(0, text.indexOf(' '));
  // "l.s.c. is" is no full stop, though it is split like one.
  const isFragment = /^\p{Ll}/u.test(first) && first.includes('.');
  if (text.length < shortest || text.length > longest || isFragment) return -Infinity;
  return (text.length <= comfortable ? 0 : -longCost) - (leansOnOthers(text) ? leaningCost : 0);
}

/** The sentence before the first that is shown, where that one leans on it and it stands alone: "this dilemma" is what it tells. */
function neededBefore(chosen: readonly Candidate[], sentences: readonly Candidate[]): Candidate | undefined {
  const first = sentences.findIndex((sentence) => chosen.includes(sentence));
  const before = sentences[first - 1];
  if (before === undefined || before.cost <= -longCost || !leans(sentences[first]!.text)) return undefined;
  return leans(before.text) ? undefined : before;
}

function leans(text: string): boolean {
  return leansOnOthers(text) || leansWithin(text);
}

/** The best aim, then the best result beside it; none of a role that no sentence has. */
function chooseAimAndResult(sentences: readonly Candidate[]): Candidate[] {
  const aim = bestOf(sentences, ({ shares }) => shares.aim, ({ text }) => (leansWithin(text) ? -withinCost : 0)); // prettier-ignore
  const others = sentences.filter((sentence) => sentence !== aim);
  const result = bestOf(others, ({ shares }) => shares.result, ({ text }) => (/\d/.test(text) ? numberWorth : 0)); // prettier-ignore
  return [aim, result].filter((sentence) => sentence !== undefined);
}

/** The sentence of the greatest log-odds; undefined when none has the share it must have. The first of equals. */
function bestOf(
  sentences: readonly Candidate[],
  shareOf: (sentence: Candidate) => number,
  bonusOf: (sentence: Candidate) => number = () => 0,
): Candidate | undefined {
  return sentences
    .filter((sentence) => sentence.cost > -Infinity && shareOf(sentence) >= leastShare)
    .map((sentence) => ({ sentence, odds: logOdds(shareOf(sentence)) + bonusOf(sentence) + sentence.cost }))
    .reduce<{ sentence?: Candidate; odds: number }>((best, next) => (next.odds > best.odds ? next : best), { odds: -Infinity }).sentence; // prettier-ignore
}

function logOdds(share: number): number {
  const bounded = Math.min(share, 1 - 1e-12);
  return Math.log(bounded / (1 - bounded));
}

/** What says more of the work: neither background nor a note, and no repetition of what is chosen. */
function nextBest(sentences: readonly Candidate[], chosen: readonly Candidate[]): Candidate | undefined {
  const terms = chosen.map(({ text }) => countTermsOf(text));
  const fresh = sentences.filter((sentence) => {
    if (chosen.includes(sentence) || sentence.cost <= -longCost) return false;
    const own = countTermsOf(sentence.text);
    return terms.every((other) => termCosine(own, other) < mostRepeated);
  });
  return bestOf(fresh, ({ shares }) => shares.result + shares.aim + shares.method / 2);
}

function lengthOf(quotes: readonly Quote[]): number {
  return quotes.reduce((sum, { text }) => sum + text.length, 0);
}
