// The fields that more than one form of the desk asks for, each with the sentence for what does not fit.
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { mailField } from '../mail-field.ts';

/** One line of text that must not be empty; `what` as in "your name". */
export function lineField(what: string) {
  return z
    .string({ error: `Type ${what}.` })
    .overwrite(oneLine)
    .min(1, `Type ${what}.`)
    .max(200, `Make ${what} shorter.`);
}

/** The name of a curator: it stands beside what they did, where no address should. */
export function nameField(what: string) {
  return lineField(what).refine((name) => !name.includes('@'), 'Type a name, not an address.');
}

/** An e-mail address; `wrong` is what is said of something that is none. */
export function emailField(what: string, wrong: string) {
  return mailField({ missing: `Type ${what}.`, wrong });
}
