// a topic's keywords and the titles at its middle -> a name people would give it; pure.
import { phrasesOf, singular } from '../embed/terms.ts';

/** Words of a name; a longer run of a title is the title of one story. */
const longest = 3;

/**
 * The run of words in the titles nearest to the topic's mean that holds its best keywords ("Diffusion models"), and after
 * it the best keyword that the run does not hold, so that two topics on models are told apart. Without a title that holds
 * a keyword, the keywords.
 */
export function nameTopic(keywords: readonly string[], titles: readonly string[]): string {
  const rank = new Map<string, number>();
  keywords.forEach((keyword, at) => {
    for (const word of keyword.split(' ')) if (!rank.has(singular(word))) rank.set(singular(word), 1 / (at + 1));
  });
  const runs = titles.flatMap((title, at) =>
    writtenRuns(title).map((run) => ({ run, value: valueOf(run, rank) / (1 + at / 10) })),
  );
  const best = runs.reduce((top, next) => (next.value > top.value ? next : top), { run: [] as string[], value: 0 }).run;
  const held = new Set(best.map(singular));
  const others = keywords.filter((keyword) => !keyword.split(' ').some((word) => held.has(singular(word))));
  const parts = best.length > 0 ? [spelled(best, titles), ...others.slice(0, 1)] : keywords.slice(0, 2);
  const name = parts.join(', ') || 'other';
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

/** A run is worth its keywords, and a little less for each word that is none. */
function valueOf(run: readonly string[], rank: ReadonlyMap<string, number>): number {
  return run.reduce((sum, word) => sum + (rank.get(singular(word)) ?? -0.3), 0);
}
