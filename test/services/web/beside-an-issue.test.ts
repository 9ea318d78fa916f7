// What stands round the stories of an issue: its topics, the form for the next one, its text, a way to share it.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

test('an issue has beside it its topics, a form for the next one, its text, and a way to share it that asks nobody', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update issues set content = jsonb_set(content, '{cards,0,place}', '{"x":0,"y":0}')`);
  const { body } = await app.inject('/issues/2026-w47');
  const [beside] = /<aside class="next-one".*?<\/aside>/s.exec(body)!;
  expect(beside).toContain('<a href="/topics/1">attention</a></span><span class="muted">2</span>');
  expect(beside).toContain('<form method="post" action="/subscribe">');
  // What somebody agrees to stands beside the button.
  expect(beside).toContain('I can unsubscribe with one click in every mail.');
  expect(body).toContain('<a href="/issues/2026-w47.md">as Markdown</a>');
  expect(body).toMatch(/href="mailto:\?subject=Issue%201%3A%20attention&amp;body=http[^"]*2026-w47"/);
});
