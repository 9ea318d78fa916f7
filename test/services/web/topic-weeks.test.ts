// A topic's page tells its weeks: how many stories each had, and what split off from what or became part of it.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

test('weeks stand newest first with their stories, and what became of the topic and of others through it', async () => {
  const { app, db } = await openApp();
  await db.run(sql`insert into topics (name) values ('Weaving'), ('Looms'), ('Dyes <b>'), ('Elsewhere')`);
  await db.run(sql`
    insert into topic_weeks (topic_id, week, story_ids, centroid, model, found) values
      (1, '2026-11-02', '{1,2,3,4}', '\\x00', 'm', 4), (1, '2026-11-16', '{5}', '\\x00', 'm', 1),
      (4, '2026-11-02', '{6}', '\\x00', 'm', 1), (4, '2026-11-09', '{7}', '\\x00', 'm', 1)`);
  await db.run(sql`
    insert into topic_events (week, topic_id, kind, other_id) values
      ('2026-11-02', 1, 'split', 2), ('2026-11-09', 3, 'merged', 1), ('2026-11-02', 4, 'born', null)`);
  const body = (await app.inject('/topics/1')).body;
  const section = /<ol class="plain rows">([^]*?)<\/ol>/.exec(body)![1]!;
  expect([...section.matchAll(/datetime="([^"]+)"/g)].map(([, week]) => week)).toEqual(['2026-11-16', '2026-11-09', '2026-11-02']); // prettier-ignore
  const words = section.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(words).toContain('16 Nov 2026 1 story');
  expect(words).toContain('0 stories Dyes &lt;b&gt; : became part of Weaving');
  expect(words).toContain('4 stories Weaving: split off from Looms');
  expect(section).toContain('<a href="/topics/2">Looms</a>');
  expect(section).toContain('<a href="/topics/3">');
  expect(section).not.toContain('Elsewhere');
  expect((await app.inject('/topics/2')).body).toContain('split off from');
});

test('a topic without stories says where they are today, and promises nothing below that is not there', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`insert into topics (name) values ('Weaving'), ('Looms'), ('Dyes'), ('Felt')`);
  const idOf = async (name: string) => (await db.row<{ id: number }>(sql`select id from topics where name = ${name}`))!.id; // prettier-ignore
  const [weaving, looms, dyes, felt] = await Promise.all(['Weaving', 'Looms', 'Dyes', 'Felt'].map(idOf));
  await db.run(sql`update stories set topic_id = ${looms} where id = (select min(id) from stories)`);
  await db.run(sql`
    insert into topic_weeks (topic_id, week, story_ids, centroid, model, found) values
      (${weaving}, '2026-11-02', array[(select min(id) from stories)], '\\x00', 'm', 1),
      (${dyes}, '2026-11-02', '{9999}', '\\x00', 'm', 1), (${felt}, '2026-11-02', '{9999}', '\\x00', 'm', 1)`);
  await db.run(
    sql`insert into topic_events (week, topic_id, kind, other_id) values ('2026-11-09', ${felt}, 'faded', null)`,
  );
  const said = async (id: number | undefined) => /<p>(This topic has ended[^]*?)<\/p>/.exec((await app.inject(`/topics/${id}`)).body)?.[1]; // prettier-ignore
  expect(await said(weaving)).toBe(`This topic has ended. Its stories are now in: <a href="/topics/${looms}">Looms</a>`); // prettier-ignore
  expect(await said(dyes)).toBe('This topic has ended. The weeks below say how many stories it had.');
  expect(await said(felt)).toBe('This topic has ended; what became of it is told below.');
  await db.run(sql`delete from topic_weeks where topic_id = ${dyes}`);
  expect(await said(dyes)).toBe('This topic has ended.');
  expect(await said(looms)).toBeUndefined();
});
