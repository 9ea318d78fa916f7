// What `--since` holds -> a day that the calendar has.
import { z } from 'zod';
import { PermanentError } from '../../core/errors.ts';

/** Its first moment in UTC. Throws PermanentError for 30 February, too, which Date takes for 2 March. */
export function sinceDay(text: string): Date {
  if (z.iso.date().safeParse(text).success) return new Date(text);
  throw new PermanentError(`--since holds "${text}"; it may hold a day such as 2026-11-01.`);
}
