// Whatever the mail server does: planned = submitted + failed + unknown + suppressed + waiting, nobody twice, nobody lost.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { TemporaryError } from '../../../core/errors.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { pauseOf } from '../../../core/store/sending.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import type { Deed, Stage } from '../../misbehaving-mail-server.ts';
import { atOnce, expectBalance, scene } from './misbehaving-scene.ts';
import { sendAt } from './sending-fixture.ts';

type Scenery = Awaited<ReturnType<typeof scene>>;
const of = (number: number): string => `reader${number}@example.org`;
const isOne = (recipient: string): boolean => recipient === of(7);

describe('one recipient meets', () => {
  const waits: [string, Stage, Deed][] = [
    ['421', 'recipient', { reply: '421 4.3.0 later' }],
    ['450', 'recipient', { reply: '450 4.2.0 greylisted' }],
    ['452', 'recipient', { reply: '452 4.2.2 mailbox full' }],
    ['451 at DATA', 'data', { reply: '451 4.3.0 later' }],
    ['451 at the end', 'end', { reply: '451 4.7.1 later' }],
    ['421 at the end', 'end', { reply: '421 4.3.0 closing' }],
    ['a closed connection at RCPT', 'recipient', 'close'],
    ['a closed connection at DATA', 'data', 'close'],
    ['a closed connection in the message', 'body', 'close'],
    ['garbage at RCPT', 'recipient', { reply: '\u0001\u0002 what?' }],
    ['garbage at DATA', 'data', { reply: 'no' }],
    ['552 for a full mailbox', 'recipient', { reply: '552 5.2.2 mailbox full' }],
  ];
  const expectOneWaits = async ({ db, issueId, server, ring }: Scenery): Promise<void> => {
    await ring();
    const counts = { submitted: 29, waiting: 1, failed: 0, unknown: 0 };
    expect(await expectBalance(db, issueId, { server })).toMatchObject(counts);
  };
  test.each(waits)('%s: that mail waits, all others go out at once', async (_what, stage, deed) =>
    expectOneWaits(await scene((now) => (now.stage === stage && isOne(now.recipient) ? deed : undefined))),
  );

  const endings: [string, Stage, Deed, string, object][] = [
    ['550 no such user', 'recipient', { reply: '550 5.1.1 no such user' }, 'mailbox', { failed: 1 }],
    ['550 without more', 'recipient', { reply: '550 no' }, 'mailbox', { failed: 1 }],
    ['552 too large', 'end', { reply: '552 5.3.4 message too big' }, 'message', { failed: 1 }],
    ['554 at the end', 'end', { reply: '554 5.7.1 we do not want this' }, 'policy', { failed: 1 }],
    ['a closed connection after the end, taken', 'end', 'take-and-close', 'no-answer', { unknown: 1 }],
    ['garbage after the end', 'end', { reply: 'yes, perhaps' }, 'no-answer', { unknown: 1 }],
  ];
  const expectOneEnds = async (scenery: Scenery, reason: string, counts: object): Promise<void> => {
    await scenery.ring();
    await scenery.ring(300);
    expect(await expectBalance(scenery.db, scenery.issueId, scenery)).toMatchObject({
      submitted: 29,
      waiting: 0,
      ...counts,
    });
    expect(scenery.server.asked.filter(isOne)).toHaveLength(1);
    const row = await scenery.db.row<{ reason: string }>(sql`select reason from deliveries where state <> 'submitted'`);
    expect(row!.reason).toBe(reason);
  };
  test.each(endings)(
    '%s: it says so of that mail alone, and nobody tries again',
    async (_what, stage, ...[deed, reason, counts]) =>
      expectOneEnds(
        await scene((now) => (now.stage === stage && isOne(now.recipient) ? deed : undefined)),
        reason,
        counts,
      ),
  );

  const silences: [string, Stage, (scenery: Scenery) => Promise<void>][] = [
    ['at RCPT', 'recipient', expectOneWaits],
    ['at DATA', 'data', expectOneWaits],
    ['after the end', 'end', (scenery) => expectOneEnds(scenery, 'no-answer', { unknown: 1 })],
  ];
  test('silence at RCPT or at DATA: that mail waits; after the end nobody knows; all others go out at once', () =>
    atOnce(silences, async (db, [, stage, expectEnd]) =>
      expectEnd(await scene((now) => (now.stage === stage && isOne(now.recipient) ? 'hang' : undefined), { db })),
    ));

  test('no mailbox: the reader is bounced and gets nothing more', async () => {
    const scenery = await scene(({ stage, recipient }) =>
      stage === 'recipient' && isOne(recipient) ? { reply: '550 5.1.1 no such user' } : undefined,
    );
    await scenery.ring();
    expect(await scenery.db.row(sql`select status from readers where email = ${of(7)}`)).toEqual({ status: 'bounced' });
    expect(await scenery.db.rows(sql`select email, reason from suppressions`)).toEqual([
      { email: of(7), reason: 'bounced' },
    ]);
  });

  test('one silent server does not hold the others up', async () => {
    const scenery = await scene(({ stage, recipient }) => (stage === 'end' && isOne(recipient) ? 'hang' : undefined), {
      settings: { MAIL_TIMEOUT_SECONDS: '120' },
    });
    const stop = new AbortController();
    const sending = sendIssue(scenery.house, scenery.issueId, stop.signal);
    await expect.poll(() => scenery.server.taken.length).toBe(29);
    await expect.poll(async () => (await countLedger(scenery.db, scenery.issueId)).submitted).toBe(29);
    expect((await countLedger(scenery.db, scenery.issueId)).leased).toBe(1);
    await scenery.server.stop();
    await sending;
    expect(await countLedger(scenery.db, scenery.issueId)).toMatchObject({ submitted: 29, unknown: 1 });
  });
});

describe('everybody meets', () => {
  const refusals: [string, Stage, string][] = [
    ['554 relay access denied', 'recipient', '554 5.7.1 relay access denied'],
    ['550 spam', 'end', '550 5.7.1 looks like spam'],
    ['550 without more, at the end', 'end', '550 no'],
    ['554 content', 'end', '554 5.6.0 content rejected'],
    ['550 at MAIL FROM', 'sender', '550 5.7.1 sender not allowed'],
    ['535-like 550 authentication required', 'recipient', '550 5.7.1 authentication required'],
    ['550 no such user', 'recipient', '550 5.1.1 no such user'],
  ];
  test.each(refusals)(
    '%s: the issue is paused with every mail planned, and curators are told',
    async (_what, stage, reply) => {
      const scenery = await scene((now) => (now.stage === stage ? { reply } : undefined), { readers: 60 });
      await scenery.db.run(sql`insert into curators (email, name, role) values ('c@desk.example', 'C', 'owner')`);
      await scenery.ring();
      expect(await expectBalance(scenery.db, scenery.issueId, { ...scenery, readers: 60 })).toMatchObject({
        waiting: 60,
        failed: 0,
      });
      expect(await pauseOf(scenery.db, scenery.issueId)).toMatchObject({
        by: 'Courant',
        reason: expect.stringContaining(reply),
      });
      expect(await scenery.db.rows(sql`select status from readers where status <> 'active'`)).toEqual([]);
      expect(await scenery.db.rows(sql`select kind, email from notices`)).toEqual([
        { kind: 'issue-paused', email: 'c@desk.example' },
      ]);
      const asked = scenery.server.asked.length;
      expect(asked).toBeLessThan(50);
      await scenery.ring(60);
      expect(scenery.server.asked).toHaveLength(asked);
    },
  );

  const slower: [string][] = [
    ['450 too much mail'],
    ['454 Throttling failure: maximum sending rate exceeded'],
    ['452 4.3.1 try later'],
    ['550 5.7.0 too many emails per second'],
  ];
  test('a reply that asks for less after the first thirty of an hour: all are sent in the end', () =>
    atOnce(slower, async (db, [reply]) => {
      let left = 30;
      const scenery = await scene(
        ({ stage }) => {
          if (stage !== 'end') return undefined;
          left--;
          return left < 0 ? { reply } : undefined;
        },
        { db, readers: 80 },
      );
      for (let hour = 0; hour < 3; hour++) {
        left = 30;
        for (let round = 0; round < 4; round++) await scenery.ring(16);
        const ledger = await expectBalance(scenery.db, scenery.issueId, { ...scenery, readers: 80 });
        expect(ledger.failed).toBe(0);
      }
      expect(await countLedger(scenery.db, scenery.issueId)).toMatchObject({ submitted: 80, waiting: 0 });
    }));

  const troubles: [string, Stage, Deed][] = [
    ['421 at the greeting', 'greeting', { reply: '421 no more' }],
    ['a closed connection at the greeting', 'greeting', 'close'],
    ['silence at the greeting', 'greeting', 'hang'],
    ['garbage at the greeting', 'greeting', { reply: 'hello' }],
    ['a closed connection at EHLO', 'ehlo', 'close'],
    ['a closed connection at RCPT', 'recipient', 'close'],
    ['a closed connection in the message', 'body', 'close'],
  ];
  test.each(troubles)('%s: every mail waits, until the server is well again', async (_what, stage, deed) => {
    let isIll = true;
    const scenery = await scene((now) => (isIll && now.stage === stage ? deed : undefined));
    const trouble = await scenery.ring();
    expect(trouble).toBeInstanceOf(TemporaryError);
    expect(await expectBalance(scenery.db, scenery.issueId, scenery)).toMatchObject({
      waiting: 30,
      failed: 0,
      unknown: 0,
    });
    isIll = false;
    await scenery.ring(5);
    expect(await expectBalance(scenery.db, scenery.issueId, scenery)).toMatchObject({ submitted: 30 });
  });

  test('a server without PIPELINING that answers a letter at a time takes all', async () => {
    const scenery = await scene(({ stage }) => (stage === 'end' ? 'trickle' : undefined), {
      readers: 12,
      pipelining: false,
    });
    await scenery.ring();
    expect(await expectBalance(scenery.db, scenery.issueId, { ...scenery, readers: 12 })).toMatchObject({
      submitted: 12,
    });
  });

  test('a server that takes mails and says nothing: all are unknown, and none is sent again', async () => {
    const scenery = await scene(({ stage }) => (stage === 'end' ? 'take-and-close' : undefined));
    await scenery.ring();
    await scenery.ring(300);
    expect(await expectBalance(scenery.db, scenery.issueId, scenery)).toMatchObject({ unknown: 30 });
  });
});

test('a server that allows two connections keeps those two, and all is sent in one round', async () => {
  const scenery = await scene(
    ({ stage, connections }) =>
      stage === 'greeting' && connections > 2 ? { reply: '421 4.7.0 too many connections' } : undefined,
    { readers: 100 },
  );
  await scenery.ring();
  expect(await expectBalance(scenery.db, scenery.issueId, { ...scenery, readers: 100 })).toMatchObject({
    submitted: 100,
  });
});

test('a domain whose server wants less gets less, and the others are sent at once', async () => {
  const scenery = await scene(({ stage, recipient }) =>
    stage === 'recipient' && recipient.endsWith('@slow.example')
      ? { reply: '451 4.7.28 rate limit of this domain' }
      : undefined,
  );
  await scenery.db.run(sql`update readers set email = 'reader' || id || '@slow.example' where id % 3 = 0`);
  await scenery.ring();
  expect(await countLedger(scenery.db, scenery.issueId)).toMatchObject({ submitted: 20, waiting: 10, failed: 0 });
  const due = await scenery.db.rows(sql`
    select distinct next_try_at from deliveries where state = 'planned' and next_try_at > ${sendAt}`);
  expect(due.length).toBeGreaterThan(5);
});

test('a mail that is deferred for days is given up after four and a half', async () => {
  const scenery = await scene(({ stage, recipient }) =>
    stage === 'recipient' && isOne(recipient) ? { reply: '451 4.4.1 no answer from host' } : undefined,
  );
  for (let hours = 0; hours < 106; hours += 3) await scenery.ring(180);
  expect(await countLedger(scenery.db, scenery.issueId)).toMatchObject({ submitted: 29, waiting: 1 });
  await scenery.ring(6 * 60);
  expect(await countLedger(scenery.db, scenery.issueId)).toMatchObject({ submitted: 29, failed: 1 });
  expect(scenery.server.asked.filter(isOne).length).toBeGreaterThan(20);
});
