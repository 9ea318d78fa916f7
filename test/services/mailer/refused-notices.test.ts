// Single mails that a mail server refuses: what is about us comes again, what strangers typed holds up nobody.
import { expect, onTestFinished, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { PermanentError } from '../../../core/errors.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { planNotice } from '../../../core/store/notices.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { testDatabase } from '../../database.ts';
import { startMisbehavingServer } from '../../misbehaving-mail-server.ts';
import { sendAt, testHouse } from './sending-fixture.ts';

type Misbehave = Parameters<typeof startMisbehavingServer>[0]['misbehave'];

/** Confirmations to these addresses, planned in this order; then perhaps a curator's sign-in. */
async function scene(misbehave: Misbehave, { typed, curator }: { typed: string[]; curator?: string }) {
  const db = await testDatabase();
  const server = await startMisbehavingServer({ misbehave });
  onTestFinished(server.stop);
  const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  for (const email of typed) {
    await db.run(sql`insert into readers (email, token) values (${email}, ${`token-of-${email.split('@')[0]}`})`);
    await planNotice(db, { kind: 'confirm', email, at: sendAt });
  }
  if (curator !== undefined) {
    await addCurator(db, { email: curator, name: 'Olga', role: 'owner' });
    await planNotice(db, { kind: 'sign-in', email: curator, at: sendAt });
  }
  let minutes = 0;
  async function ring(after = 0): Promise<unknown> {
    minutes += after;
    clock.now = new Date(sendAt.getTime() + minutes * 60_000);
    // Half a minute later every lease of a run before has ended, whose clock is the database's.
    await db.run(sql`update notices set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`); // prettier-ignore
    return sendNotices(house, new AbortController().signal).catch((error: unknown) => error);
  }
  const states = () => db.rows(sql`select state, begun from notices order by id`);
  return { db, server, ring, states };
}

const stages = [
  ['after the final dot', 'end', '554 5.7.1 looks like spam'],
  ['at RCPT', 'recipient', '554 5.7.1 relay access denied'],
] as const;

test.each(stages)('a lone one that is refused %s waits for who looks after it, and goes when that is mended', async (_where, at, reply) => {
  let isIll = true;
  const { server, ring, states } = await scene(({ stage }) => (isIll && stage === at ? { reply } : undefined), {
    typed: ['ada@example.org'],
  });
  expect(await ring()).toBeInstanceOf(PermanentError);
  expect(await states()).toEqual([{ state: 'planned', begun: false }]);
  const asked = server.asked.length;
  // A run each half a minute, as the schedule has it, does not knock each half a minute.
  for (let half = 0; half < 6; half++) await ring(0.5);
  expect(server.asked).toHaveLength(asked);
  isIll = false;
  await ring(15);
  expect(server.taken).toEqual(['ada@example.org']);
  expect(await states()).toEqual([{ state: 'submitted', begun: true }]);
}); // prettier-ignore

test('one that is refused for days has failed, after a few tries', async () => {
  const { server, ring, states } = await scene(
    ({ stage }) => (stage === 'recipient' ? { reply: '554 5.7.1 relay access denied' } : undefined),
    { typed: ['ada@example.org'] },
  );
  for (let hour = 0; hour < 24 * 8; hour++) await ring(60);
  expect(await states()).toEqual([{ state: 'failed', begun: false }]);
  expect(server.asked.length).toBeGreaterThan(5);
  expect(server.asked.length).toBeLessThan(20);
});

const floods = [
  ['fifteen that the relay refuses', 15, '550 5.7.1 we do not relay there'],
  ['thirty-five without a mailbox', 35, '550 5.1.1 no such user'],
] as const;

test.each(floods)('%s hold up no sign-in mail, and are not asked about for ever', async (_what, count, reply) => {
  const typed = Array.from({ length: count }, (_, n) => `stranger${n}@nowhere.example`);
  const { server, ring } = await scene(
    ({ stage, recipient }) => (stage === 'recipient' && recipient.endsWith('nowhere.example') ? { reply } : undefined),
    { typed, curator: 'olga@desk.example' },
  );
  for (let half = 0; half < 5; half++) await ring(0.5);
  expect(server.taken).toEqual(['olga@desk.example']);
  expect(server.asked).toHaveLength(count + 1);
});
