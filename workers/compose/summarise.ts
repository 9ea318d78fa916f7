// a text -> two of its own sentences that say what it is about; pure.
import { countTerms } from '../embed/terms.ts';
import { splitSentences } from './split-sentences.ts';
import { texToText } from './tex-to-text.ts';

/** In characters; a Chinese or Japanese sentence says as much in a third of them. */
const shortest = 40;
const longest = 320;
const denseShare = 1 / 3;
/** Of relevance against novelty, as usual for MMR (Carbonell, Goldstein 1998). */
const relevanceShare = 0.7;
/** Sentences that announce, thank or point instead of saying something. */
const boilerplate =
  /^(?:in this (?:paper|work|article|post|video|talk)|this (?:paper|article|post|video) (?:is|presents|discusses)|we (?:also )?(?:release|thank|hope|discuss)|code (?:is|and)|(?:the )?(?:original )?paper:|subscribe|sign up|read more|click|follow|thanks)|https?:\/\/|available at/i;

interface Sentence {
  text: string;
  position: number;
  terms: Map<string, number>;
  score: number;
}

/** Up to `count` whole sentences in their order: early, near the centre of the text, and not saying the same. */
export function summarise(text: string, { lang, count = 2 }: { lang: string; count?: number }): string[] {
  const all = splitSentences(texToText(text), lang);
  const share = /^(?:zh|ja|th)/.test(lang) ? denseShare : 1;
  const fitting = all
    .map((sentence, position) => ({ text: sentence, position }))
    .filter(({ text: sentence }) => {
      return sentence.length >= shortest * share && sentence.length <= longest;
    });
  const sentences = fitting.map(({ text: sentence, position }) => ({
    text: sentence,
    position,
    terms: countTerms(sentence),
    score: 0,
  }));
  scoreSentences(sentences);
  const chosen: Sentence[] = [];
  while (chosen.length < count && chosen.length < sentences.length) {
    const rest = sentences.filter((sentence) => !chosen.includes(sentence));
    chosen.push(rest.reduce((best, next) => (worth(next, chosen) > worth(best, chosen) ? next : best)));
  }
  return chosen.toSorted((a, b) => a.position - b.position).map((sentence) => sentence.text);
}

/** Likeness to the centre of the text, the first sentences raised, boilerplate lowered. */
function scoreSentences(sentences: Sentence[]): void {
  const centre = new Map<string, number>();
  for (const { terms } of sentences) for (const term of terms.keys()) centre.set(term, (centre.get(term) ?? 0) + 1);
  for (const sentence of sentences) {
    const early = 0.35 / (1 + sentence.position);
    sentence.score = cosine(sentence.terms, centre) + early - (boilerplate.test(sentence.text) ? 0.5 : 0);
  }
}

function worth(sentence: Sentence, chosen: readonly Sentence[]): number {
  const repeated = Math.max(0, ...chosen.map((other) => cosine(sentence.terms, other.terms)));
  return relevanceShare * sentence.score - (1 - relevanceShare) * repeated;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, count] of a) sum += count * (b.get(term) ?? 0);
  return sum === 0 ? 0 : sum / (lengthOf(a) * lengthOf(b));
}

function lengthOf(terms: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of terms.values()) sum += count * count;
  return Math.sqrt(sum);
}
