// OPML in and out: folders, duplicates, arXiv and YouTube, broken files; a list comes back as it went.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sql } from '../../core/db.ts';
import { addSources, listSources, type NewSource } from '../../core/store/sources.ts';
import { importOpml } from '../../core/opml/import-opml.ts';
import { writeOpml } from '../../core/opml/write-opml.ts';
import { readOpml } from '../../core/opml/read-opml.ts';
import { decodeText } from '../../workers/ingest/clean/decode.ts';
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
      repeated: 0,
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
    const { sources, refused, repeated } = readOpml(
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
    expect(repeated).toBe(1);
    expect(sources.map(({ title }) => title)).toEqual(['A']);
    expect(refused.map(({ name }) => name)).toEqual(['Mail', 'Local', 'Private', 'Nothing']);
  });

  test.each([
    ['an empty one', ''],
    ['words', 'hello'],
    ['a feed', '<rss><channel/></rss>'],
    ['one without outlines', '<opml><body/></opml>'],
    ['a comment', '<opml><body><!-- <outline text="A" xmlUrl="https://a.example/"/> --></body></opml>'],
    ['one without a bottom', opml(`${'<outline text="x">'.repeat(50_000)}${'</outline>'.repeat(50_000)}`)],
    ['tags alone', '<a>'.repeat(500_000)],
  ])('%s says what is wrong', (...[, text]) => {
    expect(() => readOpml(text)).toThrow('This is no OPML file');
  });

  test.each([
    ['feed://a.example/rss', 'https://a.example/rss'],
    ['feed:https://a.example/rss', 'https://a.example/rss'],
    ['feed:http://a.example/rss', 'http://a.example/rss'],
    ['feed://https://a.example/rss', 'https://a.example/rss'],
    ['FEED:a.example/rss', 'https://a.example/rss'],
    ['itpc://a.example/rss', 'https://a.example/rss'],
    ['pcast://a.example:8080/rss?x=1', 'https://a.example:8080/rss?x=1'],
    ['www.a.example/rss', 'https://www.a.example/rss'],
    ['a.example', 'https://a.example/'],
    ['//a.example/rss', 'https://a.example/rss'],
    [' https://a.example/rss\n', 'https://a.example/rss'],
    ['http://youtube.com/feeds/videos.xml?channel_id=UCXUPKJO5MZQN11PqgIvyuvQ', 'https://www.youtube.com/feeds/videos.xml?channel_id=UCXUPKJO5MZQN11PqgIvyuvQ'], // prettier-ignore
  ])('the address %j is %s', (written, url) => {
    const { sources, refused } = readOpml(opml(outline(`text="X" type="rss" xmlUrl="${written}"`)));
    expect({ urls: sources.map((source) => source.url), refused }).toEqual({ urls: [url], refused: [] });
  });

  const feeds = [
    'text="A" type="rss" xmlUrl="https://a.example/rss"',
    'text="B" type="rss" xmlUrl="https://b.example/rss"',
  ];
  const [a, b] = feeds.map(outline);
  test.each([
    ['with a repeated attribute', opml(outline(`text="A" text="C" ${feeds[0]!.slice(9)}`), b!)],
    ['with a blank line before its declaration', `\n \n${opml(a!, b!)}`],
    ['without the end of its body', opml(a!, b!).replace('</body>', '')],
    ['without the end of anything', opml(a!, b!).replace('</body></opml>', '')],
    ['without the end of a folder', opml(`<outline text="Folder">${a!}`, b!)],
    ['with an end that has no beginning', opml(a!, '</outline></body>', b!)],
    [
      'with a bare & and <',
      opml(
        outline(
          'text="A" title="A & < B" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/?x=1&copy=2"',
        ).replace('title="A & < B"', ''),
        b!,
      ),
    ],
    ['with words between', opml('commas, ', a!, ' & ', b!)],
    [
      'with a quotation mark that stays open before a name',
      opml(outline('text="A xmlUrl="https://a.example/rss" type="rss"'), b!),
    ],
    [
      'with one that stays open at the end',
      opml(`<outline text="A" xmlUrl="https://a.example/rss/>\n`, b!).replace('rss/>', 'rss />'),
    ],
    ['with single marks and spaces', opml("<outline text = 'A' xmlUrl = 'https://a.example/rss' />", b!)],
    ['in capitals', opml(a!, b!).replaceAll('outline', 'OUTLINE').replaceAll('xmlUrl', 'XMLURL')],
    [
      'with HTML entities',
      opml(outline('text="A" note="caf&eacute; &nbsp; &bogus;" xmlUrl="https://a.example/rss"'), b!),
    ],
    ['that is no XML', 'A: xmlUrl="https://a.example/rss", B: "xmlUrl": "https://b.example/rss"'],
  ])('a list %s gives its feeds', (...[, text]) => {
    const { sources, refused } = readOpml(text);
    expect(sources.map(({ url }) => url)).toEqual(['https://a.example/rss', 'https://b.example/rss']);
    expect(refused).toEqual([]);
  });

  test.each([
    ['windows-1251', [0xcd, 0xee, 0xe2, 0xee], 'Ново'],
    ['iso-8859-2', [0xc8, 0x65, 0xb9], 'Češ'],
    ['windows-1252', [0x93, 0x80, 0x94], '“€”'],
    ['gbk', [0xc3, 0xbf, 0xc8, 0xd5], '每日'],
    ['shift_jis', [0x93, 0xfa], '日'],
  ])('a file in %s is decoded as such', (encoding, bytes, name) => {
    const [before, after] = opml(outline('text="NAME" xmlUrl="https://a.example/"')).split('NAME');
    const declared = before!.replace('?>', ` encoding="${encoding}"?>`);
    const file = Buffer.concat([Buffer.from(declared), Buffer.from(bytes), Buffer.from(after!)]);
    expect(readOpml(decodeText(file)).sources[0]?.title).toBe(name);
  });

  test('what cannot be read is named with its line', () => {
    const list = opml(
      '\n',
      outline('text="Mail" xmlUrl="mailto:x@a.example"'),
      '\n',
      a!,
      '\n',
      outline('type="rss" text="None"'),
    );
    expect(readOpml(list).refused).toEqual([
      { name: 'Mail', line: 2 },
      { name: 'None', line: 4 },
    ]);
  });

  test('a folder that is called a feed is a folder', () => {
    const folder = (attributes: string) => `<outline type="rss" ${attributes}>${a!}</outline>`;
    for (const list of [folder('title="tech"'), folder('title="tech" xmlUrl=""'), folder('text="x" url=""')]) {
      expect(readOpml(opml(list))).toMatchObject({ sources: [{ url: 'https://a.example/rss' }], refused: [] });
    }
    expect(readOpml(opml(folder('title="Tools & Datasets"'))).sources).toMatchObject([{ section: 'tools' }]);
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
    expect(await importOpml(db, readOpml(list))).toEqual({ added: 3, known: 0, refused: [], repeated: 0 });
    expect(await importOpml(db, readOpml(list))).toEqual({ added: 0, known: 3, refused: [], repeated: 0 });
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
    await importOpml(db, readOpml(list));
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

  test('with where its captions are, what may be read in full, and lists of deadlines', async () => {
    const db = await testDatabase();
    const options = { captionsUrl: 'https://captions.example/{id}', captionsOnly: true };
    const more: NewSource[] = [
      { ...given[2]!, options },
      { ...given[0]!, options: { fullText: true } },
      { kind: 'deadlines', title: 'Conferences', url: 'https://d.example/list.yml', section: 'posts' },
    ];
    await addSources(db, more);
    const list = writeOpml(await listSources(db), { title: 'Sources', at });
    await db.run(sql`delete from sources`);
    expect(await importOpml(db, readOpml(list))).toEqual({ added: 3, known: 0, refused: [], repeated: 0 });
    const back = await listSources(db);
    for (const source of more) expect(back).toContainEqual(expect.objectContaining(source));
  });

  test('with the kind of each source, also where its address alone does not tell it', async () => {
    const db = await testDatabase();
    const papers = 'https://export.arxiv.org/api/query?id_list=1706.03762&max_results=1';
    const more: NewSource[] = [
      { kind: 'arxiv', title: 'Papers', url: papers },
      { kind: 'arxiv', title: 'A mirror', url: 'https://mirror.example/rss/cs.CL' },
      { kind: 'youtube', title: 'By its page', url: 'https://www.youtube.com/@somebody' },
      { kind: 'feed', title: 'A blog that writes about it', url: 'https://www.youtube.com.example/feed' },
    ];
    await addSources(db, more);
    const list = writeOpml(await listSources(db), { title: 'Sources', at });
    expect(list.match(/courant:kind="\w+"/g)).toEqual(['courant:kind="arxiv"']);
    await db.run(sql`delete from sources`);
    await importOpml(db, readOpml(list));
    const back = await listSources(db);
    for (const source of more) expect(back).toContainEqual(expect.objectContaining(source));
  });

  test('a list of a stranger names no directory of this machine', () => {
    const { sources, refused } = readOpml(
      opml(outline('text="A" xmlUrl="/etc" courant:kind="folder"') + outline('text="B" xmlUrl="file:///etc"')),
    );
    expect({ sources, refused: refused.map(({ name }) => name) }).toEqual({ sources: [], refused: ['A', 'B'] });
  });

  test('of nothing, and read again', () => {
    const list = writeOpml([], { title: 'Sources', at });
    expect(readOpml(list)).toEqual({ sources: [], refused: [], repeated: 0 });
    expect(list).toMatch(/^<\?xml[^]*<body>\s*<outline text="Sources"\/>\s*<\/body>\s*<\/opml>\s*$/);
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
      { kind: 'feed', title: 'A file', url: 'file:///srv/inbox/feed.xml' },
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
  expect((await importOpml(db, readOpml(text))).added).toBe(addresses.size);
});
