// Every check of the gate has a way to what it found, or says why the desk has none.
import { expect, test } from 'vitest';
import { checkNames, type CheckName } from '../../../../core/gate/check-issue.ts';
import { sql } from '../../../../core/db.ts';
import { editionSections } from '../../../../core/editions/edition-sections.ts';
import { saveDrafts } from '../../../../core/store/edition-texts.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { fixOf, gateFixes } from '../../../../services/admin/issue/gate-fixes.ts';
import { readView } from '../../../../services/admin/issue/issue-view.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

const at = { issueId: 7, view: readView({ query: {} } as Parameters<typeof readView>[0]) };

/** Where each leads when it is about story 5, and what has the focus there; null is why there is none. */
const fixes: Record<CheckName, readonly [href: string, focus?: string] | null> = {
  stories: ['/desk/issues/7'],
  links: ['/desk/issues/7?part=sources&pane=story&story=5', 'split-of'],
  untried: ['/desk/issues/7?part=sources&pane=story&story=5'],
  repeated: ['/desk/issues/7?pane=story&story=5', 'role-of'],
  sentences: ['/desk/issues/7?part=summary&pane=story&story=5', 'summary-of-5'],
  subject: ['/desk/issues/7?pane=story#subject', 'subject'],
  preheader: ['/desk/issues/7?pane=story#preheader', 'preheader'],
  alt: null,
  contrast: ['/desk/settings#accent'],
  names: ['/desk/issues/7?pane=story#intro', 'intro'],
  axe: ['/desk/issues/7?pane=story#intro', 'intro'],
  size: ['/desk/issues/7?show=picks'],
  unsubscribe: null,
  address: ['/desk/settings#postalAddress'],
  sender: ['/desk/settings#mailFrom'],
  spam: ['/desk/issues/7?pane=story#subject', 'subject'],
  withdrawn: ['/desk/issues/7?pane=story&story=5', 'role-of'],
  tex: ['/desk/issues/7?part=summary&pane=story&story=5', 'summary-of-5'],
  language: ['/desk/issues/7?pane=story&story=5', 'role-of'],
  editions: ['/desk/issues/7/editions/de#section-5'],
};

test.each(checkNames.map((name) => [name] as const))('what “%s” finds has a fix, or a reason why not', (name) => {
  const fix = fixOf(at, { name, lang: name === 'editions' ? 'de' : null }, 5);
  expect(fix && [fix.href, ...(fix.focus ? [fix.focus] : [])]).toEqual(fixes[name]);
  const row = gateFixes[name];
  const why = 'noFix' in row ? row.noFix.includes('Tell who runs this site.') : null;
  expect(why).toBe(fixes[name] === null ? true : null);
});

test('links that were not tried and are of no one story are opened in the letter', () => {
  expect(fixOf(at, { name: 'untried', lang: null })).toMatchObject({
    href: '/desk/issues/7?pane=letter#letter',
    words: 'open them',
  });
});

test('each fix of the page leads to what is there; what passes is one closed line below', async () => {
  const { db, get } = await openDesk();
  const id = await seedIssue(db);
  await db.run(sql`update issues set title = 'The week' where id = ${id}`);
  await db.run(sql`update issue_stories set summary = '{Nobody wrote this.}' where story_id = 1`);
  const [opening] = editionSections(await loadIssueContent(db, id));
  await saveDrafts(db, { issueId: id, lang: 'de', name: 'tiny', at: testNow, drafts: [{ storyId: 0, sourceHash: opening!.hash, words: { title: 'Die Woche' }, refused: null }] }); // prettier-ignore
  const { body } = await get(`/desk/issues/${id}`);
  const fixed = [...body.matchAll(/<a id="fix-(\w+)" href="([^"]+)"(?: data-focus="([^"]+)")?/g)];
  const open = ['sentences', 'untried', 'subject', 'address', 'language', 'editions'];
  expect(fixed.map(([, name]) => name)).toEqual(open);
  for (const [, name, href, focus] of fixed) {
    const [path, anchor] = href!.replaceAll('&amp;', '&').split('#');
    const page = await get(path!);
    expect([name, page.statusCode]).toEqual([name, 200]);
    for (const target of [anchor, focus].filter(Boolean)) expect(page.body).toContain(`id="${target}"`);
  }
  const passing = body.slice(body.indexOf('id="gate-passing"')).split('</details>')[0]!;
  expect(passing).toMatch(/^id="gate-passing">\s*<summary>.*\d+ checks pass<\/summary>/);
  expect(passing).toContain('No withdrawn paper');
  expect(body.slice(0, body.indexOf('id="gate-passing"'))).not.toContain('No withdrawn paper');
  expect(body.indexOf('stands in no source')).toBeLessThan(body.indexOf('id="gate-passing"'));
});
