// A field for an e-mail address, the same on every form: what can be mailed is taken, as mail needs it.
import { z } from 'zod';
import { readMailAddress } from '../core/mail/mail-address.ts';

/** The address in ASCII and lower case; `missing` and `wrong` are what is said of a form without one, and of what is none. */
export function mailField({ missing, wrong }: { missing: string; wrong: string }) {
  return z.string({ error: missing }).transform((typed, context) => {
    const address = readMailAddress(typed);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: typed.trim() === '' ? missing : wrong });
    return z.NEVER;
  });
}
