// The proof on the desk: the letter one reader would get, harmless, and for a new reader what one really gets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { editionSections } from '../../../../core/editions/edition-sections.ts';
import { saveDrafts } from '../../../../core/store/edition-texts.ts';
import { loadIssueContent, type IssueContent } from '../../../../core/store/issue-content.ts';
import { approvedIssue } from '../../../../core/store/issues.ts';
import { addReaders } from '../../../../core/store/readers.ts';
import { saveIssueMap } from '../../../../core/store/issue-maps.ts';
import { savePicture } from '../../../../core/store/pictures.ts';
import { loadRender } from '../../../../core/store/renders.ts';
import { renderHandlers } from '../../../../workers/render/handlers.ts';
import { chooseUnranked } from '../../../../services/admin/issue/proofs.ts';
import { testNow } from '../../open-app.ts';
import { hostileTitle, markSent, seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

describe('the proof', () => {
  test('shows the letter in a frame where nothing hostile runs and no link belongs to a reader', async () => {
    const { get, db } = await openDesk();
    const id = await seedIssue(db);
    await addReaders(db, {
      readers: [{ email: 'a@b.example', interests: ['x'], length: 5 }],
      wording: 't',
      at: testNow,
    });
    const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
    for (const reader of ['', '1', '77', 'x']) {
      const letter = await get(`/desk/issues/${id}/letter?reader=${reader}`);
      expect(letter.statusCode).toBe(200);
      expect(letter.body).toContain('Attention pays');
      expect(letter.body).not.toContain(token);
      expect(letter.body).not.toContain(hostileTitle);
      expect(letter.body).not.toContain('javascript:');
      expect(letter.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    }
  });
});

describe('the proof shows what goes out beside the stories', () => {
  test('the deadlines of who it is for, as they are compiled for letters', async () => {
    const { get, db, house } = await openDesk();
    const id = await seedIssue(db);
    await addReaders(db, { readers: [{ email: 'a@b.example', interests: ['speech'], length: 5 }], wording: 't', at: testNow }); // prettier-ignore
    await db.run(sql`
      insert into deadlines (source_id, key, title, year, due_at, label, place, link, subjects)
      select 1, t, t, 2027, ${new Date(testNow.getTime() + 9 * 86_400_000)}, '', '', 'https://' || t || '.example/', array[subject]
      from (values ('interspeech', 'SP'), ('siggraph', 'CG')) as one(t, subject)`);
    const of = async (query: string) => (await get(`/desk/issues/${id}/letter?${query}`)).body;
    await markSent(db, id);
    const { contentHash } = await approvedIssue(db, id);
    await renderHandlers(house)['issue.render']!({ issueId: id }, new AbortController().signal);
    const parts = (await loadRender(db, { issueId: id, contentHash })).get('en')!;
    const [speech, graphics] = ['SP', 'CG'].map((subject) => parts.find(({ part }) => part.startsWith('deadline:') && part.endsWith(`:${subject}`))!.html); // prettier-ignore
    const own = await of('reader=1');
    expect([own.includes(speech!), own.includes(graphics!)]).toEqual([true, false]);
    expect(own).toContain('Deadlines of your subjects');
    expect(await of('')).not.toContain('Deadlines of your subjects');
  });

  test('the picture that a curator described, once it was fetched, from our own host', async () => {
    const photo = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#a33' } })
      .jpeg()
      .toBuffer();
    const web = createServer((_request, response) => void response.writeHead(200).end(photo));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void web.close());
    const host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
    const { get, db, house, enqueued } = await openDesk('editor', { ALLOW_ADDRESSES: host });
    const id = await seedIssue(db);
    await db.run(sql`update items set image_url = ${`http://${host}/photo.jpg`} where id = 1`);
    await db.run(sql`update issue_stories set alt_text = 'Two robots' where story_id = 1`);
    const letter = async () => (await get(`/desk/issues/${id}/letter`)).body;
    expect(await letter()).not.toContain('Two robots');
    expect(await enqueued()).toEqual([`pictures.fetch {"issueId":${id}}`]);
    await renderHandlers(house)['pictures.fetch']!({ issueId: id }, new AbortController().signal);
    const shown = await letter();
    expect(shown).toMatch(/src="[^"]+\/pictures\/[0-9a-f]{64}\.jpg" width="592" height="296"\s+alt="Two robots"/);
    expect(shown).not.toContain(host);
    // Nothing is asked for again.
    expect(await enqueued()).toHaveLength(1);
  });

  test('the map, as it is drawn for letters, and until the next is drawn the one before', async () => {
    const { get, db, house, enqueued } = await openDesk();
    const id = await seedIssue(db);
    await db.run(sql`update issue_stories set map_x = 0.5, map_y = -0.5 where story_id < 3`);
    const { 'pictures.fetch': draw, 'issue.render': render } = renderHandlers(house);
    const never = new AbortController().signal;
    const mapIn = (html: string) => /<img[^>]*\/pictures\/([0-9a-f]{64})\.png[^>]*>/.exec(html);
    const letter = async () => mapIn((await get(`/desk/issues/${id}/letter`)).body);
    expect(await letter()).toBeNull();
    expect(await enqueued()).toEqual([`pictures.fetch {"issueId":${id}}`]);
    await draw!({ issueId: id }, never);
    const [shown, name] = (await letter())!;
    expect((await get(`/pictures/${name}.png`)).statusCode).toBe(200);
    expect(await enqueued()).toHaveLength(1);
    // Another edit: no pick any more, which the map shows.
    await db.run(sql`update issue_stories set role = 'pool' where story_id = 1`);
    expect((await letter())![1]).toBe(name);
    await draw!({ issueId: id }, never);
    expect((await letter())![1]).not.toBe(name);
    await db.run(sql`update issue_stories set role = 'pick' where story_id = 1`);
    await markSent(db, id);
    await render!({ issueId: id }, never);
    const { contentHash } = await approvedIssue(db, id);
    const parts = (await loadRender(db, { issueId: id, contentHash })).get('en')!;
    expect(mapIn(parts.find(({ part }) => part === 'foot')!.html)![0]).toBe(shown);
  });

  test('maps that no letter has are forgotten with their pictures an hour later, those of letters stay', async () => {
    const { db } = await openDesk();
    const id = await seedIssue(db);
    const mapOf = async (x: number, isKept: boolean, minutes: number) => {
      const at = new Date(testNow.getTime() + minutes * 60_000);
      const cards = [
        { place: { x, y: 0 }, kind: 'paper', role: 'pool', topic: null },
      ] as unknown as IssueContent['cards'];
      const picture = await savePicture(db, { bytes: Buffer.from(`map ${x}`), at });
      const map = { picture, width: 592, height: 320, topics: [], stories: 1 };
      await saveIssueMap(db, { issueId: id, cards, map, isKept, at });
    };
    await mapOf(0.1, false, 0);
    await mapOf(0.2, true, 10);
    await mapOf(0.3, false, 50);
    await mapOf(0.4, false, 70);
    const kept = await db.rows<{ bytes: Uint8Array }>(sql`select bytes from pictures order by created_at`);
    expect(kept.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['map 0.2', 'map 0.3', 'map 0.4']);
  });
});

describe('the language of the proof', () => {
  async function openBilingual() {
    const desk = await openDesk();
    const id = await seedIssue(desk.db);
    await addReaders(desk.db, { readers: ['a', 'b'].map((name) => ({ email: `${name}@b.example`, interests: [], length: 5 })), wording: 't', at: testNow }); // prettier-ignore
    await desk.db.run(sql`update readers set lang = 'de' where id = 1`);
    const sections = editionSections(await loadIssueContent(desk.db, id)).filter(({ storyId }) => storyId < 2);
    const drafts = sections.map(({ storyId, hash, words }) => ({
      storyId, sourceHash: hash, refused: null,
      words: Object.fromEntries(Object.entries(words).map(([field, text]) => [field, `DE ${text}`])),
    })); // prettier-ignore
    await saveDrafts(desk.db, { issueId: id, lang: 'de', name: 'tiny', at: testNow, drafts });
    return {
      ...desk,
      id,
      letter: async (query: string) => (await desk.get(`/desk/issues/${id}/letter?${query}`)).body,
    };
  }

  test('is the one that their letter will have, whatever edition was looked at before', async () => {
    const { letter, get, id } = await openBilingual();
    const isGerman = (html: string) => [html.includes('<html lang="de"'), html.includes('DE Attention pays')];
    expect(isGerman(await letter('reader=1'))).toEqual([true, true]);
    expect(isGerman(await letter('reader=2'))).toEqual([false, false]);
    expect(isGerman(await letter('reader=2&lang=de'))).toEqual([false, false]);
    expect(isGerman(await letter('lang=de'))).toEqual([true, true]);
    expect(isGerman(await letter(''))).toEqual([false, false]);
    expect((await get(`/desk/issues/${id}?pane=letter`)).body).toContain('a@b.example, in German</option>');
  });

  test('is that of a test mail, its subject too', async () => {
    const { send, mail, id } = await openBilingual();
    await send(`/desk/issues/${id}/test-mail?reader=1`);
    expect((await mail()).map(({ subject }) => subject)).toEqual(['Test: DE Issue 1: attention']);
  });
});

describe('a reader of whom nothing is known', () => {
  const cards = (roles: ('pick' | 'pool')[]) =>
    ({ cards: roles.map((role, index) => ({ storyId: index + 1, role })) }) as IssueContent;

  test("gets the picks, each as who made it, then the pool in the editors' order, up to the length", () => {
    expect(
      chooseUnranked(cards(['pool', 'pick', 'pool', 'pick', 'pool']), { length: 4, chosen: new Set([2, 3]) }),
    ).toEqual([
      { storyId: 2, kind: 'editor', reason: { code: 'editor' } },
      { storyId: 4, kind: 'editor', reason: { code: 'suggested' } },
      { storyId: 1, kind: 'personal', reason: { code: 'news' } },
      { storyId: 3, kind: 'personal', reason: { code: 'news' } },
    ]);
  });

  test('gets all picks, however short the letter', () => {
    expect(
      chooseUnranked(cards(['pick', 'pick', 'pool']), { length: 1, chosen: new Set() }).map(({ storyId }) => storyId),
    ).toEqual([1, 2]);
  });

  test('is shown that in the proof for a new reader', async () => {
    const { get, db } = await openDesk();
    const id = await seedIssue(db);
    const { body } = await get(`/desk/issues/${id}/letter`);
    expect(body).toContain('3 stories, 1 minute to read');
    expect(body).toMatch(
      /For everybody<\/strong>[^>]*>[^>]+>[^>]+>[^>]+>[^>]+>2<\/td>[\s\S]+?For you<\/strong>[^>]*>[^>]+>[^>]+>[^>]+>[^>]+>1<\/td>/,
    );
    expect(body).toContain('Second paper');
    expect(body).toContain('new this week');
  });
});
