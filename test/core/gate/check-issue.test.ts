// The gate: what stops an approval, what asks for a reason, and what passes.
import { describe, expect, test } from 'vitest';
import { checkIssue, checkNames, type CheckName } from '../../../core/gate/check-issue.ts';
import type { GateFacts } from '../../../core/gate/gate-facts.ts';
import { hasTexDebris } from '../../../core/gate/tex-debris.ts';
import type { LinkCheck } from '../../../core/store/gate.ts';
import type { Card, IssueContent } from '../../../core/store/issue-content.ts';

const card = (storyId: number, other: Partial<Card> = {}): Card => ({
  storyId,
  number: storyId,
  section: 'publications',
  role: 'pick',
  kind: 'paper',
  title: `How bees number ${storyId} count`,
  url: `https://papers.example/${storyId}`,
  source: 'Papers',
  authors: [],
  lang: 'en',
  topic: null,
  minutes: null,
  summary: ['Bees count to four.'],
  also: [],
  imageUrl: null,
  ...other,
});
const content = (other: Partial<IssueContent> = {}): IssueContent => ({
  number: 3,
  slug: '2026-w48',
  title: 'Bees that count, and nine more',
  date: '2026-11-28',
  intro: 'Hello.',
  sections: [{ key: 'publications', name: 'Publications' }],
  cards: [card(1), card(2)],
  ...other,
});
const german = { title: 'Wie Bienen zählen', summary: 'Bis vier.', by: 'curator', name: 'Ada' } as const;
const asked = (...checks: LinkCheck[]) => new Map(checks.map((check) => [check.url, check]));
const well = (storyId: number): LinkCheck => ({ url: `https://papers.example/${storyId}`, state: 'ok', why: null });
const fine: GateFacts = {
  content: content(),
  preheader: 'How bees number 1 count · How bees number 2 count',
  links: asked(well(1), well(2)),
  repeated: [],
  withdrawn: [],
  unfounded: [],
  letter: { bytes: 53_000, imagesWithoutAlt: 0, hasUnsubscribe: true },
  postalAddress: 'Street 1, Town',
  lang: 'en',
};
const found = (other: Partial<GateFacts>) => checkIssue({ ...fine, ...other }).filter(({ level }) => level !== 'ok');

test('an issue that is well passes every check', () => {
  expect(found({})).toEqual([]);
  expect(checkIssue(fine).map(({ name }) => name)).toEqual(checkNames);
});

describe('what stands against it', () => {
  test.each<[string, Partial<GateFacts>, `${CheckName} ${'red' | 'amber'}`]>([
    ['a section with nothing in it', { content: content({ sections: [{ key: 'publications', name: 'P' }, { key: 'talks', name: 'Talks' }] }) }, 'stories red'],
    ['no pick', { content: content({ cards: [card(1, { role: 'pool' }), card(2, { role: 'pool' })] }) }, 'stories amber'],
    ['a link that is gone', { links: asked(well(1), { ...well(2), state: 'broken', why: 'answered 404' }) }, 'links red'],
    ['a link that may not be tried', { links: asked(well(1), { ...well(2), state: 'unsure', why: 'answered 403' }) }, 'untried amber'],
    ['a link nobody tried', { links: asked(well(1)) }, 'untried amber'],
    ['a link of a further item that nobody tried', { content: content({ cards: [card(1, { also: [{ label: 'talk', url: 'https://t.example/' }] }), card(2)] }) }, 'untried amber'],
    ['an address no letter may carry', { content: content({ cards: [card(1, { url: 'javascript:alert(1)' }), card(2)] }) }, 'untried amber'],
    ['a story of an issue before', { repeated: [{ storyId: 2, number: 2 }] }, 'repeated red'],
    ['a sentence out of nowhere', { unfounded: [{ storyId: 1, text: 'Bees fly to the moon.' }] }, 'sentences red'],
    ['a pick without a summary', { content: content({ cards: [card(1, { summary: [] }), card(2)] }) }, 'sentences amber'],
    ['a subject that is a date', { content: content({ title: 'The week of 28 November 2026' }) }, 'subject amber'],
    ['a subject nobody can read', { content: content({ title: `Bees ${'and so on '.repeat(12)}` }) }, 'subject amber'],
    ['a subject of one word', { content: content({ title: 'Bees' }) }, 'subject amber'],
    ['no preheader', { preheader: ' ' }, 'preheader amber'],
    ['a letter of 100 KB', { letter: { ...fine.letter!, bytes: 100_000 } }, 'size red'],
    ['a picture without words', { letter: { ...fine.letter!, imagesWithoutAlt: 1 } }, 'alt red'],
    ['no way out', { letter: { ...fine.letter!, hasUnsubscribe: false } }, 'unsubscribe red'],
    ['no postal address', { postalAddress: ' \n' }, 'address amber'],
    ['a withdrawn paper', { withdrawn: [1] }, 'withdrawn red'],
    ['TeX in a summary', { content: content({ cards: [card(1, { summary: ['It is \\alpha times as good.'] }), card(2)] }) }, 'tex amber'],
    ['a pick in another language', { content: content({ cards: [card(1, { lang: 'de' }), card(2)] }) }, 'language amber'],
  ])('%s', (_what, facts, expected) => {
    expect(found(facts).map(({ name, level }) => `${name} ${level}`)).toEqual([expected]);
  }); // prettier-ignore

  test('a pool that fills a section, and one in another language, ask nothing', () => {
    const sections = [...content().sections, { key: 'talks', name: 'Talks' }];
    expect(found({ content: content({ sections, pool: { count: 9, hash: 'x' } }) })).toEqual([]);
    expect(found({ content: content({ cards: [card(1), card(2, { role: 'pool', lang: 'zh' })] }) })).toEqual([]);
  });

  test.each<[string, Partial<GateFacts>, string]>([
    ['an issue in German with picks in English', { lang: 'de' }, '2 picks are not in German'],
    ['an issue in German with one', { lang: 'de', content: content({ cards: [card(1, { lang: 'de' }), card(2)] }) }, '1 pick is not in German'],
    ['an edition with a pick that nobody translated', { content: content({ editions: { de: { 1: german } } }) }, '1 pick is not in German, the language of its edition'],
  ])('%s', (_what, facts, says) => {
    expect(found(facts).map(({ name, level, says: said }) => [name, level, said])).toEqual([['language', 'amber', says]]);
  }); // prettier-ignore

  test('an issue is judged by its own language, an edition by its own', () => {
    const cards = [card(1, { lang: 'de' }), card(2, { lang: 'de' })];
    expect(found({ lang: 'de', content: content({ cards }) })).toEqual([]);
    expect(found({ content: content({ editions: { de: { 1: german, 2: german } } }) })).toEqual([]);
  });

  test('each pick in another language leads to the edition that lacks it, whatever the issue itself says', () => {
    const cards = [card(1, { lang: 'zh' }), card(2)];
    const [finding] = found({ content: content({ cards, editions: { de: { 1: german } } }) });
    expect(finding).toMatchObject({ name: 'language', lang: 'de' });
    expect(finding!.stories.map(({ storyId, lang }) => [storyId, lang])).toEqual([[1, null], [2, 'de']]); // prettier-ignore
  });

  test('a letter that is not measured passes nothing and stops nothing yet', () => {
    expect(found({ letter: null }).map(({ name, level }) => [name, level])).toEqual([['alt', 'waiting'],
      ['contrast', 'waiting'],
      ['names', 'waiting'], ['size', 'waiting'], ['unsubscribe', 'waiting']]); // prettier-ignore
  });

  test('a reason is for what was found, not for more of it', () => {
    const one = found({ unfounded: [{ storyId: 1, text: 'A.' }] })[0]!.finding;
    expect(found({ unfounded: [{ storyId: 1, text: 'A.' }] })[0]!.finding).toBe(one);
    expect(found({ unfounded: [{ storyId: 1, text: 'B.' }] })[0]!.finding).not.toBe(one);
  });
});

test.each([
  ['a loss of $\\epsilon$', true],
  ['x_{i} and y', true],
  ['$O(n)$', true],
  ['$$x$$', true],
  ['\\textbf{Bees}', true],
  ['between $5 and $10', false],
  ['snake_case and 2^10', false],
  ['C:\\ is a drive', false],
  ['$GPT is a coin', false],
])('%s: TeX is left, %s', (text, isLeft) => {
  expect(hasTexDebris(text)).toBe(isLeft);
});

test.each([
  ['words too pale', { letter: { ...fine.letter!, pale: ['#999999 on #ffffff (2.85): Hello'] } }, 'contrast red'],
  ['a link without words', { letter: { ...fine.letter!, nameless: ['https://x.example/'] } }, 'names red'],
  ['a sender whose domain says nothing', { sender: ['x.example has no SPF record.'] }, 'sender amber'],
  ['a sender whose domain is still asked', { sender: null }, 'sender waiting'],
  ['a fault that axe-core finds', { axe: { found: [{ where: 'page', rule: 'heading-order', asks: 'Heading levels should only increase by one', first: '<h4>', count: 2 }] } }, 'axe amber'],
  ['axe-core that did not answer', { axe: { failed: 'it takes more memory than a thread may have' } }, 'axe amber'],
  ['axe-core that still looks', { axe: null }, 'axe waiting'],
  ['points of SpamAssassin at the limit', { spam: { found: { score: 3, limit: 3, rules: ['2.4 Subject is all capitals (SUBJ_ALL_CAPS)'] } } }, 'spam amber'],
  ['SpamAssassin that did not answer', { spam: { failed: 'it took more than 60 s' } }, 'spam amber'],
  ['SpamAssassin that still reads', { spam: null }, 'spam waiting'],
] satisfies [string, Partial<GateFacts>, string][])('%s', (_what, facts, said) => {
  expect(found(facts).map(({ name, level }) => `${name} ${level}`)).toEqual([said]);
}); // prettier-ignore

test('points below the limit pass, and a SpamAssassin that is not there is told in a quiet line', () => {
  const says = (spam: GateFacts['spam']) => checkIssue({ ...fine, ...(spam && { spam }) }).find(({ name }) => name === 'spam')!; // prettier-ignore
  expect(says({ found: { score: 2.94, limit: 3, rules: [] } })).toMatchObject({ level: 'ok', says: 'SpamAssassin gives it 2.9 points; from 3 on it would ask' }); // prettier-ignore
  expect(says({ absent: 'SpamAssassin is not installed.' })).toMatchObject({ level: 'ok', says: 'SpamAssassin is not installed.' }); // prettier-ignore
});

test('a link that is gone is named with its item and its story, and what was not tried is told beside it', () => {
  const talk = { label: 'talk on Talks', url: 'https://v.example/9' };
  const links = asked(well(1), { url: talk.url, state: 'broken', why: 'v.example answered 404' });
  const facts = { links, content: content({ cards: [card(1, { also: [talk] }), card(2)] }) };
  const [gone, untried] = found(facts);
  expect(gone).toMatchObject({ name: 'links', level: 'red', says: '1 link does not answer' });
  expect(gone!.stories).toEqual([{ storyId: 1, title: 'How bees number 1 count', spare: ['https://v.example/9'], lang: null, detail: 'talk on Talks, https://v.example/9, v.example answered 404' }]); // prettier-ignore
  expect(untried).toMatchObject({ name: 'untried', level: 'amber', says: '1 link was not tried yet' });
});

test('what keeps all links from being tried is said once, and several reasons at each story', () => {
  const cards = [1, 2, 3, 4].map((id) => card(id));
  const links = (why: (id: number) => string) => asked(...cards.map(({ storyId, url }) => ({ url, state: 'unsure' as const, why: why(storyId) }))); // prettier-ignore
  const untried = (why: (id: number) => string) => found({ links: links(why), content: content({ cards }) })[0]!;
  const alike = untried(() => 'links are not asked here');
  expect(alike).toMatchObject({ name: 'untried', says: '4 links could not be tried: links are not asked here', stories: [] }); // prettier-ignore
  const apart = untried((id) => `no answer within ${id} s`);
  expect(apart.stories.map(({ detail }) => detail?.split(', ').at(-1))).toEqual([1, 2, 3, 4].map((id) => `no answer within ${id} s`)); // prettier-ignore
});

test('a site that is away is told once with its links counted, and what fails otherwise by its story', () => {
  const cards = [1, 2, 3, 4, 5, 6].map((id) => card(id));
  const links = asked(...cards.map(({ storyId, url }) => ({ url, state: 'unsure' as const, why: storyId < 5 ? 'papers.example gave no answer' : `x.example answered 50${storyId}` }))); // prettier-ignore
  const [untried] = found({ links, content: content({ cards }) });
  expect(untried).toMatchObject({ name: 'untried', says: '4 links could not be tried: papers.example gave no answer; 2 other links could not be tried' }); // prettier-ignore
  expect(untried!.stories.map(({ storyId }) => storyId)).toEqual([5, 6]);
  expect(untried!.stories[0]!.detail).toContain('x.example answered 505');
});

test('sites that are all away for one reason are counted, not told link by link', () => {
  const cards = [1, 2, 3, 4, 5].map((id) => card(id, { url: `https://s${id % 2}.example/${id}` }));
  const links = asked(...cards.map(({ url }) => ({ url, state: 'unsure' as const, why: `${new URL(url).hostname}: nobody knows the name ${new URL(url).hostname}` }))); // prettier-ignore
  const [untried] = found({ links, content: content({ cards }) });
  expect(untried).toMatchObject({ name: 'untried', says: '5 links could not be tried: s1.example: nobody knows the name s1.example; the same of 1 other site', stories: [] }); // prettier-ignore
});

test('a sender is said to be who it says only where somebody was asked', () => {
  const says = (facts: Partial<GateFacts>) =>
    checkIssue({ ...fine, ...facts }).find(({ name }) => name === 'sender')!.says;
  expect(says({ sender: [] })).toBe('The sender is who it says: SPF, DKIM, DMARC');
  expect(says({})).toContain('nobody was asked');
});
