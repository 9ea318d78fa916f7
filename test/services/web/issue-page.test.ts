// The page of an issue: every story on it once, the best of each section as cards, the others as lines.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { layOutIssue } from '../../../services/web/issue-page.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { madeUpCard, madeUpSections as sections } from './made-up-card.ts';

test('the first pick leads, and every story stands on the page once', () => {
  const cards = Array.from({ length: 9 }, (_, at) =>
    madeUpCard(at + 1, { authors: ['Ann', 'Ben', 'Cy'], role: at > 5 ? 'pick' : 'pool' }),
  );
  const page = layOutIssue({ sections, cards });
  expect([page.lead!.id, ...page.picks.map(({ id }) => id)]).toEqual([7, 8, 9]);
  expect(page.lead!.authors).toBe('Ann, Ben and 1 more');
  expect(page.sections.map(({ name, count }) => [name, count])).toEqual([['Publications', 6]]);
  expect(page.sections[0]!.cards.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(page.sections[0]!.lines.map(({ id }) => id)).toEqual([4, 5, 6]);
});

test('an issue leads on to the one before and the one after, as soon as that went out', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  expect((await app.inject('/issues/2026-w47')).body).not.toMatch(/rel="(prev|next)"/);
  await db.run(sql`
    insert into issues (number, slug, title, week, status, content, content_hash, approved_hash, approved_by, approved_at)
    select number + 1, '2026-w48', 'The next', week + 7, status, content, content_hash, approved_hash, approved_by, approved_at
    from issues`);
  expect((await app.inject('/issues/2026-w47')).body).toContain('<a rel="next" href="/issues/2026-w48">No 2 ›</a>');
  expect((await app.inject('/issues/2026-w48')).body).toContain('<a rel="prev" href="/issues/2026-w47">‹ No 1</a>');
});

test('references list every story under its number in the issue, with its authors and its address', () => {
  const page = layOutIssue({
    sections,
    cards: [
      madeUpCard(2, { number: 2, url: 'javascript:alert(1)' }),
      madeUpCard(1, { number: 1, role: 'pick', authors: ['Ann', 'Ben'], title: 'Of looms', source: 'Post', url: 'https://www.a.example/x' }), // prettier-ignore
    ],
  });
  expect(page.references).toMatchObject([
    { number: 1, authors: 'Ann, Ben', title: 'Of looms', source: 'Post', url: 'https://www.a.example/x', address: 'a.example/x' }, // prettier-ignore
    { number: 2, url: null, address: undefined },
  ]);
});

test('the topics of an issue lead to what each is called today', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const aside = async () =>
    /<aside class="next-one"[^]*?<\/aside>/.exec((await app.inject('/issues/2026-w47')).body)![0];
  await db.run(sql`update topics set name = 'How to attend' where id = 1`);
  expect(await aside()).toMatch(/<a href="\/topics\/1">attention<\/a> <span class="muted">now: How to attend<\/span>/);
});
