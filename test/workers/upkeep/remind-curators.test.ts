// An issue that nobody approved: owners and editors hear of it before its time and when it is over, each time once.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { remindCurators } from '../../../workers/upkeep/remind-curators.ts';
import { openApp, type TestApp } from '../../services/open-app.ts';
import { seedIssue } from '../../services/seed-issue.ts';

async function open(): Promise<TestApp> {
  const opened = await openApp();
  for (const [name, role] of [
    ['olga', 'owner'],
    ['emil', 'editor'],
    ['rita', 'reviewer'],
  ] as const)
    // prettier-ignore
    await addCurator(opened.db, { email: `${name}@desk.example`, name, role });
  await seedIssue(opened.db);
  return opened;
}

async function mailsAt({ clock, house, mail }: TestApp, at: string): Promise<string[]> {
  clock.now = new Date(at);
  await remindCurators(house);
  return (await mail()).map(({ to, subject }) => `${to}: ${subject}`);
}

// The week of the seeded issue begins on Monday, 16 November 2026; it is meant to go out on Saturday at 07:00 UTC.
test('those who may approve are reminded six hours before and when its time is over, and not again', async () => {
  const opened = await open();
  expect(await mailsAt(opened, '2026-11-21T00:59:00Z')).toEqual([]);
  expect(await mailsAt(opened, '2026-11-21T01:00:00Z')).toEqual([
    'olga@desk.example: No 1 of Courant waits for an approval',
    'emil@desk.example: No 1 of Courant waits for an approval',
  ]);
  expect(await mailsAt(opened, '2026-11-21T02:00:00Z')).toEqual([]);
  const over = await mailsAt(opened, '2026-11-21T07:00:00Z');
  expect(over).toEqual(expect.arrayContaining([expect.stringContaining('did not go out: nobody approved it')]));
  expect(over).toHaveLength(2);
  expect(await mailsAt(opened, '2026-11-22T07:00:00Z')).toEqual([]);
});

test.each([
  ['wait', 'readers get nothing until then.'],
  ['skip', 'If nobody does, it is skipped six hours after its time'],
  ['send', 'If nobody does, it goes out as it was suggested six hours after its time'],
] as const)('who is reminded reads when it goes out and what comes of it when all %s', async (whenForgotten, words) => {
  const opened = await open();
  await saveSettings(opened.db, { whenForgotten });
  opened.clock.now = new Date('2026-11-21T01:00:00Z');
  await remindCurators(opened.house);
  const [first] = await opened.mail();
  const text = first!.text.replaceAll(/\s+/g, ' ');
  expect(text).toContain('It is meant to go out on Sat 21 Nov 2026, 07:00 (UTC).');
  expect(text).toContain(words);
  expect(text.includes('nothing until then')).toBe(whenForgotten === 'wait');
});

test('an approved issue is forgotten by nobody, and a mail that was planned before the approval is not written', async () => {
  const opened = await open();
  opened.clock.now = new Date('2026-11-21T01:00:00Z');
  await remindCurators(opened.house);
  await opened.db.run(sql`
    update issues set status = 'approved', content = '{}', content_hash = 'h', approved_by = 'Olga', approved_hash = 'h', approved_at = now()`);
  expect(await opened.mail()).toEqual([]);
  expect(await mailsAt(opened, '2026-11-21T08:00:00Z')).toEqual([]);
});

test('an issue that goes out on the Monday after its draft is late on that Monday, not on the day it was drafted', async () => {
  const opened = await open();
  const house = { ...opened.house, config: { ...opened.house.config, SEND_AT: 'mon 07:00' } };
  const subjects = async (at: string): Promise<string[]> => {
    opened.clock.now = new Date(at);
    await remindCurators(house);
    return (await opened.mail()).map(({ subject }) => subject);
  };
  expect(await subjects('2026-11-20T06:10:00Z')).toEqual([]);
  expect(await subjects('2026-11-23T00:59:00Z')).toEqual([]);
  expect(await subjects('2026-11-23T01:00:00Z')).toEqual(Array(2).fill('No 1 of Courant waits for an approval'));
  expect(await subjects('2026-11-23T07:00:00Z')).toEqual(Array(2).fill(expect.stringContaining('did not go out')));
});
