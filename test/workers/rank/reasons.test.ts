// What may be said under a pick: only what stands in the story, and what really moved its score.
import { expect, test } from 'vitest';
import { pickLine } from '../../../core/letter/pick-words.ts';
import { reasonFor, reasonOfRule, type Cause } from '../../../workers/rank/reasons.ts';

const interest: Cause = { kind: 'interest', label: 'speech', match: { words: 'speech' }, isClose: true, share: 2 };
const like: Cause = { kind: 'like', label: 'Attention Is All You Need', isAlike: true, share: 1.5 };

test.each<[string, Cause[], string]>([
  ['the interest that moved it most', [interest, like], "matches 'speech'"],
  [
    'how its words stand there',
    [{ ...interest, match: { words: 'speeches', quote: 'speech' } }],
    "matches 'speeches' in “speech”",
  ],
  ['words in another form as they stand there', [{ ...interest, match: { words: 'efficiency', quote: 'efficient', isOtherForm: true } }], 'mentions “efficient”'], // prettier-ignore
  ['what its title mentions', [{ ...interest, match: undefined, mention: 'speech' }], 'mentions “speech”'],
  ['an interest it only reads like', [{ ...interest, match: undefined }], "close to 'speech'"],
  ['no interest that it is far from', [{ ...interest, match: undefined, isClose: false }], 'new this week'],
  [
    'an interest whose words stand there, however little they moved it',
    [{ ...interest, share: -1 }],
    "matches 'speech'",
  ],
  ['the topic that the reader follows by its name', [{ ...interest, match: undefined, topic: 'Speech' }], 'because you follow Speech'], // prettier-ignore
  ['that it is a part of what the topic is called', [{ ...interest, match: undefined, topic: 'Speech recognition' }], "in Speech recognition, because you follow 'speech'"], // prettier-ignore
  [
    'that topic before how many tell it',
    [
      { kind: 'sources', share: 2, count: 3 },
      { ...interest, match: undefined, isClose: false, share: 0, topic: 'Speech' },
    ],
    'because you follow Speech',
  ],
  ['no interest that it only reads like and that pushed it away', [{ ...interest, match: undefined, share: -1 }], 'new this week'], // prettier-ignore
  [
    'a liked story that moved it before an interest that did not',
    [{ ...interest, share: -1 }, like],
    'like Attention Is All You Need, which you liked',
  ],
  ['the topic of a liked story, however little it moved', [{ ...like, isAlike: false, share: -1, topic: 'Attention' }], 'in Attention, like Attention Is All You Need, which you liked'], // prettier-ignore
  ['a liked story', [{ ...interest, share: 1 }, like], 'like Attention Is All You Need, which you liked'],
  ['no liked story it has nothing in common with', [{ ...like, isAlike: false }], 'new this week'],
  ['a saved story', [{ ...like, kind: 'save' }], 'like Attention Is All You Need, which you saved'],
  ['an opened story', [{ ...like, kind: 'click' }], 'like Attention Is All You Need, which you opened'],
  ['other readers, counted', [{ kind: 'readers', count: 12, share: 3 }, like], '12 readers like you'],
  ['other readers, too few to count in public', [{ kind: 'readers', count: 2, share: 3 }], 'readers like you'],
  ['what the editors like', [{ kind: 'taste', share: 0.5 }], 'like what the editors chose before'],
  ['never what pushed it away', [{ ...like, kind: 'dislike', share: 4 }], 'new this week'],
  [
    'the topic that it shares with a liked story, where that moved it a little',
    [{ ...like, share: 0.4, topic: 'Attention' }],
    'in Attention, like Attention Is All You Need, which you liked',
  ],
  ['no topic of what pushed it away', [{ ...like, kind: 'dislike', share: 0.4, topic: 'Attention' }], 'new this week'],
  [
    'how many tell it, behind what is the reader’s own',
    [
      { kind: 'sources', share: 0.3, count: 3 },
      { ...like, share: 0.1, topic: 'Attention' },
    ],
    'in Attention, like Attention Is All You Need, which you liked',
  ],
  [
    'how many tell it',
    [
      { kind: 'sources', share: 0.3, count: 3 },
      { ...like, share: 0.1 },
    ],
    'told by 3 sources',
  ],
  ['no single source', [{ kind: 'sources', share: 0.3, count: 1 }], 'new this week'],
  ['how many tell it where the order of the draft spoke against it', [{ kind: 'sources', share: -0.1, count: 3 }], 'told by 3 sources'], // prettier-ignore
  ['nothing that hardly moved it', [{ ...like, share: 0.9 }], 'new this week'],
  ['no editors where nothing is known', [], 'new this week'],
])('a reason names %s', (_, causes, line) => {
  expect(pickLine({ reason: reasonFor(causes) })).toBe(line);
});

test('a long title is cut at a word', () => {
  const line = pickLine({ reason: reasonFor([{ ...like, label: 'word '.repeat(30).trim() }]) });
  expect(line).toMatch(/^like (word )*word…, which you liked$/);
  expect(line!.length).toBeLessThan(95);
});

test.each([
  ['author', 'Yann LeCun', "your rule: always author 'Yann LeCun'"],
  ['lab', 'DeepMind', "your rule: always lab 'DeepMind'"],
  ['word', 'speech', "your rule: always 'speech'"],
] as const)('a pick by a rule about a %s has the rule as its reason', (field, words, line) => {
  expect(pickLine({ reason: reasonOfRule({ effect: 'always', field, words }) })).toBe(line);
});
