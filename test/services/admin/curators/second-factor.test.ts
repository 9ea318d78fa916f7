// A second factor at the desk: set up, used, worn out, taken away, asked of everybody; and what an attacker tries.
import { TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { seal, unseal } from '../../../../core/crypto/sealed.ts';
import { createSignInLink } from '../../../../core/desk/sign-in-link.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { testNow } from '../../open-app.ts';
import { openBrowser, openDesk, type Desk } from '../open-desk.ts';

const page = '/desk/second-factor';

/** Sets it up as a person does; returns what their app shows at a time, and the recovery codes. */
async function enrol(desk: Desk) {
  await desk.send(page);
  const { body } = await desk.get(page);
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(body)![1]!.replaceAll(' ', '');
  const codeAt = (at: Date): string => new TOTP({ secret }).generate({ timestamp: at.getTime() });
  const confirmed = await desk.send(`${page}/confirm`, { code: codeAt(desk.clock.now) });
  const codes = [...confirmed.body.matchAll(/<code>([\da-z]{5}-[\da-z]{5})<\/code>/g)].map(([, code]) => code!);
  return { secret, codeAt, codes };
}

/** Another browser that used a mailed link. */
async function arrive({ app, db, curator, clock }: Desk, from?: string) {
  const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: clock.now, minutes: 15 });
  const browser = openBrowser(app, {}, from);
  const { location } = (await browser.sendFrom(link, link)).headers;
  return { ...browser, location, tell: (code: string) => browser.sendFrom('/desk/code', '/desk/code', { code }) };
}

const later = (desk: Desk, seconds: number): void => void (desk.clock.now = new Date(desk.clock.now.getTime() + seconds * 1000)); // prettier-ignore

test('it is set up with a code, asked for behind a mailed link, and each code opens once', async () => {
  const desk = await openDesk('reviewer');
  const { codeAt, codes, secret } = await enrol(desk);
  expect(new Set(codes).size).toBe(10);
  expect((await desk.get(page)).body).toContain('10 recovery codes are left');
  // Nothing that is stored tells the secret or a code.
  const stored = JSON.stringify([await desk.db.rows(sql`select * from curator_totp`), await desk.db.rows(sql`select * from recovery_codes`)]); // prettier-ignore
  for (const told of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
    expect(stored).not.toContain(told);
  later(desk, 60);
  const browser = await arrive(desk);
  expect(browser.location).toBe('/desk/code');
  for (const url of ['/desk', '/desk/settings', page])
    expect((await browser.get(url)).headers.location).toBe('/desk/code');
  expect((await browser.tell('000000')).statusCode).toBe(400);
  const code = codeAt(desk.clock.now);
  // Back to where they wanted to be.
  expect((await browser.tell(code)).headers.location).toBe(page);
  expect((await browser.get('/desk')).statusCode).toBe(200);
  const second = await arrive(desk);
  expect((await second.tell(code)).statusCode).toBe(400);
  expect((await second.tell(` ${codes[3]!.toUpperCase()} `)).headers.location).toBe('/desk');
  expect((await (await arrive(desk)).tell(codes[3]!)).statusCode).toBe(400);
  expect((await desk.get(page)).body).toContain('9 recovery codes are left');
  expect((await listAudit(desk.db, `curator ${desk.curator.id}`)).map(({ action }) => action)).toEqual([
    'type a wrong code', 'sign in with a code', 'type a wrong code', 'sign in with a code', 'type a wrong code', 'set up a second factor', 'sign in',
  ]); // prettier-ignore
});

test('a clock that is half a minute off is let in, one that is two minutes off is not', async () => {
  const desk = await openDesk('editor');
  const { codeAt } = await enrol(desk);
  later(desk, 300);
  const at = (seconds: number): string => codeAt(new Date(desk.clock.now.getTime() + seconds * 1000));
  expect((await (await arrive(desk)).tell(at(-120))).statusCode).toBe(400);
  expect((await (await arrive(desk)).tell(at(-30))).statusCode).toBe(303);
  expect((await (await arrive(desk)).tell(at(30))).statusCode).toBe(303);
});

test('full-width digits are digits, and letters of other scripts are a wrong code', async () => {
  const desk = await openDesk('editor');
  const { codeAt } = await enrol(desk);
  later(desk, 300);
  expect((await (await arrive(desk)).tell('\u00e912345')).statusCode).toBe(400);
  const wide = Array.from(codeAt(desk.clock.now), (digit) => String.fromCharCode(0xff10 + Number(digit))).join('');
  expect((await (await arrive(desk)).tell(wide)).statusCode).toBe(303);
});

test('five wrong codes lock it for a quarter of an hour, for every browser and the right code too', async () => {
  const desk = await openDesk('editor');
  const { codeAt, codes } = await enrol(desk);
  later(desk, 60);
  for (let time = 0; time < 4; time++)
    expect((await (await arrive(desk, `192.0.2.${time}`)).tell('123456')).statusCode).toBe(400);
  // 12:01 and a quarter of an hour; seconds are not said.
  const until = 'Try again after Fri 20 Nov 2026, 12:16 (UTC)';
  const last = await (await arrive(desk, '192.0.2.9')).tell('123456');
  expect([last.statusCode, last.body.includes(until)]).toEqual([429, true]);
  const locked = await (await arrive(desk)).tell(codeAt(desk.clock.now));
  expect([locked.statusCode, locked.body.includes(until)]).toEqual([429, true]);
  const browser = await arrive(desk);
  expect((await browser.get('/desk/code')).body).toContain(until);
  expect((await browser.tell(codes[0]!)).statusCode).toBe(429);
  const mails = (await desk.mail()).filter(({ subject }) => subject.startsWith('No code is taken'));
  expect(mails.map(({ to, text }) => [to, text.includes('until Fri 20 Nov 2026, 12:16 (UTC)')])).toEqual([[desk.curator.email, true]]); // prettier-ignore
  later(desk, 15 * 60 + 1);
  expect((await (await arrive(desk)).tell(codeAt(desk.clock.now))).statusCode).toBe(303);
});

test('an owner sees who is locked out and lets them try again, an editor does not', async () => {
  const desk = await openDesk('owner');
  const { codes } = await enrol(desk);
  later(desk, 60);
  for (let time = 0; time < 5; time++) await (await arrive(desk)).tell('123456');
  expect((await desk.get('/desk/curators')).body).toContain('no code until Fri 20 Nov 2026, 12:16');
  const unlock = `/desk/curators/${desk.curator.id}/second-factor/unlock`;
  await desk.db.run(sql`update curators set role = 'editor' where id = ${desk.curator.id}`);
  expect((await desk.send(unlock)).statusCode).toBe(403);
  await desk.db.run(sql`update curators set role = 'owner' where id = ${desk.curator.id}`);
  expect((await desk.send(unlock)).headers.location).toBe('/desk/curators?said=unlocked');
  expect((await desk.get('/desk/curators')).body).not.toContain('no code until');
  expect((await (await arrive(desk)).tell(codes[0]!)).statusCode).toBe(303);
  expect((await listAudit(desk.db, 'curators'))[0]).toMatchObject({ action: 'let Olga try codes again' });
});

test('of eight requests with one code at the same time one opens', async () => {
  const desk = await openDesk('editor');
  const { codeAt } = await enrol(desk);
  later(desk, 60);
  const browsers = [];
  for (let time = 0; time < 4; time++) browsers.push(await arrive(desk));
  const answers = await Promise.all(browsers.map(({ tell }) => tell(codeAt(desk.clock.now))));
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 400, 400, 400]);
});

test('ten minutes after the link the code opens nothing, and a sign-out elsewhere ends what waits', async () => {
  const desk = await openDesk('editor');
  const { codeAt } = await enrol(desk);
  later(desk, 60);
  const [slow, ended] = [await arrive(desk), await arrive(desk)];
  await desk.db.run(sql`update curators set generation = generation + 1`);
  expect((await ended.get('/desk/code')).statusCode).toBe(404);
  const late = await arrive(desk);
  later(desk, 601);
  expect((await late.get('/desk/code')).statusCode).toBe(404);
  expect(codeAt(desk.clock.now)).toMatch(/^\d{6}$/);
  expect((await slow.get('/desk')).headers.location).toBe('/desk/sign-in');
});

test('it is taken away with a code, not without, and new recovery codes end the old ones', async () => {
  const desk = await openDesk('editor');
  const { codeAt, codes } = await enrol(desk);
  expect((await desk.send(page)).statusCode).toBe(409);
  expect((await desk.send(`${page}/remove`, { code: '111111' })).statusCode).toBe(400);
  later(desk, 60);
  expect((await desk.send(`${page}/codes`, { code: codeAt(desk.clock.now) })).body).toContain('never again');
  expect((await desk.send(`${page}/remove`, { code: codes[0]! })).statusCode).toBe(400);
  later(desk, 60);
  expect((await desk.send(`${page}/remove`, { code: codeAt(desk.clock.now) })).statusCode).toBe(303);
  expect((await arrive(desk)).location).toBe('/desk');
});

test('an owner asks it of everybody, having one, and takes it from who lost it', async () => {
  const desk = await openDesk('owner');
  const ask = () => desk.send('/desk/settings/signing-in', { requireSecondFactor: 'yes' });
  const refused = await ask();
  expect([refused.statusCode, refused.body.includes('for yourself first')]).toEqual([400, true]);
  await enrol(desk);
  expect((await ask()).statusCode).toBe(303);
  await desk.db.run(sql`insert into curators (email, name, role) values ('emil@desk.example', 'Emil', 'editor')`);
  const { id } = (await desk.db.row<{ id: number }>(sql`select id from curators where name = 'Emil'`))!;
  const link = await createSignInLink(desk.db, { curatorId: id, deskUrl: '', now: testNow, minutes: 15 });
  const emil = openBrowser(desk.app);
  await emil.sendFrom(link, link);
  for (const url of ['/desk', '/desk/issues/1', '/desk/readers'])
    expect((await emil.get(url)).headers.location).toBe(page);
  expect((await emil.sendFrom(page, '/desk/draft')).headers.location).toBe(page);
  expect((await emil.get(page)).body).toContain('An owner asks for a second factor');
  expect((await emil.sendFrom(page, page)).headers.location).toBe(page);
  expect((await desk.send(`/desk/curators/${id}/second-factor/remove`)).statusCode).toBe(404);
  await desk.db.run(sql`update curator_totp set confirmed_at = ${testNow} where curator_id = ${id}`);
  expect((await desk.send(`/desk/curators/${id}/second-factor/remove`)).headers.location).toBe(
    '/desk/curators?said=cleared',
  );
  expect((await emil.get(page)).headers.location).toBe('/desk/sign-in');
});

test('what is sealed opens with its key and for its owner alone', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const sealed = seal(key, 'JBSWY3DPEHPK3PXP', 'curator 1');
  expect(unseal(key, sealed, 'curator 1')).toBe('JBSWY3DPEHPK3PXP');
  expect(seal(key, 'JBSWY3DPEHPK3PXP', 'curator 1')).not.toBe(sealed);
  const broken = Buffer.from(Buffer.from(sealed, 'base64url').map((byte, at) => (at === 30 ? byte ^ 1 : byte))).toString('base64url'); // prettier-ignore
  for (const open of [() => unseal(other, sealed, 'curator 1'), () => unseal(key, sealed, 'curator 2'), () => unseal(key, broken, 'curator 1')]) expect(open).toThrow('authenticate'); // prettier-ignore
});
