// Rules as tables: what each hits, and which wins when they disagree.
import { describe, expect, test } from 'vitest';
import {
  applyRules,
  canMatch,
  indexRuleStories,
  type Rule,
  type RuleStory,
} from '../../../core/readers/reader-rules.ts';

function story(given: Partial<RuleStory>): RuleStory {
  return { storyId: 1, title: '', text: '', authors: [], sources: [], ...given };
}

describe('a rule hits', () => {
  test.each<[string, Rule['field'], string, Partial<RuleStory>, boolean]>([
    ['a word of the title', 'word', 'Speech', { title: 'Robust speech recognition' }, true],
    ['a phrase across spaces and dashes', 'word', 'fine tuning', { text: 'We study Fine-Tuning.' }, true],
    ['no part of a word', 'word', 'art', { title: 'State of the artist' }, false],
    ['any ending behind a star', 'word', 'diffus*', { title: 'Latent diffusion' }, true],
    ['words in their order only', 'word', 'learning deep', { title: 'Deep learning' }, false],
    ['accents or not', 'word', 'Schrodinger', { text: 'the Schrödinger bridge' }, true],
    ['C++ and not C', 'word', 'c++', { title: 'A C library' }, false],
    ['C++ as it is written', 'word', 'c++', { title: 'Fast C++ kernels' }, true],
    ['Chinese without spaces', 'word', '语音', { title: '端到端语音识别' }, true],
    ['no name of an author as a word', 'word', 'hinton', { authors: ['Geoffrey Hinton'] }, false],
    ['an author in full', 'author', 'Yann LeCun', { authors: ['Yann LeCun'] }, true],
    ['an author written the other way round', 'author', 'Yann LeCun', { authors: ['LeCun, Yann'] }, true],
    ['an author by initial', 'author', 'Yann LeCun', { authors: ['Y. LeCun'] }, true],
    ['an initial for the author', 'author', 'Y. LeCun', { authors: ['Yann LeCun'] }, true],
    ['a surname alone', 'author', 'lecun', { authors: ['Ada L.', 'Yann LeCun'] }, true],
    ['no other first name', 'author', 'Ada LeCun', { authors: ['Yann LeCun'] }, false],
    ['no names of two authors', 'author', 'Ada LeCun', { authors: ['Ada Lovelace', 'Yann LeCun'] }, false],
    ['no initial alone', 'author', 'y', { authors: ['Yann LeCun'] }, false],
    ['a lab by the name of its source', 'lab', 'DeepMind', { sources: ['Google DeepMind blog'] }, true],
    ['a lab that signs as author', 'lab', 'Allen Institute', { authors: ['Allen Institute for AI'] }, true],
    ['a lab named in the text', 'lab', 'ETH Zürich', { text: 'People of ETH Zurich show' }, true],
    ['no lab across two names', 'lab', 'Mind Blog', { sources: ['Deep Mind', 'Blog'] }, false],
  ])('%s', (_what, ...[field, words, given, hit]) => {
    expect(indexRuleStories([story(given)]).hitsOf({ field, words }).size === 1).toBe(hit);
  });

  test.each([
    ['speech', true],
    ['语', true],
    ['***', false],
    ['--', false],
  ])('"%s" can be looked for: %s', (words, can) => expect(canMatch(words)).toBe(can));
});

describe('rules that disagree', () => {
  const index = indexRuleStories(['speech', 'speech vision', 'vision', 'games'].map((title) => story({ title })));
  const rule = (text: string): Rule => {
    const [effect, words] = text.split(' ') as [Rule['effect'], string];
    return { effect, field: 'word', words };
  };

  test.each<[string[], number[], [number, string][]]>([
    [[], [], []],
    [['never speech'], [0, 1], []],
    [
      ['always speech'],
      [],
      [
        [0, 'speech'],
        [1, 'speech'],
      ],
    ],
    [['only speech'], [2, 3], []],
    [['only speech', 'only games'], [2], []],
    [['only nothing'], [0, 1, 2, 3], []],
    [['never vision', 'always speech'], [1, 2], [[0, 'speech']]],
    [['always games', 'only speech'], [2], [[3, 'games']]],
    [['never speech', 'only speech'], [0, 1, 2, 3], []],
    [['never games', 'always games', 'only games'], [0, 1, 2, 3], []],
    [
      ['always vision', 'always speech'],
      [],
      [
        [1, 'vision'],
        [2, 'vision'],
        [0, 'speech'],
      ],
    ],
  ])('%j bars %j and puts %j first', (rules, barred, first) => {
    const ruling = applyRules(rules.map(rule), index);
    expect([...ruling.barred].toSorted((a, b) => a - b)).toEqual(barred);
    expect([...ruling.pinned].map(([place, { words }]) => [place, words])).toEqual(first);
  });
});
