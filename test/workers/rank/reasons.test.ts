import { expect, test } from 'vitest';
import { pickLine } from '../../../core/pick-words.ts';
import { reasonFor, reasonOfRule, type Cause } from '../../../workers/rank/reasons.ts';

const interest: Cause = { kind: 'interest', label: 'speech', hasWords: true, share: 2 };
const like: Cause = { kind: 'like', label: 'Attention Is All You Need', share: 1.5 };

test.each<[string, Cause[], string]>([
  ['the interest that moved it most', [interest, like], "matches 'speech'"],
  ['an interest it only reads like', [{ ...interest, hasWords: false }], "close to 'speech'"],
  ['a liked story', [{ ...interest, share: 1 }, like], 'you liked Attention Is All You Need'],
  ['a saved story', [{ ...like, kind: 'save' }], 'you saved Attention Is All You Need'],
  ['an opened story', [{ ...like, kind: 'click' }], 'you opened Attention Is All You Need'],
  ['other readers, counted', [{ kind: 'readers', count: 12, share: 3 }, like], '12 readers like you'],
  ['other readers, too few to count in public', [{ kind: 'readers', count: 2, share: 3 }], 'readers like you'],
  [
    'the slot to learn from',
    [{ kind: 'exploring', share: Infinity }, interest],
    'exploring: is this something for you?',
  ],
  ['what the editors like', [{ kind: 'taste', share: 0.5 }], "editor's pick: like those before"],
  ['never what pushed it away', [{ ...like, kind: 'dislike', share: 4 }], "high on the editors' list"],
  ['nothing that hardly moved it', [{ ...interest, share: 0.9 }], "high on the editors' list"],
  ['nothing at all', [], "high on the editors' list"],
])('a reason names %s', (_, causes, reason) => {
  expect(reasonFor(causes)).toBe(reason);
});

test('a long title is cut at a word', () => {
  const reason = reasonFor([{ ...like, label: 'word '.repeat(30).trim() }]);
  expect(reason).toMatch(/^you liked (word )*word…$/);
  expect(reason.length).toBeLessThan(95);
});

test.each([
  ['author', 'Yann LeCun', "your rule: always author 'Yann LeCun'"],
  ['lab', 'DeepMind', "your rule: always lab 'DeepMind'"],
  ['word', 'speech', "your rule: always 'speech'"],
] as const)('a pick by a rule about a %s has the rule as its reason', (field, words, reason) => {
  expect(reasonOfRule({ effect: 'always', field, words })).toBe(reason);
});

test.each([
  [{ reason: "matches 'speech'" }, "matches 'speech'"],
  [{ reason: "matches 'speech'", updated: true }, "Updated since you saw it · matches 'speech'"],
  [{ reason: null, updated: true }, 'Updated since you saw it'],
  [{ reason: null }, null],
])('the line of %j is %j', (pick, line) => expect(pickLine(pick)).toBe(line));
