// What somebody typed about their interests, separated by commas or lines -> clean words.
import { z } from 'zod';
import { splitInterests } from '../../core/readers/split-interests.ts';
import { asText } from '../message.ts';
import { fullWeight, leastWeight, maxInterestLength, maxInterests, type Interest } from '../../core/store/interests.ts';

/** An interest is words of any script, without control characters. */
const words = z.string().max(maxInterestLength, asText('mine.interestLong', { most: maxInterestLength }));

/** A field with several interests, or several such fields; too many or too long ones are refused with a sentence. */
export const interestWords = z
  .union([z.string(), z.array(z.string()).max(100)])
  .default('')
  .transform((typed) => splitInterests([typed].flat().join('\n')))
  .pipe(z.array(words).max(maxInterests, asText('mine.interestsMost', { most: maxInterests })));

const oneOrMore = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(field).max(maxInterests));
/** How much an interest counts, in percent. */
export const weightField = z.coerce
  .number({ error: asText('mine.weightNumber', { least: leastWeight, most: fullWeight }) })
  .int(asText('mine.weightWhole', { least: leastWeight, most: fullWeight }))
  .min(leastWeight, asText('mine.weightLeast', { least: leastWeight }))
  .max(fullWeight, asText('mine.weightMost', { most: fullWeight }));

const weighedFields = z
  .object({ words: oneOrMore(z.string().max(maxInterestLength)), weight: oneOrMore(weightField) })
  .refine(({ words: all, weight: weights }) => all.length === weights.length, asText('mine.weightEach'));

/** Sliders: the words of an interest and how much it counts, as often as there are interests. */
export const weighedForm = weighedFields.transform(pairUp);

/** What is typed beside the preview of a letter: nothing of the reader but the interests, and how much each counts where that is set. */
export const peekQuery = z
  .intersection(z.object({ interests: interestWords }), weighedFields)
  .transform(({ interests, words: all, weight: weights }) => [
    ...interests.map((one): Interest => ({ words: one, weight: fullWeight })),
    ...pairUp({ words: all, weight: weights }),
  ]);

function pairUp({ words: all, weight: weights }: { words: string[]; weight: number[] }): Interest[] {
  return all.map((one, at) => ({ words: one, weight: weights[at] ?? fullWeight }));
}
