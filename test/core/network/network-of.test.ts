// An address is kept as the network it is in, by the program and by the migration of what was kept before.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { networkOf } from '../../../core/network/network-of.ts';
import { testDatabase } from '../../database.ts';

const cases: [address: string, network: string | null][] = [
  ['192.0.2.77', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['::ffff:c000:24d', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:DB8::1', '2001:db8::/48'],
  ['::1', '::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['unknown', null],
  ['192.0.2.77, 198.51.100.1', null],
  ['<script>', null],
  ['', null],
];

test.each(cases)('%j is kept as %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
  expect(networkOf(network ?? '')).toBe(network);
});

test('addresses that were kept before are made coarse by the migration, and what is none goes', async () => {
  const db = await testDatabase();
  await db.run(sql`insert into readers (email, token) values ('ada@readers.example', 'token')`);
  await db.run(sql`
    insert into consents (reader_id, event, wording, address, at)
    select 1, 'asked', 'w', address, now()
    from unnest(${cases.map(([address]) => address)}::text[]) with ordinality as given(address, place) order by place`);
  const file = readFileSync(new URL('../../../core/schema/0023_readers_privacy.sql', import.meta.url), 'utf8');
  const step = /create function pg_temp[\s\S]*?update consents[^;]*;/.exec(file)![0];
  await db.pool.query(step.replace('create function', 'create or replace function'));
  const rows = await db.rows<{ address: string | null }>(sql`select address from consents order by id`);
  expect(rows.map(({ address }) => address)).toEqual(cases.map(([, network]) => network));
});
