// What a reader sees of their profile and changes in it: signals with their weight, rules with their hits, each with undo.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { savePicks } from '../../../core/store/picks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { hostileTitle, seedSentIssue, stateOf } from '../seed-issue.ts';

interface AsReader extends TestApp {
  token: string;
  /** The text of the page, without markup and with single spaces. */
  page: (url: string) => Promise<string>;
}

async function openAsReader(): Promise<AsReader> {
  const opened = await openApp();
  const { app, db } = opened;
  await seedSentIssue(db);
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: ['speech'], length: 5 }], wording: 'x', at: testNow }); // prettier-ignore
  const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
  const page = async (url: string) => (await app.inject(url)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return { ...opened, token, page };
}

const signals = ({ db }: AsReader) =>
  db.rows<{ storyId: number; kind: string; at: Date }>(
    sql`select story_id, kind, at from signals order by story_id, kind`,
  );

describe('what a reader did', () => {
  test('stands on the preferences page at once, with its weight, and can be taken back and brought back as it was', async () => {
    const reader = await openAsReader();
    const { app, db, token, page } = reader;
    const weeksAgo = new Date(testNow.getTime() - 30 * 86_400_000);
    await db.run(sql`insert into signals values (1, 3, 'like', ${weeksAgo})`);
    await app.inject(post(`/signal/${token}/1/dislike`));
    const before = await page(`/preferences/${token}`);
    expect(before).toContain('Second paper liked 4 weeks ago · counts 71%');
    expect(before).toContain('Attention pays asked for less today · counts against, 100%');

    const taken = await app.inject(post(`/signal/${token}/3/like/undo`, { back: 'preferences' }));
    expect((await signals(reader)).map(({ storyId }) => storyId)).toEqual([1]);
    const after = await app.inject(taken.headers.location!);
    expect(after.body).toContain('Taken back.');
    const [, action, at] = /action="(\/signal\/[^"]+)">\s*.*?name="at" value="([^"]+)"/s.exec(after.body)!;
    await app.inject(post(action!, { back: 'preferences', at: at! }));
    expect((await signals(reader))[1]).toEqual({ storyId: 3, kind: 'like', at: weeksAgo });
  });

  test('of two answers to one story one counts, and the page says which', async () => {
    const { db, token, page } = await openAsReader();
    await db.run(sql`insert into signals values (1, 3, 'save', ${testNow}), (1, 3, 'like', ${testNow})`);
    const shown = await page(`/preferences/${token}`);
    expect(shown).toContain('liked today · counts 100%');
    expect(shown).toContain('saved today · does not count beside your other answer');
  });

  test('a removed interest comes back with one button', async () => {
    const { app, token, page } = await openAsReader();
    const removed = await app.inject(post(`/preferences/${token}/interests/remove`, { words: 'speech' }));
    expect(await page(removed.headers.location!)).toContain('Removed. Undo');
    await app.inject(post(`/preferences/${token}/interests`, { words: 'speech' }));
    expect((await app.inject(`/preferences/${token}`)).body).toContain('aria-label="Remove speech"');
  });

  test('a time in the future is no time', async () => {
    const reader = await openAsReader();
    await reader.app.inject(post(`/signal/${reader.token}/3/like`, { at: '2099-01-01T00:00:00Z' }));
    expect((await signals(reader))[0]!.at).toEqual(testNow);
  });
});

describe('rules', () => {
  test('a rule is tried on what went out before it is made, without a script', async () => {
    const { token, page, db } = await openAsReader();
    const before = await stateOf(db);
    const shown = await page(`/preferences/${token}?effect=never&field=word&words=attend`);
    expect(shown).toContain('“attend” would have kept away 1 of the 3 stories of the last four weeks:');
    expect(await page(`/preferences/${token}/rules/preview?effect=only&field=author&words=ada`)).toContain(
      'let through 1 of the 3',
    );
    expect(await page(`/preferences/${token}/rules/preview?effect=always&field=lab&words=evil`)).toContain(
      'put first 1 of the 3',
    );
    expect(await page(`/preferences/${token}/rules/preview?words=nothing+here`)).toContain('hit none of the 3');
    expect(await page(`/preferences/${token}/rules/preview?words=***`)).not.toContain('would have');
    expect(await stateOf(db)).toBe(before);
  });

  test('a hostile title among the hits stays text', async () => {
    const { app, token } = await openAsReader();
    const { body } = await app.inject(`/preferences/${token}/rules/preview?words=alert`);
    expect(body).toContain('&lt;script&gt;');
    expect(body).not.toContain(hostileTitle);
  });

  test('is added, shown with its hits, removed, and brought back', async () => {
    const { app, token, page } = await openAsReader();
    await app.inject(post(`/preferences/${token}/rules`, { effect: 'never', field: 'word', words: ' second  paper ' }));
    await app.inject(post(`/preferences/${token}/rules`, { effect: 'always', field: 'author', words: 'Ada L.' }));
    const shown = await page(`/preferences/${token}`);
    expect(shown).toContain('Never with the words “second paper” 1 story in the last four weeks');
    expect(shown).toContain('your rules would have kept away 1 and put first 1 of 3 stories.');
    const removed = await app.inject(post(`/preferences/${token}/rules/remove`, { id: '1' }));
    const { body } = await app.inject(removed.headers.location!);
    const fields = Object.fromEntries(
      [...body.split('</form>')[0]!.matchAll(/<input type="hidden" name="(effect|field|words)" value="([^"]+)">/g)].map(
        ([, name, value]) => [name!, value!],
      ),
    );
    await app.inject(post(`/preferences/${token}/rules`, fields));
    expect(await page(`/preferences/${token}`)).toContain('Never with the words “second paper”');
  });

  test.each([
    [{ effect: 'sometimes', field: 'word', words: 'x' }, 'Choose always, never or only.'],
    [{ effect: 'never', field: 'shoe', words: 'x' }, 'Choose an author, a source, a lab or words.'],
    [{ effect: 'never', field: 'word' }, 'Type a name or words.'],
    [{ effect: 'never', field: 'word', words: '  ' }, 'Type a name or words to look for.'],
    [{ effect: 'never', field: 'word', words: 'x'.repeat(101) }, 'at most 100 characters'],
  ])('%j is refused in plain words', async (fields, words) => {
    const { app, token, db } = await openAsReader();
    const answer = await app.inject(post(`/preferences/${token}/rules`, fields));
    expect([answer.statusCode, await db.rows(sql`select 1 from rules`)]).toEqual([400, []]);
    expect(answer.body).toContain(words);
  });
});

describe('the private feed', () => {
  async function openFeed() {
    const reader = await openAsReader();
    const { contentHash } = (await reader.db.row<{ contentHash: string }>(sql`select content_hash from issues`))!;
    const stories = [
      { storyId: 1, kind: 'editor' as const, reason: { code: 'editor' as const }, score: 0 },
      {
        storyId: 3,
        kind: 'personal' as const,
        reason: { code: 'matches' as const, words: 'speech' },
        score: 2,
        updated: true as const,
      },
    ];
    await savePicks(reader.db, { issueId: 1, contentHash, ranker: 'x', readers: [{ readerId: 1, stories, unmet: [], profile: { facets: [] } }], now: testNow }); // prettier-ignore
    await reader.app.inject(post(`/preferences/${reader.token}/feed`));
    const { feedToken } = (await reader.db.row<{ feedToken: string }>(sql`select feed_token from readers`))!;
    return { ...reader, feedToken };
  }

  test('holds what was chosen, with reasons, marks and links to pages that give signals', async () => {
    const reader = await openFeed();
    const { app, feedToken, token } = reader;
    const { body, headers } = await app.inject(`/private/${feedToken}/feed.xml`);
    expect(headers['content-type']).toContain('application/atom+xml');
    expect(headers['cache-control']).toContain('private');
    expect([...body.split('</form>')[0]!.matchAll(/<title>([^<]*)/g)].map(([, title]) => title)).toEqual(['Courant, chosen for you', 'Attention pays', 'Second paper']); // prettier-ignore
    expect(body).toContain('Updated since you saw it · matches');
    expect(body).not.toContain(token);
    const link = `/signal/${feedToken}/3/save`;
    expect(body).toContain(link);
    expect((await app.inject(link)).body).not.toContain('/preferences/');
    expect(await signals(reader)).toEqual([]);
    await app.inject(post(link));
    expect(await signals(reader)).toEqual([{ storyId: 3, kind: 'save', at: testNow }]);
  });

  test('what it shows counts as shown, once, in its place; asking for its head shows nothing', async () => {
    const { app, db, feedToken } = await openFeed();
    const shown = () => db.rows(sql`select story_id, issue_id, position from exposures order by position`);
    await app.inject({ method: 'HEAD', url: `/private/${feedToken}/feed.xml` });
    expect(await shown()).toEqual([]);
    for (const _ of [1, 2]) await app.inject(`/private/${feedToken}/feed.xml`);
    expect(await shown()).toEqual([
      { storyId: 1, issueId: 1, position: 1 },
      { storyId: 3, issueId: 1, position: 2 },
    ]);
  });

  test('its address opens nothing else, and leads nowhere once it is changed', async () => {
    const { app, feedToken, token } = await openFeed();
    for (const path of [
      `/preferences/${feedToken}`,
      `/unsubscribe/${feedToken}`,
      `/read/${feedToken}`,
      `/private/${token}/feed.xml`,
    ])
      expect([path, (await app.inject(path)).statusCode]).toEqual([path, 404]);
    await app.inject(post(`/preferences/${token}/feed`));
    expect((await app.inject(`/private/${feedToken}/feed.xml`)).statusCode).toBe(404);
  });

  test('the archive shows the same picks first, and its buttons answer in place', async () => {
    const reader = await openFeed();
    const { app, token, page } = reader;
    expect(await page(`/read/${token}`)).toContain('Issue 1: attention');
    const shown = await page(`/read/${token}/2026-w47`);
    expect(shown).toContain('Updated since you saw it · matches &#39;speech&#39; More like this Less Save');
    const answer = await app.inject(post(`/signal/${token}/3/like`, { back: 'issue 2026-w47' }));
    expect(answer.headers.location).toBe(`/read/${token}/2026-w47#story-3`);
    expect(await page(`/read/${token}/2026-w47`)).toContain('You asked for more Less Save');
    await app.inject(post(`/signal/${token}/3/like/undo`, { back: 'issue 2026-w47' }));
    expect(await signals(reader)).toEqual([]);
  });

  test.each(['https://evil.example', 'issue ../../x', 'issue '])('"%s" is no place to go back to', async (back) => {
    const { app, token } = await openAsReader();
    const answer = await app.inject(post(`/signal/${token}/3/like`, { back }));
    expect(answer.headers.location).toBe(`/signal/${token}/3/like`);
  });
});
