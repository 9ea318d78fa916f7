// The number of a row in an address or a form -> a number that PostgreSQL's integer holds.
import { z } from 'zod';

/** Digits only, from 1 to 2,147,483,647; `wrong` is what is said of anything else. */
export function rowId(wrong = 'There is no such thing at this address.') {
  return z
    .string({ error: wrong })
    .regex(/^[1-9]\d{0,9}$/, wrong)
    .transform(Number)
    .refine((id) => id <= 2_147_483_647, wrong);
}
