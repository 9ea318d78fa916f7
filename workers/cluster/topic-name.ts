// a topic's keywords and the titles at its middle -> a name people would give it; pure.
import { phrasesOf, singular } from '../../core/text/terms.ts';
import { isSameStem } from './without-repeats.ts';

/** Words of a name; a longer run of a title is the title of one story. */
const longest = 3;
/** What a second word is worth beside its rank: "vector search" says more than "search", which stands before it. */
const secondWord = 0.25;
/** Words that somebody wrote in a row in a title are a name sooner than a keyword is. */
const unwritten = 0.8;

/**
 * The run of words that holds the best keywords, out of the titles nearest to the topic's mean, the medoid's first, or the
 * keyword itself when no title says it so well ("Diffusion models"). A single word names little: the next keyword comes
 * after it ("Space and NASA"), and so it does when an earlier topic has the name already.
 */
export function nameTopic(
  keywords: readonly string[],
  titles: readonly string[],
  taken: ReadonlySet<string> = new Set(),
): string {
  const rank = new Map<string, number>();
  keywords.forEach((keyword, at) => {
    const words = keyword.split(' ').map(singular);
    for (const word of words) if (!rank.has(word)) rank.set(word, 1 / (at + 1) / words.length);
  });
  const runs = [
    ...titles.flatMap((title, at) => writtenRuns(title).map((run) => ({ run, worth: 1 / (1 + at / 10) }))),
    ...keywords.map((keyword) => ({ run: keyword.split(' '), worth: unwritten })),
  ].map(({ run, worth }) => ({ run, value: worth * valueOf(run, rank) }));
  const best = runs.reduce((top, next) => (next.value > top.value ? next : top), { run: [] as string[], value: 0 }).run;
  const next = keywords.find((keyword) => !keyword.split(' ').some((word) => best.some(meansSame(word))));
  const name = capitalised(spelled(best, titles));
  if (name === '') return 'Other';
  if (next === undefined || (best.length > 1 && !taken.has(name))) return name;
  return `${name} and ${spelled(next.split(' '), titles)}`;
}

function meansSame(word: string): (other: string) => boolean {
  return (other) => isSameStem(singular(word), singular(other));
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Runs of up to three words; with a small word between them ("transformers for images") nobody wrote them as one. */
function writtenRuns(title: string): string[][] {
  const lower = title.toLowerCase();
  return phrasesOf(title).flatMap((phrase) =>
    phrase.flatMap((_, start) =>
      Array.from({ length: Math.min(longest, phrase.length - start) }, (__, extra) =>
        phrase.slice(start, start + extra + 1),
      ).filter((run) => lower.includes(run.join(' '))),
    ),
  );
}

/** "BERT" and "LoRA" as the titles write them, "Models" as "models". */
function spelled(run: readonly string[], titles: readonly string[]): string {
  const written = titles.flatMap((title) => title.split(/[^\p{L}\p{N}'-]+/u));
  return run
    .map((word) => written.find((other) => other.toLowerCase() === word && /\p{Lu}.*\p{Lu}/u.test(other)) ?? word)
    .join(' ');
}

/** A run is worth its keywords, a little more when it is two words, and a little less for each word that is none. */
function valueOf(run: readonly string[], rank: ReadonlyMap<string, number>): number {
  const known = run.filter((word) => rank.has(singular(word)));
  const worth = known.reduce((sum, word) => sum + rank.get(singular(word))!, 0);
  return worth + (known.length > 1 ? secondWord : 0) - 0.3 * (run.length - known.length);
}
