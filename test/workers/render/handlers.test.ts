import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { loadRender } from '../../../core/store/renders.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { scheduleSample, sendAt, testHouse } from '../../services/mailer/sending-fixture.ts';

const never = new AbortController().signal;

test('an approved issue is compiled once, and it is sent when it is due', async () => {
  const db = await testDatabase();
  const { issueId, contentHash } = await scheduleSample(db, { readers: 0 });
  const { house, enqueued, clock } = testHouse(db, {});
  clock.now = new Date(sendAt.getTime() - 1);
  const render = renderHandlers(house)['issue.render']!;
  await render({ issueId }, never);
  expect(enqueued).toEqual([]);
  const parts = (await loadRender(db, { issueId, contentHash })).get('en')!;
  expect(parts.map(({ part }) => part).toSorted()).toEqual(
    [
      'head',
      'section:lead',
      'section:for-you',
      'section:publications',
      'card:101',
      'card:102',
      'card:103',
      'card:104',
      'section:pair',
      'pair:101',
      'pair:102',
      'pair:103',
      'pair:104',
      'reason',
      'brief-reason',
      'section:in-brief',
      'brief:101',
      'brief:102',
      'brief:103',
      'brief:104',
      'contents-row',
      'contents-unmet',
      'foot',
    ].toSorted(),
  );
  // A mark in the row shows whether a second job compiles again.
  await db.run(sql`update renders set text = 'kept' where part = 'foot'`);
  clock.now = sendAt;
  await render({ issueId }, never);
  expect(enqueued).toEqual(['issue.send']);
  const foot = (await loadRender(db, { issueId, contentHash })).get('en')!.find(({ part }) => part === 'foot');
  expect(foot!.text).toBe('kept');
});

test('an issue nobody approved is not compiled', async () => {
  const db = await testDatabase();
  const { issueId, contentHash } = await scheduleSample(db, { readers: 0 });
  await db.run(sql`
    update issues set status = 'in_review', approved_hash = null, approved_by = null where id = ${issueId}`);
  const render = renderHandlers(testHouse(db, {}).house)['issue.render']!;
  await expect(render({ issueId }, never)).rejects.toThrow(/not approved/);
  expect((await loadRender(db, { issueId, contentHash })).size).toBe(0);
});
