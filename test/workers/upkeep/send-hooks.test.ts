// What happened to readers and issues is told to another system once, signed, in order, and again until it is taken.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { signStandard } from '../../../core/crypto/standard-webhook.ts';
import { sendHooks } from '../../../workers/upkeep/send-hooks.ts';
import { testDatabase } from '../../database.ts';
import { sendAt, testHouse } from '../../services/mailer/sending-fixture.ts';

const secret = `whsec_${Buffer.from('another secret of thirty-two byte').toString('base64')}`;
const never = new AbortController().signal;
let db: Database;

interface Told {
  headers: IncomingHttpHeaders;
  body: string;
}

async function receiver() {
  const told: Told[] = [];
  const answers = { status: 204 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { house, clock } = testHouse(db, { WEBHOOK_URL: `http://127.0.0.1:${port}/in`, WEBHOOK_SECRET: secret, ALLOW_ADDRESSES: `127.0.0.1:${port}` }); // prettier-ignore
  return { told, answers, house, clock };
}

const typesOf = (told: Told[]) => told.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const after = (seconds: number) => new Date(sendAt.getTime() + seconds * 1000);

beforeEach(async () => {
  db = await testDatabase();
  await db.run(sql`
    insert into readers (email, status, token) values ('ada@example.org', 'unsubscribed', 'a'), ('bob@example.org', 'bounced', 'b')`);
  await db.run(sql`
    insert into consents (reader_id, event, wording, at) values
      (1, 'confirmed', 'x', ${after(-50)}), (1, 'unsubscribed', 'x', ${after(-40)}), (1, 'asked', 'x', ${after(-60)}),
      (2, 'confirmed', 'x', ${after(-86_400)})`);
  await db.run(sql`insert into suppressions (email, reason, at) values ('bob@example.org', 'bounced', ${after(-30)})`);
});

test('each once, in order, with a signature by the specification', async () => {
  const { told, house } = await receiver();
  await sendHooks(house, never);
  await sendHooks(house, never);
  // Of the day before, nobody was to be told.
  expect(typesOf(told)).toEqual(['reader.subscribed', 'reader.unsubscribed', 'reader.bounced']);
  expect(JSON.parse(told.at(-1)!.body)).toEqual({ type: 'reader.bounced', timestamp: after(-30).toISOString(), data: { readerId: 2, email: 'bob@example.org', reason: 'bounced' } }); // prettier-ignore
  for (const { headers, body } of told) {
    const id = headers['webhook-id'] as string;
    const time = headers['webhook-timestamp'] as string;
    expect(headers['webhook-signature']).toBe(signStandard({ id, time, body }, secret));
  }
  expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(told.length);
});

test('what is refused is tried again with the same id, and nothing behind it goes ahead at once', async () => {
  const { told, answers, house, clock } = await receiver();
  answers.status = 503;
  await sendHooks(house, never);
  expect(told).toHaveLength(1);
  answers.status = 200;
  clock.now = after(6);
  await sendHooks(house, never);
  expect(new Set(typesOf(told.slice(1)))).toEqual(
    new Set(['reader.subscribed', 'reader.unsubscribed', 'reader.bounced']),
  );
  expect(told.filter(({ headers }) => headers['webhook-id'] === told[0]!.headers['webhook-id'])).toHaveLength(2);
});

test('a receiver that is gone, or down for three days, is left alone', async () => {
  const { told, answers, house, clock } = await receiver();
  answers.status = 410;
  for (let run = 0; run < 4; run++) await sendHooks(house, never);
  const states = await db.rows<{ state: string; answer: string }>(
    sql`select distinct state, answer from outgoing_hooks`,
  );
  expect(states).toEqual([{ state: 'failed', answer: '410' }]);
  await db.run(sql`delete from outgoing_hooks where id > 1`);
  await db.run(sql`update outgoing_hooks set state = 'planned', attempts = 0, next_try_at = ${sendAt}`);
  await db.run(sql`delete from consents`);
  await db.run(sql`delete from suppressions`);
  answers.status = 500;
  told.length = 0;
  for (let hour = 0; hour < 120; hour++) {
    clock.now = after(3_600 * hour);
    await sendHooks(house, never);
  }
  expect(told.length).toBeGreaterThan(7);
  expect(told.length).toBeLessThan(12);
  expect(await db.row(sql`select state from outgoing_hooks`)).toEqual({ state: 'failed' });
});

test('says an issue that was sent, once', async () => {
  const { told, house } = await receiver();
  await db.run(sql`delete from consents`);
  await db.run(sql`delete from suppressions`);
  await db.run(sql`
    insert into issues (number, slug, week, title, status, content, content_hash, approved_by, approved_hash, approved_at, sent_at)
    values (12, '2026-w47', '2026-11-16', 'No 12', 'sent', '{}', 'x', 'curator', 'x', ${sendAt}, ${sendAt})`);
  await sendHooks(house, never);
  await sendHooks(house, never);
  expect(typesOf(told)).toEqual(['issue.sent']);
  expect(JSON.parse(told[0]!.body)).toMatchObject({ data: { number: 12, slug: '2026-w47', title: 'No 12' } });
});
