// Which permanent redirects a source follows for good.
import { expect, test } from 'vitest';
import { believeMove } from '../../../../workers/ingest/politeness/believe-move.ts';

const source = { url: 'https://a.example/feed', movedTo: null, movedTimes: 0, movedSince: null, refusedMoves: [] as string[], headers: {}, secretHeader: null }; // prettier-ignore
const there = 'https://b.example/feed';
const twice = { movedTo: there, movedTimes: 2 };

test.each([
  ['no redirect', source, undefined, { movedTo: null, movedTimes: 0, isBelieved: false }],
  ['the first', source, there, { movedTo: there, movedTimes: 1, isBelieved: false }],
  ['the third to the same place', { ...source, ...twice }, there, { movedTo: there, movedTimes: 3, isBelieved: true }],
  ['a third to another place', { ...source, ...twice }, `${there}2`, { movedTo: `${there}2`, movedTimes: 1, isBelieved: false }], // prettier-ignore
  ['one that a curator took back', { ...source, refusedMoves: [there] }, there, { movedTo: null, movedTimes: 0, isBelieved: false }], // prettier-ignore
  ['none after two', { ...source, ...twice }, undefined, { movedTo: null, movedTimes: 0, isBelieved: false }],
  ['from https to http', { ...source, movedTo: 'http://a.example/feed', movedTimes: 7 }, 'http://a.example/feed', { isBelieved: false }], // prettier-ignore
  ['with a secret to another origin', { ...source, ...twice, secretHeader: 'authorization' }, there, { movedTimes: 3, isBelieved: false }], // prettier-ignore
  ['with headers to another origin', { ...source, ...twice, headers: { cookie: 'a' } }, there, { isBelieved: false }],
  ['with a secret within its origin', { ...source, movedTo: 'https://a.example/new', movedTimes: 2, secretHeader: 'authorization' }, 'https://a.example/new', { isBelieved: true }], // prettier-ignore
  ['with a secret to the same host made secure', { ...source, url: 'http://a.example/feed', movedTo: source.url, movedTimes: 2, secretHeader: 'authorization' }, source.url, { isBelieved: true }], // prettier-ignore
])('%s', (...[, given, permanentUrl, expected]) => {
  expect(believeMove(given, permanentUrl)).toMatchObject(expected);
});
