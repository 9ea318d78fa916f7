// Letters that ask "this or that?": who is asked, who is not, in which words, and that a past letter is made again with its pair.
import PostalMime from 'postal-mime';
import { expect, onTestFinished, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { savePicks } from '../../../core/store/picks.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { confirmReader, recordRequest } from '../../../core/store/subscriptions.ts';
import { replayLetter } from '../../../services/cli/replay.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { welcomeReaders } from '../../../services/mailer/welcome.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer } from '../../mail-server.ts';
import { scheduleSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
const pair = { left: 103, right: 102, alone: 0.1, informed: null, byLot: false };

async function save(
  db: Database,
  { issueId, contentHash }: { issueId: number; contentHash: string },
  readerIds: number[],
): Promise<void> {
  // prettier-ignore
  const stories = [101, 104].map((storyId) => ({ storyId, kind: 'editor' as const, reason: { code: 'editor' as const } }));
  await savePicks(db, { issueId, contentHash, ranker: 'test', now: sendAt, readers: readerIds.map((readerId) => ({ readerId, stories, unmet: [], profile: { facets: [] }, pair })) }); // prettier-ignore
}

/** An issue for readers of these languages, each asked about stories 103 and 102. */
async function schedule(langs: readonly string[]) {
  const db = await testDatabase();
  const sample = await scheduleSample(db, { readers: langs.length });
  await db.run(sql`delete from picks`);
  await db.run(sql`delete from picked_stories`);
  for (const [at, lang] of langs.entries()) await db.run(sql`update readers set lang = ${lang} where id = ${at + 1}`);
  await save(db, sample, langs.map((_, at) => at + 1)); // prettier-ignore
  const server = await startMailServer();
  onTestFinished(server.stop);
  const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  await renderHandlers(house)['issue.render']!({ issueId: sample.issueId }, never);
  const rawTo = (email: string): Buffer => server.taken.find(({ to }) => to === email)!.raw;
  return { db, house, clock, rawTo, ...sample };
}

test('asks with a link for each, in the order that was chosen and the language of the reader', async () => {
  const asked: Record<string, string> = { en: 'This or that?', zh: '选哪一篇？', es: '¿Esta o aquella?', de: 'Dies oder das?', fr: 'Ceci ou cela ?' }; // prettier-ignore
  const { house, issueId, rawTo, content } = await schedule(Object.keys(asked));
  await sendIssue(house, issueId, never);
  for (const [at, words] of Object.values(asked).entries()) {
    const { html, text } = await PostalMime.parse(rawTo(`reader${at + 1}@example.org`));
    expect(html).toContain(words);
    const links = [...html!.matchAll(/href="https:\/\/news\.example\.org\/pair\/([^"]+)"/g)].map(([, path]) => path);
    expect(links).toEqual([`token-${at + 1}/2026-w47/103`, `token-${at + 1}/2026-w47/102`]);
    expect(text).toContain(`https://news.example.org/pair/token-${at + 1}/2026-w47/103`);
    // Behind the stories, before the foot; the two are no stories of the letter.
    expect(html!.indexOf(content.cards[3]!.title)).toBeLessThan(html!.indexOf(words));
    expect(html!.indexOf(words)).toBeLessThan(html!.indexOf('/unsubscribe/', html!.indexOf(words)));
    expect(html!.split(content.cards[2]!.title)).toHaveLength(2);
  }
});

test('a past letter is made again with its pair, though letters ask nothing any more', async () => {
  const { db, house, issueId, rawTo } = await schedule(['en', 'de']);
  await sendIssue(house, issueId, never);
  await saveSettings(db, { asksPairs: false });
  for (const reader of ['1', '2']) {
    const raw = rawTo(`reader${reader}@example.org`);
    expect(raw.includes('/pair/')).toBe(true);
    expect((await replayLetter(house, { reader, issue: '12' })).equals(raw)).toBe(true);
  }
  expect(await db.rows(sql`select distinct story_ids, written -> 'pair' as pair from deliveries`)).toEqual([
    { storyIds: [101, 104], pair: [103, 102] },
  ]);
});

test('a publication that stopped asking sends none of the pairs that were chosen, and the replay has none either', async () => {
  const { db, house, issueId, rawTo } = await schedule(['en']);
  await saveSettings(db, { asksPairs: false });
  await sendIssue(house, issueId, never);
  await saveSettings(db, { asksPairs: true });
  const raw = rawTo('reader1@example.org');
  expect(raw.includes('/pair/')).toBe(false);
  expect((await replayLetter(house, { reader: '1', issue: '12' })).equals(raw)).toBe(true);
});

test('a welcome asks nothing, nor does a letter that was compiled before letters asked', async () => {
  const { db, house, clock, issueId, contentHash, rawTo } = await schedule(['en']);
  await db.run(sql`delete from renders where part = 'pair:103'`);
  // Only a letter of before lacks one: nothing compiles it again.
  await sendIssue(house, issueId, never);
  expect(rawTo('reader1@example.org').includes('/pair/')).toBe(false);
  await db.run(sql`insert into renders (issue_id, content_hash, part, html, text) select issue_id, content_hash, 'pair:103', html, text from renders where part = 'pair:102'`); // prettier-ignore
  clock.now = new Date(sendAt.getTime() + 3_600_000);
  await db.transaction((tx) => recordRequest(tx, { email: 'new@example.org', interests: [], wording: 'w', address: null, at: clock.now })); // prettier-ignore
  const { id } = (await db.row<{ id: number }>(sql`select id from readers where email = 'new@example.org'`))!;
  await confirmReader(db, { readerId: id, wording: 'w', at: clock.now });
  await save(db, { issueId, contentHash }, [id]);
  await welcomeReaders(house, never);
  const raw = rawTo('new@example.org');
  expect(raw.includes('/pair/')).toBe(false);
  expect((await replayLetter(house, { reader: 'new@example.org', issue: '12' })).equals(raw)).toBe(true);
});
