// What the summary of a paper says, and what of each story it is made of.
import { describe, expect, it } from 'vitest';
import { summarisePaper } from '../../../workers/compose/summarise-paper.ts';
import { summariseTogether } from '../../../workers/compose/summarise-stories.ts';
import { sentenceRoles, readWeights, roles, type Role } from '../../../workers/compose/roles/sentence-roles.ts';
import { trainRoles } from '../../../workers/compose/roles/training/train-roles.ts';
import type { ItemToSummarise } from '../../../core/store/uncarried-stories.ts';
import { testDatabase } from '../../database.ts';

const background = [
  'Parcel robots have become common in large cities during the last decade.',
  'However, existing route planners ignore stairs, which makes many deliveries fail at the door.',
];
const aim = 'In this paper, we propose StairNet, a planner that learns from maps which entrances a robot can reach.';
const method = 'Specifically, the planner encodes each entrance as a graph and trains on two million recorded trips.';
const result =
  'Experiments in four cities show that StairNet reduces failed deliveries by 31% over the strongest baseline.';
const note = 'Our code is available at https://stairs.example/code.';
const textsOf = (abstract: string): string[] | undefined => summarisePaper(abstract, { lang: 'en' })?.map(({ text }) => text); // prettier-ignore

describe('the summary of a paper', () => {
  it.each([
    ['has the aim and the result, not the background', [...background, aim, method, result, note], [aim, result]],
    ['takes them from wherever they stand', [aim, result, ...background, method], [aim, result]],
    ['tells those who write without "we"', ['Bridges age faster near the sea.', 'A method for measuring rust from sound is presented.', 'It is shown that ten microphones find every crack above two millimetres.'], ['A method for measuring rust from sound is presented.', 'It is shown that ten microphones find every crack above two millimetres.']], // prettier-ignore
    ['prefers a result with a number', [...background, aim, 'Our results show that the planner helps couriers in many situations and settings.', result], [aim, result]], // prettier-ignore
    ['leaves out half a sentence that begins after "l.s.c."', [aim, 'We prove that the map is l.s.c. on every closed set and that no planner needs more than nine steps.'], [aim]], // prettier-ignore
  ])('%s', (_what, sentences, told) => {
    const summary = textsOf(sentences.join(' '))!;
    for (const sentence of told) expect(summary).toContain(sentence);
    for (const sentence of background) expect(summary).not.toContain(sentence);
    expect(summary.every((sentence) => !/^\p{Ll}/u.test(sentence))).toBe(true);
  });

  it('is quoted at its place, in the order of the text, and takes a long aim where there is no other', () => {
    const long = `We introduce ${'a planner for stairs, doors and lifts in old houses, '.repeat(8)}which robots use.`;
    const text = [background[0], long, result].join(' ');
    const quotes = summarisePaper(text, { lang: 'en' })!;
    expect(quotes.map(({ start, end }) => text.slice(start, end))).toEqual([long, result]);
  });

  it('has the sentence before an aim that leans on it', () => {
    const gap = 'Stairs that no map shows make many deliveries fail at the door.';
    const leaning =
      'We address this problem by asking residents of four large cities, who answer within minutes, and by drawing their doors, ramps, gates and lifts on open maps that every robot can read without a network.';
    expect(textsOf([background[0], gap, leaning, result].join(' '))).toEqual([gap, leaning, result]);
    // Another that stands alone is better.
    expect(textsOf([background[0], gap, 'We address this problem.', aim, result].join(' '))).toEqual([aim, result]);
  });

  it('is left to the other way where nothing is told or the language is another', () => {
    expect(summarisePaper('', { lang: 'en' })).toBeUndefined();
    expect(summarisePaper(aim, { lang: 'de' })).toBeUndefined();
  });

  it('has no brace that its author forgot', () => {
    expect(textsOf('We introduce Query Depth}(QD), the number of questions that a judge must ask a witness.')).toEqual([
      'We introduce Query Depth(QD), the number of questions that a judge must ask a witness.',
    ]);
  });
});

describe('the classifier', () => {
  it('gives each sentence a distribution over the roles', () => {
    const found = sentenceRoles([...background, aim, method, result, note]);
    const best = found.map((shares) => roles.reduce((a, b) => (shares[b] > shares[a] ? b : a)));
    expect(best).toEqual<Role[]>(['background', 'background', 'aim', 'method', 'result', 'note']);
    for (const shares of found) expect(Object.values(shares).reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
    expect(sentenceRoles([])).toEqual([]);
  });

  it('learns the same from the same abstracts, and refuses weights of another version', () => {
    const abstracts = [
      [...background, aim, method, result, note],
      [...background, aim, result],
    ];
    expect(trainRoles(abstracts)).toEqual(trainRoles(abstracts));
    expect(() => readWeights(new Uint8Array(8))).toThrow(/8 bytes/);
  });
});

describe('the summary of a story', () => {
  const item = (given: Partial<ItemToSummarise>): ItemToSummarise => ({ id: 1, kind: 'post', title: 'A title', text: '', lang: 'en', ...given }); // prettier-ignore
  const comment = item({ id: 2, text: 'Somebody wrote this about it, and it is two sentences long. It is here.' });

  it.each([
    [
      'what a short text says',
      { text: 'Twelve hundred bills and no framework' },
      ['Twelve hundred bills and no framework'],
    ],
    [
      'that there is a title only, of an empty text',
      {},
      ['The source gives the title only; the post is behind the link.'],
    ],
    ['the same, where the text is the title', { text: 'A title' }, ['The source gives the title only; the post is behind the link.']], // prettier-ignore
    [
      'the opening of a long text without a full stop',
      { text: 'word '.repeat(100) },
      [`${'word '.repeat(48).trim()}…`],
    ],
    [
      'the aim and the result of a paper',
      { kind: 'paper', text: [...background, aim, result].join(' ') },
      [aim.replace('In this paper, we', 'We'), result],
    ],
  ] as [string, Partial<ItemToSummarise>, string[]][])(
    'is %s, and nothing of another item',
    async (_what, given, told) => {
      const [found] = await summariseTogether(
        await testDatabase(),
        [{ id: 1, items: [item(given), comment] }],
        new AbortController().signal,
      );
      expect(found!.summary).toEqual(told);
      expect(found!.sentences.every(({ itemId }) => itemId === 1)).toBe(true);
    },
  );
});
