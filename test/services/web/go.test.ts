// Links of a letter: they lead where the approved issue says, and count only what a person opened.
import { beforeEach, describe, expect, test } from 'vitest';
import { clickPurpose, letterSigner, readClick, readLetter, signClick } from '../../../core/mail/click-id.ts';
import { sql } from '../../../core/db.ts';
import { keyFor } from '../../../core/crypto/secret-key.ts';
import { recordClick, type MachineReason } from '../../../core/store/clicks.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

const readerId = 1;
const issueId = 1;
let opened: TestApp;

/** An issue that was sent to one reader a minute ago. */
beforeEach(async () => {
  opened = await openApp();
  const { db } = opened;
  await seedSentIssue(db);
  await db.run(
    sql`insert into readers (email, token, status) values ('ada@readers.example', 'token-of-ada', 'active')`,
  );
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, state, content_hash, changed_at)
    values (1, 1, 'submitted', 'x', ${new Date(testNow.getTime() - 60_000)})`);
});

async function idOf(storyId: number): Promise<string> {
  return signClick(await keyFor(opened.house, clickPurpose), { readerId, issueId, storyId });
}
test('a story that no database could number is no story', async () => {
  const sign = letterSigner(await keyFor(opened.house, clickPurpose));
  const letter = sign({ readerId, issueId });
  for (const story of ['2147483648', '9999999999', '01', '-1']) {
    expect((await opened.app.inject(`/go/${letter}/${story}/0`)).statusCode).toBe(404);
  }
  expect((await opened.app.inject(`/go/${letter}/1/0`)).statusCode).toBe(302);
});
const signals = () => opened.db.rows(sql`select story_id, kind from signals order by story_id`);
const machines = async () =>
  (await opened.db.rows<{ machine: MachineReason | null }>(sql`select machine from clicks order by id`)).map(
    ({ machine }) => machine,
  );

test.each<[string, number, number, number, string | undefined]>([
  ['the headline', 1, 0, 302, 'https://arxiv.example/1'],
  ['the talk beside it', 1, 1, 302, 'https://video.example/watch?v=1'],
  ['an item it does not have', 1, 2, 404, undefined],
  ['an address that is none', 2, 0, 404, undefined],
  ['a story that is not in the issue', 9, 0, 404, undefined],
  ['the link nobody sees', 0, 0, 302, 'http://courant.test/'],
])('%s', async (_what, ...[storyId, link, status, location]) => {
  const answer = await opened.app.inject(`/go/${await idOf(storyId)}/${link}`);
  expect([answer.statusCode, answer.headers.location]).toEqual([status, location]);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('a letter has one id for all its links, and nobody else can make one', async () => {
  const key = await keyFor(opened.house, clickPurpose);
  const id = letterSigner(key)({ readerId, issueId });
  expect(id).toMatch(/^[\w-]{27}$/);
  expect(readLetter(key, id)).toEqual({ readerId, issueId });
  expect(readLetter(Buffer.alloc(32, 8), id)).toBeUndefined();
  const answer = await opened.app.inject(`/go/${id}/1/1`);
  expect([answer.statusCode, answer.headers.location]).toEqual([302, 'https://video.example/watch?v=1']);
  expect((await opened.app.inject(`/go/${id}/0/0`)).statusCode).toBe(302);
  expect((await opened.app.inject(`/go/${id.slice(0, -2)}xx/1/0`)).statusCode).toBe(404);
});

test('an opened link counts once as a click, with its time', async () => {
  const url = `/go/${await idOf(3)}/0`;
  await opened.app.inject(url);
  await opened.app.inject(url);
  expect(await signals()).toEqual([{ storyId: 3, kind: 'click' }]);
  expect(await machines()).toEqual([null, null]);
});

test('a link test by HEAD gets the address and counts nothing', async () => {
  const answer = await opened.app.inject({ method: 'HEAD', url: `/go/${await idOf(3)}/0` });
  expect([answer.statusCode, await signals(), await machines()]).toEqual([302, [], ['head']]);
});

test('a link nobody signed leads nowhere and counts nothing', async () => {
  const good = await idOf(3);
  const forged = [
    good.replace(/^./, 'B'),
    good.slice(0, 31) + (good.endsWith('A') ? 'Q' : 'A'),
    'x'.repeat(32),
    good.slice(1),
    `${good}A`,
  ];
  for (const id of forged) expect((await opened.app.inject(`/go/${id}/0`)).statusCode).toBe(404);
  expect([await signals(), await machines()]).toEqual([[], []]);
});

describe('a program', () => {
  const sentAt = testNow.getTime() - 60_000;
  /** Clicks as [story (0: the unseen link), milliseconds after sending]. */
  test.each<[string, [number, number][], (MachineReason | null)[], number[]]>([
    ['is as quick as no person after sending', [[1, 1499]], ['early'], []],
    ['a person takes longer', [[1, 1501]], [null], [1]],
    [
      'opens several stories within a second',
      [
        [1, 5000],
        [3, 5999],
      ],
      ['burst', 'burst'],
      [],
    ],
    [
      'a person opens one after another',
      [
        [1, 5000],
        [3, 6001],
      ],
      [null, null],
      [1, 3],
    ],
    [
      'a person clicks twice',
      [
        [1, 5000],
        [1, 5100],
      ],
      [null, null],
      [1],
    ],
    [
      'follows the link nobody sees, and others around it',
      [
        [1, 20_000],
        [0, 30_000],
        [3, 50_000],
      ],
      ['trap', 'trap', 'met'],
      [],
    ],
    [
      'takes seconds for each link, and hours for all',
      [
        [1, 20_000],
        [3, 28_000],
        [0, 7_200_000],
        [2, 14_400_000],
      ],
      ['trap', 'trap', 'trap', 'met'],
      [],
    ],
    [
      'was there, and nobody can tell who comes another day',
      [
        [0, 5000],
        [3, 86_400_000],
      ],
      ['trap', 'met'],
      [],
    ],
    [
      'was there before, slowly, when it gives itself away',
      [
        [1, 5000],
        [1, 9000],
        [3, 9100],
      ],
      ['burst', 'burst', 'burst'],
      [],
    ],
    [
      'hours after a person, who had opened one',
      [
        [1, 5000],
        [0, 25_200_000],
      ],
      [null, 'trap'],
      [1],
    ],
  ])('%s', async (_what, ...[clicks, expected, counted]) => {
    for (const [storyId, ms] of clicks) {
      const at = new Date(sentAt + ms);
      await recordClick(opened.db, { readerId, issueId, storyId: storyId || null, at, isHead: false });
    }
    expect(await machines()).toEqual(expected);
    expect(await signals()).toEqual(counted.map((storyId) => ({ storyId, kind: 'click' })));
  });

  /** A letter of twelve stories, and its links opened in this order, eight seconds apart. */
  async function openInOrder(order: number[]): Promise<(MachineReason | null)[]> {
    const { db } = opened;
    await db.run(sql`insert into stories (first_seen, changed_at) select now(), now() from generate_series(4, 12)`);
    await db.run(sql`update deliveries set story_ids = array(select generate_series(1, 12))`);
    for (const [index, storyId] of order.entries()) {
      const at = new Date(sentAt + 20_000 + index * 8000);
      await recordClick(db, { readerId, issueId, storyId, at, isHead: false });
    }
    return machines();
  }

  test('opens nearly every story of a letter in order, however slowly: none counts', async () => {
    expect(new Set(await openInOrder([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]))).toEqual(new Set(['sweep', 'met']));
    expect(await signals()).toEqual([]);
  });

  test('a person opens seven of twelve in order, or ten as they please', async () => {
    expect(new Set(await openInOrder([1, 2, 3, 5, 8, 9, 12]))).toEqual(new Set([null]));
    await opened.db.run(sql`truncate clicks, signals`);
    expect(new Set(await openInOrder([7, 1, 12, 3, 11, 2, 9, 4, 10, 5]))).toEqual(new Set([null]));
  });

  test('opens links of a letter that is still being handed over', async () => {
    await opened.db.run(sql`update deliveries set state = 'leased'`);
    expect(await recordClick(opened.db, { readerId, issueId, storyId: 1, at: testNow, isHead: false })).toBe('early');
  });

  test('was there before a person: a story whose page is used counts, the others do not', async () => {
    await recordClick(opened.db, { readerId, issueId, storyId: 1, at: new Date(sentAt + 5000), isHead: true });
    for (const [storyId, ms] of [[1, 50_000], [3, 55_000]] as const)
      expect(await recordClick(opened.db, { readerId, issueId, storyId, at: new Date(sentAt + ms), isHead: false })).toBe('met'); // prettier-ignore
    expect(await signals()).toEqual([]);
    const { token } = (await opened.db.row<{ token: string }>(sql`select token from readers where id = ${readerId}`))!;
    await opened.app.inject(post(`/signal/${token}/3/save`));
    expect(await signals()).toEqual([
      { storyId: 3, kind: 'click' },
      { storyId: 3, kind: 'save' },
    ]);
  });

  test('a click of a reader who is gone is forgotten', async () => {
    await opened.db.run(sql`delete from readers`);
    expect((await opened.app.inject(`/go/${await idOf(3)}/0`)).statusCode).toBe(302);
    expect(await machines()).toEqual([]);
  });
});

test('an id is 32 characters for an address and holds what was signed', () => {
  const key = Buffer.alloc(32, 7);
  const target = { readerId: 4_294_967_295, issueId: 12, storyId: 0 };
  const id = signClick(key, target);
  expect(id).toMatch(/^[\w-]{32}$/);
  expect(readClick(key, id)).toEqual(target);
  expect(readClick(Buffer.alloc(32, 8), id)).toBeUndefined();
});
