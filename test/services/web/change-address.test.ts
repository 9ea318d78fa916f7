// Letters move to another address when both agreed; opening a link, one address alone, or a stranger changes nothing.
import { beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders, readerById, readerByEmail } from '../../../core/store/readers.ts';
import { listConsents } from '../../../core/store/subscriptions.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';

const [from, to] = ['ada@readers.example', 'ada@new.example'];
const dayMs = 86_400_000;
let open: TestApp;

beforeEach(async () => {
  open = await openApp();
  await addReaders(open.db, { readers: [from, 'bob@readers.example'].map((email) => ({ email, interests: ['speech'], length: 8 })), wording: 'x', at: testNow }); // prettier-ignore
});
const ask = async (email: string) => {
  const { token } = (await readerById(open.db, 1))!;
  return open.app.inject(post(`/preferences/${token}/address`, { email }));
};
/** The links of the mails that are sent now, by recipient. */
async function links(): Promise<Map<string, string>> {
  const mails = await open.mail();
  return new Map(mails.map(({ to: whom, text }) => [whom, /\/address\/[\w-]+/.exec(text)![0]]));
}
const emailNow = async () => (await readerById(open.db, 1))!.email;

test.each([[[from, to]], [[to, from]]])('in the order %j', async ([first, second]) => {
  const before = (await readerById(open.db, 1))!;
  expect((await ask(' Ada@NEW.example ')).headers.location).toContain('said=moving');
  const mailed = await links();
  expect([...mailed.keys()].toSorted()).toEqual([to, from].toSorted());
  for (const path of mailed.values()) expect((await open.app.inject(path)).body).toContain('Yes, send them to');
  expect(await emailNow()).toBe(from);
  expect((await open.app.inject(post(mailed.get(first!)!))).body).toContain('Half done');
  // Twice is as good as once.
  await open.app.inject(post(mailed.get(first!)!));
  expect(await emailNow()).toBe(from);
  expect((await open.app.inject(post(mailed.get(second!)!))).body).toContain(`Your letters go to ${to}`);
  const after = (await readerById(open.db, 1))!;
  expect(after).toMatchObject({ email: to, status: 'active', length: 8 });
  expect(after.token).not.toBe(before.token);
  expect((await listConsents(open.db, 1)).at(-1)).toMatchObject({ event: 'moved' });
  for (const path of mailed.values()) expect((await open.app.inject(path)).statusCode).toBe(404);
});

test('an address that has a subscription is not taken over, and nobody who asks learns of it', async () => {
  expect((await ask('bob@readers.example')).headers.location).toContain('said=moving');
  const mailed = await links();
  await open.app.inject(post(mailed.get(from)!));
  const answer = await open.app.inject(post(mailed.get('bob@readers.example')!));
  expect([answer.statusCode, await emailNow()]).toEqual([409, from]);
  const { token } = (await readerByEmail(open.db, 'bob@readers.example'))!;
  await open.app.inject(post(`/preferences/${token}/delete`));
  await open.app.inject(post(mailed.get('bob@readers.example')!));
  expect(await emailNow()).toBe('bob@readers.example');
});

test('who subscribed the new address and never confirmed is no hindrance', async () => {
  await open.app.inject(post('/subscribe', { email: to, interests: '' }));
  await open.mail();
  await ask(to);
  for (const path of (await links()).values()) await open.app.inject(post(path));
  expect(await emailNow()).toBe(to);
});

test('what nobody answers within a week has ended, and a mailbox is not flooded', async () => {
  await ask(to);
  const mailed = await links();
  expect(mailed.size).toBe(2);
  for (const _ of [1, 2, 3]) await ask(to);
  expect((await links()).size).toBe(0);
  open.clock.now = new Date(testNow.getTime() + 7 * dayMs + 1);
  expect((await open.app.inject(post(mailed.get(to)!))).statusCode).toBe(404);
  await open.mail();
  expect(await open.db.rows(sql`select 1 from address_changes`)).toEqual([]);
});

test('an address that must get no mail gets none, and typing nonsense is told', async () => {
  await open.db.run(sql`insert into suppressions (email, reason, at) values (${to}, 'complained', now())`);
  await ask(to);
  expect(await open.mail()).toEqual([]);
  for (const wrong of ['', 'ada', from]) expect([wrong, (await ask(wrong)).statusCode]).toEqual([wrong, 400]);
});

test('who is deleted meanwhile leaves no mail and no trace', async () => {
  await ask(to);
  const { token } = (await readerById(open.db, 1))!;
  await open.app.inject(post(`/preferences/${token}/delete`));
  expect(await open.mail()).toEqual([]);
  for (const table of ['asks', 'notices', 'address_changes', 'readers'])
    expect([table, JSON.stringify((await open.db.pool.query(`select * from ${table}`)).rows).includes(to)]).toEqual([table, false]); // prettier-ignore
});
