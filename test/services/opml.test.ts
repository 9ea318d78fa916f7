// OPML in and out: folders, duplicates, arXiv and YouTube, broken files; a list comes back as it went.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { addSources, listSources, type NewSource } from '../../core/store/sources.ts';
import { importOpml, readOpml, writeOpml } from '../../services/opml.ts';
import { testDatabase } from '../database.ts';

const sample = '/work/shared/data/samples/rss/nnw_Subs.opml';
const at = new Date('2026-11-20T12:00:00Z');
const outline = (attributes: string): string => `<outline ${attributes}/>`;
const opml = (...outlines: string[]): string =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body>${outlines.join('')}</body></opml>`;

describe('a list is read', () => {
  test('folders within folders; one named as a section gives it', () => {
    const inner = `<outline text="Deep">${outline('text="B &amp;amp; C" xmlUrl="https://b.example/feed" htmlUrl="https://b.example/"')}</outline>`;
    const list = opml(
      outline('text="A" type="rss" xmlUrl="https://a.example/feed"'),
      `<outline text="tools &amp; datasets">${inner}</outline>`,
    );
    expect(readOpml(list)).toEqual({
      sources: [
        { kind: 'feed', title: 'A', url: 'https://a.example/feed', homeUrl: undefined, section: undefined },
        {
          kind: 'feed',
          title: 'B &amp; C',
          url: 'https://b.example/feed',
          homeUrl: 'https://b.example/',
          section: 'tools',
        },
      ],
      refused: [],
    });
  });

  test.each([
    ['http://export.arxiv.org/rss/cs.CL', 'arxiv', 'https://rss.arxiv.org/rss/cs.CL'],
    ['https://rss.arxiv.org/rss/cs.CL+cs.LG', 'arxiv', 'https://rss.arxiv.org/rss/cs.CL+cs.LG'],
    ['http://youtube.com/feeds/videos.xml?channel_id=UCXUPKJO5MZQN11PqgIvyuvQ', 'youtube', 'https://www.youtube.com/feeds/videos.xml?channel_id=UCXUPKJO5MZQN11PqgIvyuvQ'], // prettier-ignore
    ['http://arxiv.example/rss/cs.CL', 'feed', 'http://arxiv.example/rss/cs.CL'],
  ])('%s is of the kind %s', (address, kind, url) => {
    expect(readOpml(opml(outline(`text="X" xmlUrl="${address}"`))).sources).toMatchObject([{ kind, url }]);
  });

  test('each address once, whatever it is spelled like, and what is none is named', () => {
    const { sources, refused } = readOpml(
      opml(
        outline('text="A" xmlUrl="https://a.example/feed/"'),
        outline('text="A again" xmlUrl="http://a.example/feed"'),
        outline('text="Mail" xmlUrl="mailto:a@example.org"'),
        outline('text="Local" xmlUrl="file:///etc/passwd"'),
        outline('text="Private" xmlUrl="https://user:word@a.example/"'),
        outline('text="Nothing" type="rss"'),
        outline('text="A note, no source"'),
      ),
    );
    expect(sources.map(({ title }) => title)).toEqual(['A']);
    expect(refused).toEqual(['Mail', 'Local', 'Private', 'Nothing']);
  });

  test.each([
    ['an empty one', '', 'This is no OPML file'],
    ['words', 'hello', 'This is no OPML file'],
    ['a feed', '<rss><channel/></rss>', 'This is no OPML file: it has no <opml>'],
    ['one without outlines', '<opml><body/></opml>', 'with outlines in its body'],
    ['one cut short', opml(outline('text="A" xmlUrl="https://a.example/"')).slice(0, 90), 'line 1, column'],
    ['one with a tag left open', '<opml>\n<body>\n<outline text="A"></body></opml>', 'line 3, column'],
    ['one without an end', `<opml><body>${'<outline text="x">'.repeat(50_000)}`, 'This is no OPML file'],
    [
      'one without a bottom',
      opml(`${'<outline text="x">'.repeat(50_000)}${'</outline>'.repeat(50_000)}`),
      'This is no',
    ],
  ])('%s says what is wrong', (...[, text, words]) => {
    expect(() => readOpml(text)).toThrow(words);
  });
});

describe('a list is written', () => {
  const given: NewSource[] = [
    { kind: 'feed', title: 'Zoë\'s "notes" <b> & more', url: 'https://a.example/feed?x=1&y=2', homeUrl: 'https://a.example/' }, // prettier-ignore
    { kind: 'arxiv', title: 'cs.CL', url: 'https://rss.arxiv.org/rss/cs.CL', section: 'publications' },
    { kind: 'youtube', title: 'Talks', url: 'https://www.youtube.com/feeds/videos.xml?channel_id=UCXUPKJO5MZQN11PqgIvyuvQ', section: 'talks' }, // prettier-ignore
  ];

  test('and comes back as it went', async () => {
    const db = await testDatabase();
    await addSources(db, given);
    const list = writeOpml(await listSources(db), { title: 'Sources', at });
    await db.run(sql`delete from sources`);
    expect(await importOpml(db, list)).toEqual({ added: 3, known: 0, refused: [] });
    expect(await importOpml(db, list)).toEqual({ added: 0, known: 3, refused: [] });
    const back = await listSources(db);
    for (const source of given) expect(back).toContainEqual(expect.objectContaining(source));
  });

  test('with what a curator has set, which comes back too', async () => {
    const db = await testDatabase();
    await addSources(db, given);
    await db.run(sql`
      update sources set section = 'posts', weight = 2.5, language = 'de', interval_minutes = 360, muted = true,
        status = 'paused', user_agent = 'Mine/1' where id = 1`);
    const list = writeOpml(await listSources(db), { title: 'Sources', at });
    expect(list).toContain('xmlns:courant="urn:courant:source"');
    expect(list).not.toContain('Mine/1');
    await db.run(sql`delete from sources`);
    await importOpml(db, list);
    const back = await listSources(db);
    expect(back.find(({ url }) => url === given[0]!.url)).toMatchObject({
      section: 'posts',
      weight: 2.5,
      language: 'de',
      intervalMinutes: 360,
      muted: true,
      status: 'paused',
    });
    expect(back.find(({ kind }) => kind === 'arxiv')).toMatchObject({ weight: 1, muted: false, status: 'active' });
  });

  test('what does not fit is passed over', () => {
    const own =
      'courant:weight="99" courant:language="../x" courant:interval="0" courant:muted="maybe" courant:section="no"';
    const [source] = readOpml(opml(outline(`text="A" xmlUrl="https://a.example/feed" ${own}`))).sources;
    expect(source).toEqual({ kind: 'feed', title: 'A', url: 'https://a.example/feed' });
  });

  test('without directories, ended sources, headers and secrets', async () => {
    const db = await testDatabase();
    await addSources(db, [
      ...given,
      { kind: 'folder', title: 'Inbox', url: 'file:///srv/inbox' },
      { kind: 'feed', title: 'Ended', url: 'https://ended.example/' },
    ]);
    await db.run(sql`
      update sources set headers = '{"x-plan": "gold"}', secret_header = 'authorization', secret = 's3cret',
        status = case when title = 'Ended' then 'gone' else 'active' end`);
    const list = writeOpml(await listSources(db), { title: 'Sources', at });
    expect(list).toContain('https://a.example/feed?x=1&amp;y=2');
    expect(list).not.toMatch(/inbox|ended|gold|s3cret|authorization/i);
  });
});

test.skipIf(!existsSync(sample))('a real list of 207 feeds comes in whole', async () => {
  const text = readFileSync(sample, 'utf8');
  const addresses = new Set(
    [...text.matchAll(/xmlUrl="([^"]+)"/g)].map(([, url]) => url!.replace(/^https?:\/\/|\/$/g, '')),
  );
  const { sources, refused } = readOpml(text);
  expect(refused).toEqual([]);
  expect(sources).toHaveLength(addresses.size);
  expect(sources.map(({ title }) => title)).toContain('chat & code');
  const db = await testDatabase();
  expect((await importOpml(db, text)).added).toBe(addresses.size);
});
