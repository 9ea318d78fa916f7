// What is a reader's own beside the stories: deadlines of their subjects, and the end of the subject; a replay has the same.
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { subjectsOf } from '../../../core/letter/deadline-subjects.ts';
import { savePicks } from '../../../core/store/picks.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { replayLetter } from '../../../services/cli/replay.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { personalSubject } from '../../../services/mailer/personal-subject.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { scheduleSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
let db: Database;
let server: MailServer;
let house: ReturnType<typeof testHouse>['house'];
let issueId: number;
let contentHash: string;

/** Three readers: speech, nothing, and knitting; deadlines in 9 days, in 2 days, tomorrow, in 40 days, and yesterday. */
beforeEach(async () => {
  db = await testDatabase();
  server = await startMailServer();
  ({ house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' }));
  ({ issueId, contentHash } = await scheduleSample(db, { readers: 3 }));
  await db.run(sql`insert into interests (reader_id, words) values (1, 'Speech recognition'), (3, 'knitting')`);
  await db.run(sql`insert into sources (kind, url, title) values ('deadlines', 'https://lists.example/', 'List')`);
  await db.run(sql`
    insert into deadlines (source_id, key, title, year, label, due_at, link, place, subjects)
    select 1, title, title, 2027, label, ${sendAt}::timestamptz + days * interval '1 day', 'https://c.example/' || lower(title), place, subjects
    from (values ('ICASSP', null, 9, 'Köln', '{SP}'::text[]), ('INTERSPEECH', '.Rebuttal', 2, null, '{ML,SP}'::text[]),
      ('CVPR', null, 1, null, '{CV}'::text[]), ('LATER', null, 40, null, '{SP}'::text[]), ('PAST', null, -1, null, '{SP}'::text[]))
      as d(title, label, days, place, subjects)`);
});
afterEach(() => server.stop());

async function sendAll() {
  await renderHandlers(house)['issue.render']!({ issueId }, never);
  await sendIssue(house, issueId, never);
  const byReader = server.taken.toSorted((a, b) => (a.to < b.to ? -1 : 1));
  return Promise.all(byReader.map(async ({ raw }) => ({ raw, ...(await PostalMime.parse(raw)) })));
}

test('deadlines stand in the letter of whom they concern, the next first, and in no other', async () => {
  const [speech, nothing, knitting] = await sendAll();
  const text = speech!.text!.replaceAll('\r\n', '\n');
  expect(text).toContain(
    'DEADLINES OF YOUR SUBJECTS\n\nINTERSPEECH 2027\nMon 23 Nov 2026 · .Rebuttal\nhttps://c.example/interspeech\n\nICASSP 2027\nMon 30 Nov 2026 · Köln\nhttps://c.example/icassp\n',
  );
  expect(speech!.html).toContain('href="https://c.example/icassp"');
  for (const word of ['CVPR', 'LATER', 'PAST']) expect(text + speech!.html!).not.toContain(word);
  for (const other of [nothing!, knitting!]) expect(other.text! + other.html!).not.toMatch(/deadlines of your|ICASSP/i);
  expect(speech!.html).not.toContain('slot-');
});

test('a replay shows those that were there, whatever became of lists and interests', async () => {
  const [speech] = await sendAll();
  await db.run(sql`delete from deadlines`);
  await db.run(sql`delete from interests`);
  const again = await replayLetter(house, { reader: '1', issue: '12' });
  expect(again.equals(speech!.raw)).toBe(true);
});

describe('with the subject that goes on', () => {
  beforeEach(async () => {
    await saveSettings(db, { personalSubject: true });
    await db.run(sql`delete from picks`);
    const speech = (storyId: number) => ({ storyId, kind: 'personal' as const, reason: { code: 'matches' as const, words: 'speech' } }); // prettier-ignore
    const editor = { storyId: 101, kind: 'editor' as const, reason: { code: 'editor' as const } };
    const chosen = [[editor, speech(102), speech(103)], [editor], [editor]];
    const readers = chosen.map((stories, at) => ({ readerId: at + 1, stories, unmet: [], profile: { facets: [] } }));
    await savePicks(db, { issueId, contentHash, ranker: 'test', readers, now: sendAt });
  });

  test('it says what is the reader’s own after the editors’ words, and a replay says the same', async () => {
    const [speech, nothing] = await sendAll();
    expect(nothing!.subject).toBe('Courant No 12: Attention Is All You Need');
    expect(speech!.subject).toBe('Courant No 12: Attention Is All You Need, and 2 on speech');
    await saveSettings(db, { personalSubject: false });
    expect((await replayLetter(house, { reader: '1', issue: '12' })).equals(speech!.raw)).toBe(true);
  });

  test.each<[string, [string, string][], string]>([
    [
      'the interest with the most',
      [
        ['matches', 'graphs'],
        ['matches', 'speech'],
        ['quotes', 'speech'],
      ],
      'T, and 2 on speech',
    ],
    [
      'of as many the better pick’s',
      [
        ['matches', 'graphs'],
        ['matches', 'speech'],
      ],
      'T, and 1 on graphs',
    ],
    ['no interest that a story only reads like', [['close', 'speech']], 'T'],
    ['no interest as long as a sentence', [['matches', 'how to make large models small enough']], 'T'],
  ])('%s', (_what, reasons, subject) => {
    const stories = reasons.map(([code, words], at) => ({
      storyId: at,
      kind: 'personal',
      reason: { code, words, quote: '' },
    }));
    expect(personalSubject('T', stories as never)).toBe(subject);
  });
});

test.each<[string, string[]]>([
  ['speech', ['SP']],
  ['Robotics', ['RO']],
  ['NLP', ['NLP']],
  ['large language models', ['NLP']],
  ['reinforcement learning for robots', ['ML', 'RO']],
  ['computer vision', ['CV']],
  ['information retrieval', ['IRSM']],
  ['maschinelle Übersetzung', ['NLP']],
  ['Spracherkennung', ['SP']],
  ['Wissensgraphen', ['KR']],
  ['vision par ordinateur', ['CV']],
  ['réseaux de neurones', ['ML']],
  ['aprendizaje por refuerzo', ['ML']],
  ['conducción autónoma', ['RO']],
  ['redes sociales', ['IRSM']],
  ['机器学习', ['ML']],
  ['人机交互', ['HCI']],
  ['机器', []],
  ['Wissenschaft und Bildung', []],
  ['logiciels libres', []],
  ['Sprachreisen', []],
  ['aprender a cocinar', []],
  ['量子物理', []],
  ['medieval law', []],
  ['learning to cook', []],
  ['', []],
])('"%s" is about %j', (interest, subjects) => {
  expect(subjectsOf([interest])).toEqual(subjects);
});
