// the texts of an item -> two or three of its own sentences that say what it is about, each with its position; pure.
import { termCosine } from '../../core/text/term-vectors.ts';
import { countTermsOf } from '../../core/text/terms.ts';
import { quoteSentences, type Quote, type SourceText } from '../../core/text/quote-sentences.ts';

/** In characters; a Chinese or Japanese sentence says as much in a third of them. */
const shortest = 40;
const longest = 320;
const denseShare = 1 / 3;
/** Two sentences shorter than this together leave room for a third. */
const roomForThird = 220;
/** The third comes where it adds something: it is no duty. */
const leastWorthOfThird = 0.15;
const mostRepeatedByThird = 0.4;
/** Of relevance against novelty, as usual for MMR (Carbonell, Goldstein 1998). */
const relevanceShare = 0.7;
/** Sentences that announce, thank or point instead of saying something. */
const boilerplate =
  /^(?:in this (?:paper|work|article|post|video|talk)|this (?:paper|article|post|video) (?:is|presents|discusses)|we (?:also )?(?:release|thank|hope|discuss)|code (?:is|and)|(?:the )?(?:original )?paper:|subscribe|sign up|read more|click|follow|thanks)|https?:\/\/|available at/i;
/** What somebody says to those in front of them; written down it says nothing. */
const chatter =
  /^(?:so|and|but|okay|ok|all right|now|well|um|uh|yeah|hi|hello|welcome|let'?s|let me|here)\b|\b(?:gonna|wanna|kind of|sort of|you guys|you can see|i'm|i'll|let me)\b/i;

interface Sentence extends Quote {
  order: number;
  terms: Map<string, number>;
  score: number;
}

/**
 * Whole sentences in their order: early, near the centre of all the texts, and not saying the same; of a transcript one
 * a segment. Two, or three where they are short. Each is true by construction: `text.slice(start, end)` is its quote.
 */
export function summarise(texts: readonly SourceText[], { lang }: { lang: string }): Quote[] {
  const sentences = candidates(texts, lang);
  scoreSentences(sentences);
  const chosen: Sentence[] = [];
  while (chosen.length < 2 || (chosen.length === 2 && lengthOfAll(chosen) < roomForThird)) {
    const rest = sentences.filter(
      (sentence) =>
        !chosen.some((other) => other === sentence || (other.segment > 0 && other.segment === sentence.segment)),
    );
    const worthy = chosen.length < 2 ? rest : rest.filter((sentence) => isWorthAThird(sentence, chosen));
    if (worthy.length === 0) break;
    chosen.push(worthy.reduce((best, next) => (worth(next, chosen) > worth(best, chosen) ? next : best)));
  }
  return chosen
    .toSorted((a, b) => a.order - b.order)
    .map(({ text, quote, segment, start, end, startS }) => {
      return { text, quote, segment, start, end, ...(startS === undefined ? {} : { startS }) };
    });
}

/** Every sentence of the texts that is neither too short nor too long; scored by its place alone. */
function candidates(texts: readonly SourceText[], lang: string): Sentence[] {
  const share = /^(?:zh|ja|th)/.test(lang) ? denseShare : 1;
  return texts
    .flatMap((source) =>
      quoteSentences(source, lang).map((quote, position) => ({
        ...quote,
        score: (source.segment === 0 ? 0.35 : 0.1) / (1 + position),
      })),
    )
    .map((sentence, order) => ({ ...sentence, order, terms: countTermsOf(sentence.text) }))
    .filter(({ text }) => text.length >= shortest * share && text.length <= longest);
}

/** Adds the likeness to the centre of the texts to the bonus for an early position; boilerplate and chatter cost. */
function scoreSentences(sentences: readonly Sentence[]): void {
  const centre = new Map<string, number>();
  for (const { terms } of sentences) for (const term of terms.keys()) centre.set(term, (centre.get(term) ?? 0) + 1);
  for (const sentence of sentences) {
    const isSaid = sentence.segment > 0 && chatter.test(sentence.text);
    sentence.score += termCosine(sentence.terms, centre) - (boilerplate.test(sentence.text) || isSaid ? 0.5 : 0);
  }
}

function isWorthAThird(sentence: Sentence, chosen: readonly Sentence[]): boolean {
  return worth(sentence, chosen) > leastWorthOfThird && repetition(sentence, chosen) < mostRepeatedByThird;
}

function lengthOfAll(sentences: readonly Quote[]): number {
  return sentences.reduce((sum, { text }) => sum + text.length, 0);
}

function worth(sentence: Sentence, chosen: readonly Sentence[]): number {
  return relevanceShare * sentence.score - (1 - relevanceShare) * repetition(sentence, chosen);
}

function repetition({ terms }: Sentence, chosen: readonly Sentence[]): number {
  return Math.max(0, ...chosen.map((other) => termCosine(terms, other.terms)));
}
