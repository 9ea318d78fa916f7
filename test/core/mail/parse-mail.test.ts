import { expect, it } from 'vitest';
import { asksToConfirm } from '../../../core/mail/parse-mail.ts';

it.each([
  ['Please confirm your subscription', true],
  ['Verify your e-mail address', true],
  ['ACTIVATE YOUR ACCOUNT', true],
  ['Confirm that you want to sign up', true],
  ['Bitte best\u00e4tigen Sie Ihre Anmeldung', true],
  ['Confirmez votre inscription', true],
  ['Stairs that fold, boats, desks', false],
  ['Your subscription: what three papers confirm', false],
  ['Reconfirmed: the address of a protein', false],
  ['We could not verify the signs of life', false],
  ['', false],
])('whether "%s" asks to confirm: %s', (subject, expected) => {
  expect(asksToConfirm(subject)).toBe(expected);
});

it('a subject of many verbs takes no time', () => {
  expect(asksToConfirm('confirm '.repeat(200_000))).toBe(false);
});
