// A list of readers that another program wrote: read first, added when a curator says yes, with what it says of how they agreed.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { departedHash } from '../../../../core/crypto/departed-hash.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { listInterests } from '../../../../core/store/interests.ts';
import { addReaders, readerByEmail } from '../../../../core/store/readers.ts';
import { deleteReader } from '../../../../core/store/reader-data.ts';
import { listConsents } from '../../../../core/store/subscriptions.ts';
import { testNow } from '../../open-app.ts';
import { openDesk, type Desk } from '../open-desk.ts';
import { seedReaders as seed } from './seed-readers.ts';

describe('a list', () => {
  const basis = 'Confirmed by mail at our former letter';
  const list = [
    'email,status,attributes,created_at',
    'new@example.org,enabled,{},2024-01-02T00:00:00Z',
    'left@example.org,disabled,{},2024-01-02T00:00:00Z',
    'blocked@example.org,blocklisted,{},2024-01-02T00:00:00Z',
    'reader-1@readers.example,enabled,{},2024-01-02T00:00:00Z',
    'gone@example.org,enabled,{},2024-01-02T00:00:00Z',
    'no address,enabled,{},2024-01-02T00:00:00Z',
  ].join('\n');

  async function readList(desk: Desk): Promise<string> {
    await seed(desk);
    await addReaders(desk.db, {
      readers: [{ email: 'gone@example.org', interests: [], length: 5 }],
      wording: 'x',
      at: testNow,
    });
    const gone = (await readerByEmail(desk.db, 'gone@example.org'))!;
    await deleteReader(desk.db, { readerId: gone.id, hashOf: await departedHash(desk.house), at: testNow });
    return (await desk.send('/desk/readers/import', { list, basis })).headers.location!;
  }

  test('is read first and changes nothing, says what would become of each, and names each wrong line', async () => {
    const desk = await openDesk();
    const path = await readList(desk);
    expect(await readerByEmail(desk.db, 'new@example.org')).toBeUndefined();
    const { body } = await desk.get(path);
    const told = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    for (const words of [
      'Import 3 readers?',
      'Of 6 lines.',
      '1 gets the next issue',
      '1 had left',
      '1 bounced, complained or were blocked',
      '1 is here already',
      '1 is left out: no mail may go',
      '1 line is left out',
      'Line 7: “no address” is no address',
    ])
      expect(told).toContain(words);
  });

  test('comes back as it was typed, with the sentence at its field, when nobody said how they agreed', async () => {
    const desk = await openDesk();
    const answer = await desk.send('/desk/readers/import', { list: 'email\nada@new.example\n', basis: 'Yes' });
    expect(answer.statusCode).toBe(400);
    const form = answer.body.slice(answer.body.indexOf('action="/desk/readers/import"')).split('</form>')[0]!;
    expect(form).toContain('email\nada@new.example');
    expect(form).toMatch(
      /<input id="list-basis"[^>]* value="Yes" aria-describedby="basis-hint list-basis-wrong" aria-invalid="true"/,
    );
    expect(form).toContain('id="list-basis-wrong">Say how these readers agreed to get mail');
  });

  test('says of each line what will happen, not what the list says', async () => {
    const desk = await openDesk();
    await seed(desk);
    await desk.db.run(sql`update readers set status = 'unsubscribed' where id = 1`);
    const lines = 'email\nreader-1@readers.example\nnew@example.org\n';
    const { headers } = await desk.send('/desk/readers/import', { list: lines, basis });
    const { body } = await desk.get(headers.location!);
    expect(body).toContain('<td>reader-1@readers.example</td><td>stays as they are: they left</td>');
    expect(body).toContain('<td>new@example.org</td><td>gets the next issue</td>');
  });

  test('that dates an agreement in the future adds readers who get the next issue all the same', async () => {
    const desk = await openDesk();
    const { headers } = await desk.send('/desk/readers/import', { list: 'email,agreed_at,created_at\nnew@example.org,2062-06-01,2062-05-01\n', basis }); // prettier-ignore
    await desk.send(headers.location!, {});
    const reader = sql`select status, confirmed_at, created_at from readers where email = 'new@example.org'`;
    expect(await desk.db.row(reader)).toEqual({ status: 'active', confirmedAt: testNow, createdAt: testNow });
  });

  test('is added once, with the facts of consent, and stands in the audit', async () => {
    const desk = await openDesk();
    const path = await readList(desk);
    expect((await desk.send(path)).headers.location).toBe('/desk/readers?said=imported');
    const added = (await readerByEmail(desk.db, 'new@example.org'))!;
    expect(added).toMatchObject({ status: 'active', confirmedAt: new Date('2024-01-02T00:00:00Z') });
    expect(await listConsents(desk.db, added.id)).toMatchObject([
      {
        event: 'confirmed',
        at: new Date('2024-01-02T00:00:00Z'),
        wording: `listmonk, enabled. Imported by Olga, a list that listmonk wrote: ${basis}`,
      },
    ]);
    expect(await readerByEmail(desk.db, 'left@example.org')).toMatchObject({ status: 'unsubscribed' });
    expect(await readerByEmail(desk.db, 'blocked@example.org')).toMatchObject({
      status: 'unsubscribed',
      isSuppressed: true,
    });
    expect(await readerByEmail(desk.db, 'gone@example.org')).toBeUndefined();
    expect((await listAudit(desk.db, 'readers'))[0]).toMatchObject({
      action: 'import readers',
      after: { active: 1, unsubscribed: 1, suppressed: 1, known: 1, refused: 1 },
    });
    expect((await desk.send(path)).statusCode).toBe(404);
  });

  test('what a list says of how they agreed is kept as it stands, and what is typed beside it for whom it says nothing', async () => {
    const desk = await openDesk();
    const mixed = 'email,agreed_at,lang,consent_wording\nown@example.org,2024-05-06,de,"On paper, in May"\nsilent@example.org,,,\n'; // prettier-ignore
    const path = (await desk.send('/desk/readers/import', { list: mixed, basis })).headers.location!;
    const told = (await desk.get(path)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(told).toContain(`The list does not say how one reader agreed; with this one is kept “${basis}”`);
    await desk.send(path);
    const kept = async (email: string) => {
      const reader = (await readerByEmail(desk.db, email))!;
      const [consent] = await listConsents(desk.db, reader.id);
      return { lang: reader.lang, at: consent!.at, wording: consent!.wording };
    };
    expect(await kept('own@example.org')).toEqual({
      lang: 'de',
      at: new Date('2024-05-06'),
      wording: 'On paper, in May (imported by Olga, a list of addresses)',
    });
    expect(await kept('silent@example.org')).toEqual({
      lang: null,
      at: testNow,
      wording: `A list of addresses. Imported by Olga, a list of addresses: ${basis}`,
    });
  });

  test('that says it of everybody needs nothing typed', async () => {
    const desk = await openDesk();
    const said = 'email,consent\nown@example.org,"On paper, in May"\n';
    const { headers } = await desk.send('/desk/readers/import', { list: said, basis: '' });
    expect((await desk.get(headers.location!)).body).toContain('With each is kept what the list says');
  });

  test('who had paused stays paused', async () => {
    const desk = await openDesk();
    await seed(desk);
    await desk.db.run(sql`update readers set status = 'paused', lang = 'fr' where id = 1`);
    const csv = (await desk.send('/desk/readers/export')).body;
    await desk.db.run(sql`delete from readers`);
    const path = (await desk.send('/desk/readers/import', { list: csv, basis: '' })).headers.location!;
    expect((await desk.get(path)).body).toContain('had paused');
    await desk.send(path);
    expect(await readerByEmail(desk.db, 'reader-1@readers.example')).toMatchObject({ status: 'paused', lang: 'fr' });
    expect(await readerByEmail(desk.db, 'reader-2@readers.example')).toMatchObject({ status: 'active', lang: null });
  });

  test('what was exported comes in again as it was', async () => {
    const desk = await openDesk();
    await seed(desk);
    const csv = (await desk.send('/desk/readers/export')).body;
    expect(csv.split('\r\n')).toHaveLength(5);
    await desk.db.run(sql`delete from readers`);
    const path = (await desk.send('/desk/readers/import', { list: csv, basis })).headers.location!;
    await desk.send(path);
    const back = (await readerByEmail(desk.db, 'reader-1@readers.example'))!;
    expect(back).toMatchObject({ status: 'active', length: 5, confirmedAt: testNow });
    expect((await listInterests(desk.db, back.id)).toSorted()).toEqual(['100%_ real', 'speech']);
  });

  test.each([
    [{ list: 'name\nAda', basis }, 'No reader is in this list. Line 1: No column is called'],
    [{ list, basis: 'short' }, 'Say how these readers agreed to get mail'],
  ])('without a reader or a basis is refused', async (fields, words) => {
    const desk = await openDesk();
    const answer = await desk.send('/desk/readers/import', fields);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
  });
});
