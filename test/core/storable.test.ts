// What people, feeds and servers send is stored, whatever stands in it: one odd text must not fail what is written beside it.
import { expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { toJson, toStorable } from '../../core/storable.ts';
import { testDatabase } from '../database.ts';

const cut = 'a\u{1d4b3}'.slice(0, 2);

test('JSON for a statement has no NUL and no half of a pair, in keys’ values at any depth; all else stays', () => {
  const odd = { reply: '250 queued \0 x', deep: [{ title: cut }], tab: 'a\tb\u001f', fine: '\\u0000 \u{1d4b3}' };
  expect(JSON.parse(toJson(odd))).toEqual({ reply: '250 queued  x', deep: [{ title: 'a\ufffd' }], tab: 'a\tb\u001f', fine: '\\u0000 \u{1d4b3}' }); // prettier-ignore
  expect(toJson(undefined)).toBe(undefined);
  expect(toStorable('plain')).toBe('plain');
});

test('a statement takes both, as JSON and as a text', async () => {
  const db = await testDatabase();
  const rows = await db.rows(sql`
    select title, ${'x\0y'}::text as said from jsonb_to_recordset(${toJson([{ title: `\0${cut}` }])}::jsonb) as t(title text)`);
  expect(rows).toEqual([{ title: 'a\ufffd', said: 'xy' }]);
});
