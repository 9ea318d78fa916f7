// The page of a story: what each version of its paper changed, and what a talk says at the minute that is about it.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { saveItems, type NewItem } from '../../../core/store/items.ts';
import { compareTexts, compareVersions } from '../../../services/web/compare-versions.ts';
import { talkPassage } from '../../../services/web/talk-passage.ts';
import { english } from '../../../core/words.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

const marked = (pieces: { text: string; isOther: boolean }[]) => pieces.map(({ text, isOther }) => (isOther ? `[${text}]` : text)).join(''); // prettier-ignore

test.each<[what: string, texts: [before: string, after: string, lang: string], marked: [was: string, is: string]]>([
  ['a word', ['We train on three tasks.', 'We train on five tasks.', 'en'], ['We train on [three] tasks.', 'We train on [five] tasks.']],
  ['words at the end', ['It works.', 'It works. Code is public.', 'en'], ['It works.', 'It works. [Code is public.]']],
  ['words before a full stop', ['By 3 points.', 'By 5 points on average.', 'en'], ['By [3] points.', 'By [5] points [on average].']],
  ['Chinese without spaces', ['我们提出一种方法', '我们提出两种方法', 'zh'], ['我们提出[一种]方法', '我们提出[两种]方法']],
  ['a formula, as it reads', ['Error of $\\alpha$ here', 'Error of $\\beta$ here', 'en'], ['Error of [α] here', 'Error of [β] here']],
  ['a language nobody knows', ['a b', 'a c', 'no such_language'], ['a [b]', 'a [c]']],
])('%s that changed is marked on both sides', (_what, texts, sides) => {
  const compared = compareTexts(...texts);
  expect([marked(compared.before), marked(compared.after)]).toEqual(sides);
}); // prettier-ignore

test('a long stretch that both have is shown by its ends, and two texts that share nothing are not compared word by word', () => {
  const same = 'the same words again and again '.repeat(60);
  const { before } = compareTexts(`${same}old`, `${same}new`, 'en');
  expect(before[0]!.text.length).toBeLessThan(220);
  expect(before[0]!.text).toContain(' … ');
  const words = (letter: string) => Array.from({ length: 900 }, (_, at) => `${letter}${at}`).join(' ');
  const other = compareTexts(words('a'), words('b'), 'en');
  expect([...other.before, ...other.after].some(({ isOther }) => isOther)).toBe(false);
});

test('a version with the same words is no change, and two lists of one paper say it once', () => {
  const at = (version: number, text: string, until: Date | null) => ({ itemId: 1, version, title: 'T', text, until });
  const days = [1, 2].map((day) => new Date(Date.UTC(2026, 10, day)));
  const versions = [at(1, 'one', days[0]!), at(2, 'two', days[1]!), at(3, 'two', null)];
  const seen = new Set<string>();
  const options = { lang: 'en', timezone: 'UTC', words: english, seen };
  expect(compareVersions(versions, options).map(({ words }) => words)).toEqual(['What version 2 changed of version 1, Sun 1 Nov 2026']); // prettier-ignore
  expect(compareVersions(versions, options)).toEqual([]);
});

test('the page shows what a new version of the paper changed, newest first, with what went and what came', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const paper = (version: number, title: string, text: string): NewItem => ({ guid: 'p1', kind: 'paper', url: 'https://arxiv.example/1', keys: [], mentions: [], title, authors: ['Ada L.'], text, html: '', lang: 'en', imageUrl: null, durationS: null, publishedAt: new Date('2026-11-18'), contentHash: `${version}`, transcriptState: null, version }); // prettier-ignore
  await saveItems(db, { sourceId: 1, at: new Date('2026-11-19T10:00:00Z') }, [paper(2, 'Attention pays', 'We attend <b>twice</b>. It pays.')]); // prettier-ignore
  await saveItems(db, { sourceId: 1, at: new Date('2026-11-20T10:00:00Z') }, [paper(3, 'Attention pays off', 'We attend <b>twice</b>. It pays.')]); // prettier-ignore
  const { body } = await app.inject('/stories/1');
  const [newest, first, ...others] = [...body.matchAll(/<details class="compare">.*?<\/details>/gs)].map(
    ([one]) => one,
  );
  expect(others).toEqual([]);
  expect(newest).toContain('<summary>What version 3 changed of version 2, Fri 20 Nov 2026</summary>');
  expect(newest).toContain('<strong>Attention pays <ins>off</ins></strong>');
  expect(newest).toContain('>Version 2</h4>');
  expect(first).toContain('<summary>What changed on Thu 19 Nov 2026</summary>');
  expect(first).toContain('We attend <ins>&lt;b&gt;twice&lt;/b&gt;</ins>. It pays.');
  expect((await app.inject({ url: '/stories/1', headers: { 'accept-language': 'de' } })).body).toContain('Was Version 3 an Version 2 geändert hat'); // prettier-ignore
  // A post that is edited is not a paper with versions.
  await db.run(sql`insert into item_history (item_id, at, title, text, content_hash) values (3, now(), 'a', 'b', 'c')`);
  expect((await app.inject('/stories/2')).body).not.toContain('class="compare"');
});

test('a passage of a talk ends behind a sentence after some three lines, the rest is there to be opened', () => {
  const sentence = 'Here is one more sentence of the talk with its words. ';
  const talk = { text: sentence.repeat(12).trim(), startS: 760 };
  const { at, url, begins, rest } = talkPassage(talk, { lang: 'en', url: 'https://video.example/watch?v=1' });
  expect([at, url]).toEqual(['12:40', 'https://video.example/watch?v=1&t=760s']);
  expect(begins).toBe(sentence.repeat(4).trim());
  expect(`${begins} ${rest}`).toBe(talk.text);
  const captions = talkPassage({ text: 'words without a full stop '.repeat(60), startS: 5 }, { lang: 'en', url: null });
  expect(captions.begins.length).toBeLessThan(420);
  expect(captions.begins.endsWith('words') || captions.begins.endsWith('stop') || captions.begins.endsWith('without') || captions.begins.endsWith('a') || captions.begins.endsWith('full')).toBe(true); // prettier-ignore
  expect(talkPassage({ text: 'Short.', startS: 5 }, { lang: 'en', url: null }).rest).toBe('');
});

test('a talk beside a paper shows what it says at the minute that is about it', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.pool.query(`
    delete from segments;
    insert into segments (item_id, position, start_s, text) values
      (2, 1, 0, 'Hello.'), (2, 2, 300, 'By the way.'), (2, 3, 760, 'Attention <pays>. ${'It is said at length. '.repeat(12)}'), (2, 4, 900, 'Bye.');
    insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 2)`);
  const bytes = (vector: number[]) => Buffer.from(Float32Array.from(vector).buffer);
  const vectors: [item: number, segment: number, vector: number[]][] = [[1, 0, [1, 0]], [2, 1, [0, 1]], [2, 2, [0.2, 1]], [2, 3, [1, 0.1]], [2, 4, [0, 1]]]; // prettier-ignore
  for (const [item, segment, vector] of vectors)
    await db.run(
      sql`insert into vectors (item_id, segment, model, vector) values (${item}, ${segment}, 'm', ${bytes(vector)})`,
    );
  const { body } = await app.inject('/stories/1');
  // At the end of the talk's row, too: the same address.
  expect(body).toMatch(/<a class="play" href="[^"]*[?&](?:amp;)?t=\d+s?" aria-label="Play at [\d:]+">▶ [\d:]+<\/a>/);
  const [passage] = /<div class="passage">.*?<\/div>/s.exec(body)!;
  expect(passage).toContain(
    '<a href="https://video.example/watch?v=1&amp;t=760s">At 12:40:</a> Attention &lt;pays&gt;. It is said',
  );
  expect(passage).toContain('<details><summary>Read on</summary>');
  expect(passage.match(/It is said at length\./g)).toHaveLength(12);
});
