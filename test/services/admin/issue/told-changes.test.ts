// Who, what, before, after: of splits, joins and headlines, of the opening, and in the history of every room.
import { expect, test } from 'vitest';
import { listAudit } from '../../../../core/store/curators.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

test('the audit and the history of a story say what a decision made of it, and nothing of the form', async () => {
  const { db, send, get } = await openDesk();
  const id = await seedIssue(db);
  const [paper, talk] = ['Attention pays', 'Attention, the talk'];
  await send('/desk/stories/1/headline', { item: '2' });
  await send('/desk/stories/1/split', { items: '2' });
  const audit = await listAudit(db, 'story 1');
  expect(audit).toMatchObject([
    { action: 'split the story', before: { headline: talk }, after: { headline: paper } },
    { action: 'choose its headline', before: { headline: paper }, after: { headline: talk } },
  ]);
  const items = audit.map(({ before, after }) =>
    [before, after].map((side) => (side as { items: string[] }).items.length),
  );
  expect(items).toEqual([[2, 1], [2, 2]]); // prettier-ignore
  expect(JSON.stringify(audit)).not.toContain('_csrf');
  const { body } = await get(`/desk/issues/${id}?story=1&part=history`);
  expect(body).toContain(`<del>${paper}</del> <ins>${talk}</ins>`);
  expect(body).toMatch(
    /Made of<\/dt><dd><del>Attention pays \([^)]+\); Attention, the talk \([^)]+\)<\/del> <ins>Attention pays \([^)]+\)<\/ins>/,
  );
  await send(`/desk/stories/1/undo`, { decision: '2' });
  expect((await listAudit(db, 'story 1'))[0]).toMatchObject({ action: 'take the last decision back', before: { headline: paper }, after: { headline: talk } }); // prettier-ignore
});

test('the history beside the opening says what subject and intro were and are, as the log does', async () => {
  const { db, send, get } = await openDesk();
  const id = await seedIssue(db);
  await send(`/desk/issues/${id}/intro`, { title: 'A <new> subject', intro: 'Other words.' });
  const { body } = await get(`/desk/issues/${id}`);
  expect(body).toMatch(/<dt>title<\/dt><dd dir="auto"><del>[^<]+<\/del> <ins>A &lt;new&gt; subject<\/ins>/);
  expect(body).toContain('<ins>Other words.</ins>');
});

test('the histories of sources and settings say it, too', async () => {
  const { db, send, get } = await openDesk('owner');
  await seedIssue(db);
  await send('/desk/sources/1/status', { status: 'paused' });
  expect((await get('/desk/sources/1')).body).toContain('<del>active</del> <ins>paused</ins>');
  await send('/desk/settings', { publication: 'Weekly', mailFrom: 'news@example.org', tagline: 'New' });
  expect((await get('/desk/settings')).body).toContain('<ins>Weekly</ins>');
});
