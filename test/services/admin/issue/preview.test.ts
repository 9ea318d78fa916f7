// The proof on the desk: the letter one reader would get, harmless, and for a new reader what one really gets.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import type { IssueContent } from '../../../../core/store/issue-content.ts';
import { addReaders } from '../../../../core/store/readers.ts';
import { chooseUnranked } from '../../../../services/admin/issue/proofs.ts';
import { testNow } from '../../open-app.ts';
import { hostileTitle, seedIssue } from '../../seed-issue.ts';
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

describe('a reader of whom nothing is known', () => {
  const cards = (roles: ('pick' | 'pool')[]) =>
    ({ cards: roles.map((role, index) => ({ storyId: index + 1, role })) }) as IssueContent;

  test("gets the editors' picks, then the pool in the editors' order, up to the length", () => {
    expect(chooseUnranked(cards(['pool', 'pick', 'pool', 'pick', 'pool']), 4)).toEqual([
      { storyId: 2, kind: 'editor', reason: { code: 'suggested' } },
      { storyId: 4, kind: 'editor', reason: { code: 'suggested' } },
      { storyId: 1, kind: 'personal', reason: { code: 'news' } },
      { storyId: 3, kind: 'personal', reason: { code: 'news' } },
    ]);
  });

  test('gets all picks, however short the letter', () => {
    expect(chooseUnranked(cards(['pick', 'pick', 'pool']), 1).map(({ storyId }) => storyId)).toEqual([1, 2]);
  });

  test('is shown that in the proof for a new reader', async () => {
    const { get, db } = await openDesk();
    const id = await seedIssue(db);
    const { body } = await get(`/desk/issues/${id}/letter`);
    expect(body).toContain('3 stories: 2 for everybody, 1 for you');
    expect(body).toContain('Second paper');
    expect(body).toContain('new this week');
  });
});
