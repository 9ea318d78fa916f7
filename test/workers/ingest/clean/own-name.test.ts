// Macros that stand for a paper's own name read as that name.
import { expect, it } from 'vitest';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { withOwnName } from '../../../../workers/ingest/clean/own-name.ts';
import type { ParsedItem } from '../../../../workers/ingest/parsed-item.ts';
import { texToText } from '../../../../core/tex/tex-to-text.ts';

it.each([
  ['FOLD: Folding maps', 'We propose \\method, which folds.', 'We propose FOLD, which folds.'],
  ['FOLD: Folding maps', '\\textbf{\\ours{}} folds; \\OursName\\ too.', 'FOLD folds; FOLD too.'],
  ['\\textsc{FoldIt}: Folding maps', 'Of \\modelname~we say \\sys.', 'Of FoldIt we say FoldIt.'],
  // A title of words before its colon names nothing.
  ['On folding maps: a study', 'We present \\model. \\tool folds.', 'We present our model. Our tool folds.'],
  [
    'Folding maps',
    'Our \\method folds; the\n\\model and a \\sys do, too.',
    'Our method folds; the\nmodel and a method do, too.',
  ],
  ['Folding maps', 'On data \\model folds.', 'On data our model folds.'],
  // With an argument it is another macro, and below a symbol a name of that.
  ['FOLD: Folding maps', 'Of \\model{BERT} and $\\mathcal{L}_{\\reg}$', 'Of BERT and L_(reg)'],
  [
    'FOLD: Folding maps',
    'By \\modelling, \\toolbox and C:\\name\\method.txt',
    'By modelling, toolbox and C:\\name\\method.txt',
  ],
])('%s: %s', (title, text, read) => {
  expect(texToText(withOwnName(text, title))).toBe(read);
});

it.each([
  ['paper', 'We propose FOLD.'],
  ['post', 'We propose \\method.'],
] as const)('of a %s only', (kind, text) => {
  const parsed: ParsedItem = { kind, id: null, title: 'FOLD: Folding maps', titleType: 'text', link: 'https://maps.example/fold', summary: 'We propose \\method.', content: null, authors: [], published: null, updated: null, language: null, imageUrl: null, durationS: null, keys: [] }; // prettier-ignore
  const context = { url: 'https://maps.example/feed', language: 'en', now: new Date('2026-11-30T12:00:00Z') };
  expect(cleanItem(parsed, context)!.text).toBe(text);
});
