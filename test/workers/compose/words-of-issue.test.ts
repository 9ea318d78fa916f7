// The subject and the intro that a draft proposes.
import { describe, expect, it, test } from 'vitest';
import { shortTitle } from '../../../core/short-title.ts';
import { wordsIn } from '../../../core/words.ts';
import { writeIntro, writeSubject } from '../../../core/desk/write-intro.ts';
import type { UncarriedItem } from '../../../core/store/uncarried-stories.ts';

const item = (given: Partial<UncarriedItem>): UncarriedItem => ({
  id: 1,
  kind: 'paper',
  title: 'A title',

  lang: 'en',
  keys: [],
  publishedAt: '2026-11-20T05:00:00Z',
  sourceId: 1,
  weight: 1,
  section: null,
  ...given, // prettier-ignore
});
const story = (topic: string | null, ...items: Partial<UncarriedItem>[]) => ({ topic, items: items.map(item) });

test.each([
  ['a short one whole', 'Attention is all you need', 'Attention is all you need'],
  ['what is behind a bare name', 'LUMEN: Teaching Robots to Fold Paper Cranes from a Single Video of a Patient Grandmother', 'Teaching Robots to Fold Paper Cranes'], // prettier-ignore
  ['the part in front of an explanation', 'Why small teams ship faster than large ones: evidence from nine thousand pull requests', 'Why small teams ship faster than large ones'], // prettier-ignore
  ['a question', 'Do parrots understand what they repeat? A study of four hundred birds and their owners in two cities', 'Do parrots understand what they repeat?'], // prettier-ignore
  ['without the mark of a list', 'Show HN: A tiny language for knitting', 'A tiny language for knitting'],
  ['without a venue', 'Bees that count to seven (ICML 2031)', 'Bees that count to seven'],
  ['TeX as text', 'Sampling in $O(n^2)$ steps', 'Sampling in O(n²) steps'],
  [
    'no half of a comparison',
    'ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators',
    'Pre-training Text Encoders as Discriminators',
  ],
  ['cut between words where nothing else helps', 'Extraordinarily longwinded investigations concerning hyperparameter sensitivities everywhere', 'Extraordinarily longwinded investigations concerning…'], // prettier-ignore
  ['cut within a text without spaces, between characters', `a${'𠮷'.repeat(40)}`, `a${'𠮷'.repeat(27)}…`],
  ['cut so too where a character would be halved', '𠮷'.repeat(40), `${'𠮷'.repeat(27)}…`],
])('of a title the subject says %s', (_what, title, short) => {
  expect(shortTitle(title)).toBe(short);
});

it('the subject names what the first stories are about, and never a date alone', () => {
  const leads = [story(null, { title: 'Bees that count' }), story(null, { title: 'A language for knitting' }), story(null, {})]; // prettier-ignore
  expect(writeSubject({ leads })).toBe('Bees that count; A language for knitting');
  expect(writeSubject({ leads: [] })).toBeUndefined();
});

it('the subject is no longer than the gate lets it be: the next that fits stands beside the first, or nothing', () => {
  const long = 'Sentences of forty words that nobody reads to their end';
  const titles = ['Bees that count to seven and stop there', long, 'Knitting as a language'];
  const leads = titles.map((title) => story(null, { title }));
  expect(writeSubject({ leads })).toBe('Bees that count to seven and stop there; Knitting as a language');
  expect(writeSubject({ leads: leads.slice(0, 2) })).toBe('Bees that count to seven and stop there');
});

describe('the intro', () => {
  const paper = { kind: 'paper', title: 'Bees that count' } as const;
  const leads = [story('Insects', paper, { ...paper, sourceId: 2 }, { kind: 'post' })];

  it('opens with what leads and counts stories, not what they hold', () => {
    const stories = [...leads, story('Insects', paper), story('Insects', { kind: 'video' }), story('GPT models', {}), story('GPT models', {}), story('GPT models', {}), story('GPT models', {}), story('Rare', {})]; // prettier-ignore
    expect(writeIntro({ stories, leads })).toBe(
      'This week opens with “Bees that count”. There are 8 stories: 7 papers and 1 talk. The largest topics are GPT models (4) and Insects (3).',
    );
  });

  it('says nothing of kinds where there is one, and nothing of topics where none is large', () => {
    expect(writeIntro({ stories: leads, leads })).toBe('This week opens with “Bees that count”. There is 1 story.');
  });

  it.each([
    ['de', 'Diese Woche beginnt mit „Bees that count“. Es gibt 2 Meldungen: 1 Fachartikel und 1 Vortrag.'],
    ['fr', 'Cette semaine s’ouvre sur « Bees that count ». Il y a 2 sujets : 1 article et 1 exposé.'],
    ['es', 'Esta semana abre con «Bees that count». Hay 2 noticias: 1 artículo y 1 charla.'],
    ['zh', '本周以《Bees that count》开篇。共有 2 篇报道：1 篇论文和1 场演讲。'],
  ] as const)('is in the language of the publication: %s', (lang, told) => {
    const stories = [...leads, story(null, { kind: 'video' })];
    expect(writeIntro({ stories, leads }, wordsIn(lang)).replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toBe(
      told,
    );
  });

  it('writes thousands as people do', () => {
    const stories = Array.from({ length: 1204 }, () => story('Bees', {}));
    expect(writeIntro({ stories, leads: [] })).toBe('There are 1,204 stories.');
  });
});
