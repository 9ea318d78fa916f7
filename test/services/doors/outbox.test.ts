// Who reads the mails in DATA_DIR/outbox: whoever sits at this machine, else editors; sign-in mails nobody.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addCurator } from '../../../core/store/curators.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { openBrowser, openDesk } from '../admin/open-desk.ts';
import { openApp, post, type TestApp } from '../open-app.ts';
import { headOf, listen, sendRaw } from './raw-http.ts';

const here = { PUBLIC_URL: 'http://127.0.0.1:3000' };
const letter = 'From: a@b.example\r\nTo: ada@reader.example\r\nSubject: The week\r\n\r\nHello\r\n';

function fill({ dataDir }: TestApp): void {
  mkdirSync(join(dataDir, 'outbox'));
  for (const name of ['delivery-1', 'confirm-2', 'sign-in-3', 'notice-4', 'setup-5'])
    writeFileSync(join(dataDir, 'outbox', `${name}.eml`), letter.replace('The week', `Mail ${name}`));
}

describe('the outbox of a Courant that only this machine reaches', () => {
  test('shows letters and confirmations, and nothing that lets somebody in', async () => {
    const opened = await openApp(here);
    fill(opened);
    const { body } = await opened.app.inject('/outbox');
    expect([...body.matchAll(/Mail [\w-]+/g)].map(([subject]) => subject).toSorted()).toEqual([
      'Mail confirm-2',
      'Mail delivery-1',
    ]);
    for (const name of ['sign-in-3', 'notice-4', 'setup-5'])
      for (const path of [`/outbox/${name}.eml`, `/outbox/${name}.eml/html`])
        expect((await opened.app.inject(path)).statusCode).toBe(404);
  });

  test('a sign-in mail is written as a file that the outbox does not show', async () => {
    const { app, house, dataDir, db } = await openApp(here);
    await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
    await openBrowser(app).sendFrom('/desk/sign-in', '/desk/sign-in', { email: 'olga@desk.example' });
    await app.inject(post('/subscribe', { email: 'ada@reader.example' }));
    await sendNotices(house, AbortSignal.timeout(60_000));
    const names = readdirSync(join(dataDir, 'outbox'));
    expect(names.filter((name) => /^sign-in-\d+\.eml$/.test(name))).toHaveLength(1);
    const { body } = await app.inject('/outbox');
    expect(body).toContain('Confirm your subscription');
    expect(body).not.toContain('Sign in to the desk');
    for (const name of names.filter((one) => one.startsWith('sign-in')))
      expect((await app.inject(`/outbox/${name}`)).statusCode).toBe(404);
  });

  test('is shut to names that were made to lead here, on a real socket', async () => {
    const opened = await openApp(here);
    fill(opened);
    const port = await listen(opened.app);
    const ask = (headers: Record<string, string>) => sendRaw(port, headOf('GET', '/outbox', headers));
    const names = ['127.0.0.1', `127.0.0.1:${port}`, 'localhost:3000', 'LOCALHOST', '[::1]:3000', 'courant.localhost'];
    for (const host of names) expect((await ask({ host })).body).toContain('Mail delivery-1');
    const strange = ['rebound.example', 'localhost.evil.example', '127.0.0.1.evil.example', '203.0.113.9', 'localhost, evil.example', 'evil.example#localhost', '[::1', '', 'evil.example:x']; // prettier-ignore
    for (const host of strange) {
      const answer = await ask({ host });
      expect([host, [400, 421].includes(answer.status), answer.body.includes('Mail delivery-1')]).toEqual([host, true, false]); // prettier-ignore
    }
    // A rebound page is of one origin with us, so it may set any header but Host.
    expect((await ask({ host: 'rebound.example', 'x-forwarded-host': 'localhost' })).status).toBe(421);
  });

  test('is shut to whom a proxy or a tunnel passes on', async () => {
    const opened = await openApp(here);
    fill(opened);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host']) {
      const answer = await opened.app.inject({ url: '/outbox', headers: { [name]: '203.0.113.9' } });
      expect([name, answer.statusCode, answer.headers.location]).toEqual([
        name,
        303,
        'http://127.0.0.1:3000/desk/outbox',
      ]);
    }
  });
});

describe('the outbox of a Courant that others reach', () => {
  test.each([
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost:3000' }],
    [{ HOST: '::', PUBLIC_URL: 'http://localhost:3000' }],
    [{ HOST: '192.168.1.5', PUBLIC_URL: 'http://127.0.0.1:3000' }],
    [{ HOST: '127.0.0.1', PUBLIC_URL: 'https://news.example' }],
    [{ ...here, DESK_URL: 'https://desk.example' }],
    [{ ...here, TRUST_PROXY: '1' }],
  ])('%j leads to the sign-in and shows no mail', async (environment) => {
    const opened = await openApp(environment);
    fill(opened);
    for (const path of ['/outbox', '/outbox/delivery-1.eml', '/outbox/delivery-1.eml/html']) {
      const answer = await opened.app.inject(path);
      expect([answer.statusCode, answer.body]).toEqual([303, '']);
      expect(answer.headers.location).toBe(`${opened.house.config.DESK_URL}/desk/outbox`);
    }
    expect((await opened.app.inject('/desk/outbox')).headers.location).toBe('/desk/sign-in');
    expect((await opened.app.inject('/desk/outbox/delivery-1.eml')).headers.location).toBe('/desk/sign-in');
  });

  test('editors read it at the desk, reviewers do not', async () => {
    const editor = await openDesk('editor');
    fill(editor);
    expect((await editor.get('/desk/outbox')).body).toContain('href="/desk/outbox/delivery-1.eml"');
    expect((await editor.get('/desk/outbox/delivery-1.eml')).body).toContain('<h1>Mail delivery-1');
    expect((await editor.get('/desk/outbox/sign-in-3.eml')).statusCode).toBe(404);
    const reviewer = await openDesk('reviewer');
    fill(reviewer);
    expect((await reviewer.get('/desk/outbox')).statusCode).toBe(403);
  });
});

test('no link in the outbox leads out of it', async () => {
  const opened = await openApp(here);
  fill(opened);
  const outside = join(opened.dataDir, 'secret.eml');
  writeFileSync(outside, letter.replace('The week', 'Not for you'));
  symlinkSync(outside, join(opened.dataDir, 'outbox', 'delivery-9.eml'));
  symlinkSync('/dev/zero', join(opened.dataDir, 'outbox', 'delivery-8.eml'));
  mkdirSync(join(opened.dataDir, 'outbox', 'delivery-7.eml'));
  const list = await opened.app.inject('/outbox');
  expect(list.statusCode).toBe(200);
  expect(list.body).toContain('Mail delivery-1');
  expect(list.body).not.toContain('Not for you');
  for (const name of ['delivery-9', 'delivery-8', 'delivery-7', '..%2fsecret', '%2e%2e/secret'])
    expect((await opened.app.inject(`/outbox/${name}.eml`)).statusCode).toBe(404);
});
