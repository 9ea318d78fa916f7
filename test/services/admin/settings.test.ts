// `/desk/settings`: an owner changes what readers see of the publication; everybody else at the desk looks.
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../core/store/curators.ts';
import { loadSettings, saveSettings } from '../../../core/store/settings.ts';
import { senderOf } from '../../../services/mailer/sender.ts';
import { stateOf } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

const path = '/desk/settings';
const filled = { publication: 'The Weekly', mailFrom: 'news@example.org', postalAddress: 'Street 1\r\nTown' };

describe('the settings', () => {
  test('are changed by an owner, hold at once, and stand in the audit', async () => {
    const { send, get, db, house } = await openDesk('owner');
    expect((await send(path, filled)).headers.location).toBe('/desk/settings?said=saved');
    const after = {
      publication: 'The Weekly',
      mailFrom: '"The Weekly" <news@example.org>',
      postalAddress: 'Street 1\nTown',
    };
    expect(await loadSettings(db)).toMatchObject(after);
    expect(senderOf(house.config, await loadSettings(db))).toEqual({ name: 'The Weekly', address: 'news@example.org' });
    expect((await listAudit(db, 'settings'))[0]).toMatchObject({ actor: 'Olga', before: {}, after });
    const { body } = await get('/desk/settings?said=saved');
    expect(body).toContain('Saved.');
    expect(body).toContain('value="news@example.org"');
    expect(body).toContain('Street 1\nTown</textarea>');
    expect(body).toContain('Olga, change the settings');
    expect((await get('/')).body).toContain('>The Weekly</a>');
  });

  test('keep what they had of everything else', async () => {
    const { send, db } = await openDesk('owner');
    await saveSettings(db, { setUp: true, secret: 'kept' });
    await send(path, filled);
    expect(await loadSettings(db)).toMatchObject({ setUp: true, secret: 'kept' });
  });

  test('a sender set in the environment wins: it is shown, not asked, and a form that brings one changes nothing of it', async () => {
    const { send, get, db } = await openDesk('owner', { MAIL_FROM: 'Fixed <fixed@example.org>' });
    const { body } = await get(path);
    expect(body).toContain('Fixed &lt;fixed@example.org&gt;');
    expect(body).toContain('MAIL_FROM says so in the environment');
    expect(body).not.toContain('name="mailFrom"');
    const { publication, postalAddress } = filled;
    expect((await send(path, { publication, postalAddress })).statusCode).toBe(303);
    expect((await send(path, filled)).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ publication });
    expect((await loadSettings(db)).mailFrom).toBeUndefined();
  });

  test.each([
    ['publication', '  ', 'Type the name of the publication.'],
    ['publication', 'x'.repeat(201), 'Make the name of the publication shorter.'],
    ['mailFrom', 'nobody', 'The sender is an e-mail address such as news@example.org.'],
    ['mailFrom', 'a@example.org>\r\nBcc: b@example.org', 'The sender is an e-mail address'],
    ['postalAddress', 'x'.repeat(501), 'The postal address is too long.'],
    ['postalAddress', 'a\0b', 'It holds a character that no keyboard types.'],
  ])('a wrong %s (%j) is named and nothing is changed', async (field, value, words) => {
    const { send, db } = await openDesk('owner');
    const before = await stateOf(db);
    const answer = await send(path, { ...filled, [field]: value });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(await stateOf(db)).toBe(before);
  });

  test('a publication is renamed before it has a sender, and a sender that is there is not emptied', async () => {
    const { send, get, db } = await openDesk('owner');
    const { body } = await get(path);
    expect(body).not.toMatch(/<input id="mailFrom"[^>]* required/);
    expect((await send(path, { ...filled, mailFrom: '' })).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ publication: 'The Weekly' });
    expect((await loadSettings(db)).mailFrom).toBeUndefined();
    await send(path, filled);
    const emptied = await send(path, { ...filled, publication: 'The Daily', mailFrom: '' });
    expect([emptied.statusCode, emptied.body.includes('Type the sender of the mails.')]).toEqual([400, true]);
    // What was typed beside it stands there still, and nothing of it was saved.
    expect(emptied.body).toContain('value="The Daily"');
    expect(await loadSettings(db)).toMatchObject({ publication: 'The Weekly', mailFrom: '"The Weekly" <news@example.org>' }); // prettier-ignore
  });

  test('hostile values are shown escaped, and leave a sender that mails can go out with', async () => {
    const { send, get, db, house } = await openDesk('owner');
    const hostile = `"><script>x</script> \\`;
    await send(path, { ...filled, publication: hostile, postalAddress: `</textarea>${hostile}` });
    const { body } = await get(path);
    expect(body).toContain('&lt;/textarea&gt;&#34;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script>x');
    expect(senderOf(house.config, await loadSettings(db)).address).toBe('news@example.org');
  });

  test.each(['editor', 'reviewer'] as const)('are shown to a curator who is %s, and refused', async (role) => {
    const { send, get, db } = await openDesk(role);
    await saveSettings(db, { postalAddress: 'Street 1' });
    const { body } = await get(path);
    expect(body).toContain('Only an owner changes them.');
    expect(body).toContain('Street 1');
    expect(body).toContain('<fieldset disabled>');
    expect(body).not.toContain('>Save</button>');
    const before = await stateOf(db);
    const answer = await send(path, filled);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain(role === 'editor' ? 'Only an owner changes settings' : 'A reviewer may look at');
    expect(await stateOf(db)).toBe(before);
  });
});

test('a language set in the environment wins: it is shown, and cannot be chosen', async () => {
  const { get } = await openDesk('owner', { SITE_LANGUAGE: 'de' });
  const { body } = await get('/desk/settings');
  expect(/<select id="language"[^>]*>/.exec(body)![0]).toContain(' disabled');
  expect((await (await openDesk('owner')).get('/desk/settings')).body).not.toMatch(
    /<select id="language"[^>]* disabled/,
  );
});
