// A list of sources pasted at the desk, and downloaded there.
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../../core/store/curators.ts';
import { listSources } from '../../../../core/store/sources.ts';
import { stateOf } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

const path = '/desk/sources/import';
const entry = (at: number): string => `<outline text="Feed ${at} &lt;b&gt;" xmlUrl="https://${at}.example/feed"/>`;
const list = (...outlines: string[]): string => `<opml version="2.0"><body>${outlines.join('')}</body></opml>`;

describe('a list of sources', () => {
  test('is imported, says what came of it, and stands in the audit', async () => {
    const { db, send } = await openDesk();
    const bad = '<outline text="Bad &lt;i&gt;" xmlUrl="ftp://x"/>';
    expect((await send(path, { opml: list(entry(1)) })).body).toContain('1 added, 0 here already, 0 left out.');
    const { body } = await send(path, { opml: list(entry(1), entry(2), entry(1), bad) });
    expect(body).toContain('1 added, 1 here already, 1 left out, 1 twice in the list.');
    expect(body).toContain('<li>Bad &lt;i&gt; <span class="muted">line 1</span></li>');
    expect((await listAudit(db, 'sources'))[0]).toMatchObject({
      action: 'import sources',
      after: { added: 1, known: 1 },
    });
  });

  test('may be as long as thousands of sources are', async () => {
    const { db, send } = await openDesk();
    const opml = list(...Array.from({ length: 3000 }, (_, at) => entry(at)));
    expect((await send(path, { opml })).body).toContain('3000 added');
    expect(await listSources(db)).toHaveLength(3000);
  });

  test('is read beside the pages: the loop turns on while it is', async () => {
    const { send } = await openDesk();
    // Broken in each of its tags, it takes a second or so to read.
    const opml = list(
      ...Array.from(
        { length: 9000 },
        (_, at) => `<outline text="${at} xmlUrl="https://${at}.example/${'x'.repeat(100)}"/>`,
      ),
    );
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns++;
      if (!isOver) setTimeout(turn, 1);
    };
    setTimeout(turn, 1);
    const { body } = await send(path, { opml });
    isOver = true;
    expect(body).toContain('9000 added');
    // Only what forms and rows cost stands still; read in place there are a handful.
    expect(turns).toBeGreaterThan(50);
  });

  test('is downloaded as a file', async () => {
    const { get, send } = await openDesk('editor');
    await send(path, { opml: list(entry(1)) });
    expect((await get('/desk/sources')).body).toContain('href="/desk/sources.opml"');
    const { body, headers } = await get('/desk/sources.opml');
    expect(headers).toMatchObject({ 'content-disposition': 'attachment; filename="sources.opml"', 'cache-control': 'no-store' }); // prettier-ignore
    expect(body).toContain('xmlUrl="https://1.example/feed"');
  });

  test.each([
    ['<opml>\n<body>', 'This is no OPML file: it has no outlines'],
    ['', 'Paste the OPML file'],
    ['  ', 'This is no OPML file'],
    [list('x'.repeat(2_000_000)), 'courant opml import'],
  ])('that is broken (%j) changes nothing and says why', async (opml, words) => {
    const { db, send } = await openDesk();
    const before = await stateOf(db);
    const { statusCode, body } = await send(path, { opml });
    expect(statusCode).toBe(400);
    expect(body).toContain(words);
    expect(await stateOf(db)).toBe(before);
  });

  test('is not imported by a reviewer', async () => {
    const { db, send } = await openDesk('reviewer');
    const before = await stateOf(db);
    expect((await send(path, { opml: list(entry(1)) })).statusCode).toBe(403);
    expect(await stateOf(db)).toBe(before);
  });
});
