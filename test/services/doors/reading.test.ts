// What a stranger's GET may cost and show: quotes only where readers were sent them, and nothing that grows with a text.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { cpuMs, honestFeeds } from '../../workers/ingest/cpu-time.ts';
import { openApp } from '../open-app.ts';
import { seedIssue, markSent, seedSentIssue } from '../seed-issue.ts';

const quoted = 'The sentence that was quoted.';
const before = 'Words before. '.repeat(3_000);
const after = ` ${'Words after. '.repeat(3_000)}SECRET END`;
const place = `1.${before.length}.${before.length + quoted.length}`;

describe('a quote', () => {
  test('of a story that no issue carried is not shown, and neither is the text it stands in', async () => {
    const { app, db } = await openApp();
    await seedIssue(db);
    await db.run(sql`update items set text = ${before + quoted + after} where id = 1`);
    const { body, statusCode } = await app.inject(`/stories/1?quote=${place}`);
    expect([statusCode, body.includes(quoted)]).toEqual([200, false]);
    expect(body.length).toBeLessThan(10_000);
  });

  test('of a sent story is a window round it, whatever the text', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    await db.run(sql`update items set text = ${before + quoted + after} where id = 1`);
    const { body } = await app.inject(`/stories/1?quote=${place}`);
    expect(body).toContain(`<mark id="quote">${quoted}</mark>`);
    expect(body).not.toContain('SECRET END');
    expect(body.length).toBeLessThan(10_000);
  });

  test.each([
    `1.0.${before.length + 100}`,
    `1.${before.length}.999999`,
    '1.5.1',
    `2.0.10`,
    '999999999.0.10',
    '1.0.1e3',
    '1.-1.5',
    '4294967296.0.5',
  ])('%s is no quote', async (quote) => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    await db.run(sql`update items set text = ${before + quoted + after} where id = 1`);
    const answer = await app.inject(`/stories/1?quote=${quote}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain('SECRET END');
    expect(answer.body.length).toBeLessThan(10_000);
  });

  test('a removed story of a sent issue stays as it is for strangers', async () => {
    const { app, db } = await openApp();
    const id = await seedIssue(db);
    await db.run(sql`update issue_stories set role = 'removed' where issue_id = ${id} and story_id = 1`);
    await markSent(db, id);
    await db.run(sql`update items set text = ${before + quoted + after} where id = 1`);
    expect((await app.inject(`/stories/1?quote=${place}`)).body).not.toContain(quoted);
  });
});

test('a page full of formulas costs no more than a few of them', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update items set text = ${' $x_1$'.repeat(30_000)}`);
  let body = '';
  const ms = await cpuMs(async () => ({ body } = await app.inject('/stories/1')));
  expect(body.match(/<math>/g)!.length).toBeLessThanOrEqual(300);
  expect(ms < 1_000 || (await honestFeeds(ms, 1)) < 1, `${ms} ms of CPU`).toBe(true);
});

describe('a sent issue', () => {
  test('is rendered once while it stays as it was approved, and anew when it or the frame changes', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    const first = await app.inject('/issues/2026-w47');
    expect(first.headers['cache-control']).toBe('public, max-age=60');
    // What the page is made of is not looked at again: with the content gone the page is still there.
    await db.run(sql`update issues set content = jsonb_set(content, '{title}', '"Changed without a hash"')`);
    expect((await app.inject('/issues/2026-w47')).body).toBe(first.body);
    await db.run(sql`update issues set content_hash = 'another', approved_hash = 'another'`);
    expect((await app.inject('/issues/2026-w47')).body).toContain('Changed without a hash');
    await saveSettings(db, { publication: 'The Other Weekly' });
    expect((await app.inject('/issues/2026-w47')).body).toContain('The Other Weekly');
    await db.run(sql`update issues set status = 'draft', approved_hash = null`);
    expect((await app.inject('/issues/2026-w47')).statusCode).toBe(404);
  });
});
