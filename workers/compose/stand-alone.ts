// a quote -> the same without an opening that leans on the sentence before it, which a letter does not show; pure.
import type { Quote } from '../../core/text/quote-sentences.ts';
import { capitalise } from '../../core/text/capitalise.ts';

/** In characters. A longer opening says something of its own. */
const longestOpening = 90;
const connectives = new Set(
  `however|moreover|furthermore|specifically|therefore|thus|hence|consequently|accordingly|additionally|concretely|notably|importantly|nevertheless|nonetheless|here|overall|finally
  |in addition|in particular|in summary|in short|in light of this|to this end|to that end|for this purpose|for this reason|as a result|taken together|with this in mind`
    .split('|')
    .map((words) => words.trim()),
);
const purposes = [
  'to',
  'based on',
  'building on',
  'motivated by',
  'inspired by',
  'guided by',
  'driven by',
  'in response to',
  'in order to',
];
/** What else leads up to what the paper does; it says something of its own unless it names its object by "this". */
const leads = new Set(['by', 'with', 'given', 'considering', 'using']);
/** "Those" mostly goes before what it means: "those requiring reasoning". */
const pointers = new Set(['this', 'these']);
const references = new Set(['this', 'that', 'these', 'those', 'it', 'them', 'such', 'both', 'above']);
const gaps = new Set([
  'gap',
  'gaps',
  'problem',
  'problems',
  'issue',
  'issues',
  'challenge',
  'challenges',
  'limitation',
  'limitations',
]);
/** What an opening is left away before: "..., we introduce" goes on, "To run this, that and more, we" does not. */
const subjects = new Set(['we', 'our', 'this', 'the', 'a', 'an', 'it', 'in', 'to']);
/** "This paper" and "these results" say what they are. */
const ownNouns = new Set(
  `paper work research analysis study article survey report thesis review letter post tutorial project dataset benchmark result results finding findings experiments evidence
  approach method framework model system design`.split(/\s+/),
);

/**
 * "To address this gap, we introduce X." becomes "We introduce X." with its place: the place of what is left. An opening goes when it is a
 * connective, or a purpose that names its object by a pronoun alone or by "this" and "these".
 */
export function standAlone(quote: Quote): Quote {
  const cut = openingOf(quote.text);
  const inSource = openingOf(quote.quote);
  // Where TeX stands in the opening its length in the source is another.
  if (cut === 0 || quote.quote.slice(inSource, inSource + 3) !== quote.text.slice(cut, cut + 3)) return quote;
  return standAlone({
    ...quote,
    start: quote.start + inSource,
    quote: quote.quote.slice(inSource),
    text: withCapital(quote.text.slice(cut)),
  });
}

/** Words of which one that stood earlier in the sentence says what "this" is: "features ... these hierarchical features". */
const namesWithin = 3;
const shortestName = 4;

/** True for "We resolve this dilemma by ...": what is meant stands in the sentence before, and not in this one. */
export function leansWithin(text: string): boolean {
  const words = text.slice(openingOf(text)).split(/\s+/).map(bare);
  return words.some((word, at) => {
    const next = words[at + 1];
    if (at === 0 || next === undefined || !pointers.has(word) || ownNouns.has(next)) return false;
    const before = words.slice(0, at).filter((one) => one.length >= shortestName);
    const named = words.slice(at + 1, at + 1 + namesWithin).filter((one) => one.length >= shortestName);
    return !named.some((name) => before.some((one) => one.startsWith(name.slice(0, -2)) || name.startsWith(one.slice(0, -2)))); // prettier-ignore
  });
}

/** True for "This site represents ..." and "It outperforms ...": who is meant stands in the sentence before. */
export function leansOnOthers(text: string): boolean {
  const [first = '', second = ''] = text.slice(openingOf(text)).split(' ', 2).map(bare);
  return (references.has(first) || first === 'they') && !ownNouns.has(second);
}

/** Where the sentence begins that stands alone; 0 when it does already. */
function openingOf(text: string): number {
  const [first, second, third, fourth] = text.split(' ', 4);
  if (bare(first ?? '') === 'here' && second === 'we') return text.indexOf(' we ') + 1;
  if (opensOwnWork([first, second, third].map((word) => bare(word ?? ''))) && fourth === 'we')
    return text.indexOf(' we ') + 1;
  const comma = text.indexOf(',');
  if (comma < 0 || comma > longestOpening) return 0;
  const words = text.slice(0, comma).split(/\s+/).map(bare);
  let start = comma + 1;
  while (/\s/.test(text.charAt(start))) start++;
  if (connectives.has(words.join(' ')) || opensOwnWork(words)) return start;
  const next = text.slice(start).split(/\s/, 1)[0]!;
  return (isPurpose(words) || isLead(words)) && (subjects.has(bare(next)) || next !== next.toLowerCase()) ? start : 0;
}

/** "In this paper", "in our experiments". */
function opensOwnWork([first, second = '', third = '', ...more]: readonly string[]): boolean {
  return first === 'in' && (second === 'this' || second === 'our') && ownNouns.has(third) && more.length === 0;
}

/** "To fill this gap", "to address the problem", "based on these insights". */
function isPurpose(words: readonly string[]): boolean {
  const opening = words.join(' ');
  if (!purposes.some((purpose) => opening.startsWith(`${purpose} `))) return false;
  return words.some((word) => references.has(word)) || (words.length === 4 && gaps.has(words[3]!));
}

/** "Recognizing these challenges", "by splitting this loss": nothing that a reader can know. "Using this benchmark" is the paper's own. */
function isLead(words: readonly string[]): boolean {
  if (!words[0]!.endsWith('ing') && !leads.has(words[0]!)) return false;
  return words.some((word, at) => pointers.has(word) && !ownNouns.has(words[at + 1] ?? ''));
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** "we" becomes "We"; "pMF" is a name. */
function withCapital(text: string): string {
  const first = text.split(/\s/, 1)[0]!;
  return first === first.toLowerCase() ? capitalise(text) : text;
}
