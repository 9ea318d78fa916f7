// What somebody typed about their interests, separated by commas or lines -> clean words.
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { maxInterestLength, maxInterests } from '../../core/store/interests.ts';

/** An interest is words of any script, without control characters. */
const words = z
  .string()
  .max(maxInterestLength, `An interest may have at most ${maxInterestLength} characters. Say it in fewer words.`);

/** A field with several interests, or several such fields; too many or too long ones are refused with a sentence. */
export const interestWords = z
  .union([z.string(), z.array(z.string()).max(100)])
  .default('')
  .transform((typed) =>
    [typed]
      .flat()
      .join('\n')
      .split(/[,;，、\n]/)
      .map((word) => oneLine(word.replace(/\p{Cc}/gu, ' ')))
      .filter(Boolean),
  )
  .pipe(z.array(words).max(maxInterests, `At most ${maxInterests} interests fit. Choose the ones that matter most.`));

/** What is typed beside the preview of a letter: nothing of the reader but the interests. */
export const peekQuery = z.object({ interests: interestWords });
