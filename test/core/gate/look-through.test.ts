// What readers could not read or name in a letter.
import { expect, test } from 'vitest';
import { lookThrough } from '../../../core/gate/look-through.ts';

const body = (inner: string): string => `<html lang="en"><body style="background-color:#ffffff">${inner}</body></html>`;

test.each([
  ['ink on paper', '<p style="color:#1c1b1a">Hello</p>', [], []],
  ['grey on white', '<p style="color: #999">Hello</p>', ['#999999 on #ffffff (2.85): Hello'], []],
  ['the same in large letters, which need less', '<p style="color:#8a8a8a;font-size:24px">Hello</p>', [], []],
  ['the nearest ground counts', '<div style="background:#000"><p style="color:#1c1b1a">Hello</p></div>', ['#1c1b1a on #000000 (1.22): Hello'], []],
  ['what is hidden is not read', '<div style="display:none;color:#fff">Preheader</div>', [], []],
  ['a link without words', '<a href="https://x.example/"> </a>', [], ['https://x.example/']],
  ['a link with a picture that says something', '<a href="https://x.example/"><img alt="A map"></a>', [], []],
  ['a link with a picture that says nothing', '<a href="https://x.example/"><img alt=""></a>', [], ['https://x.example/']],
])('%s', (_what, inner, ...troubles) => {
  const { pale, nameless } = lookThrough(body(inner));
  expect([pale, nameless]).toEqual(troubles);
}); // prettier-ignore
