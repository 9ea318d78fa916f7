// Which sources a draft says something about.
import { expect, test } from 'vitest';
import { troubledSources } from '../../../workers/compose/troubled-sources.ts';

const source = { title: 'Field Notes', health: 'late', status: 'active', muted: false, weight: 1 } as const;

test.each([
  ['one that is late', {}, ['late']],
  ['one that is broken and counts for three', { health: 'broken', weight: 3 }, ['broken']],
  ['one that is quiet', { health: 'quiet' }, []],
  ['one that is muted', { muted: true }, []],
  ['one that is paused', { status: 'paused' }, []],
  ['one that has ended', { status: 'gone', health: 'broken' }, []],
  // As four bytes store it.
  ['one that counts for less than one', { weight: Math.fround(0.9) }, []],
] as const)('%s', (_what, fields, health) => {
  expect(troubledSources([{ ...source, ...fields }]).map((told) => told.health)).toEqual(health);
});
