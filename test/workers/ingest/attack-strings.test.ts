// The corpus of attack strings through the door: whatever is left is of the few elements we keep, and no part of it acts.
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { cleanItem } from '../../../workers/ingest/clean/clean.ts';
import { blankItem } from '../../../workers/ingest/parsed-item.ts';
import { attackStrings, hostileAddresses } from './attack-strings.ts';

const door = { url: 'https://blog.example/feed.xml', language: 'en', now: new Date('2026-11-21T12:00:00Z') };
const kept = new Set(
  'p br hr h2 h3 h4 h5 h6 blockquote pre code a b strong i em sub sup ul ol li dl dt dd table thead tbody tr th td'.split(
    ' ',
  ),
);

test('the corpus has at least 300 strings, all different', () => {
  expect(new Set(attackStrings).size).toBeGreaterThanOrEqual(300);
});

test('of every attack as content only harmless elements come through, and links to public web addresses', () => {
  const passed = attackStrings.filter((content) => actsIn(cleaned({ content }).html));
  expect(passed).toEqual([]);
});

test('of every attack as summary, too', () => {
  expect(attackStrings.filter((summary) => actsIn(cleaned({ summary }).html))).toEqual([]);
});

test.each(['text', 'html'] as const)('as a title (%s) it is one line of plain text with an end', (titleType) => {
  for (const title of attackStrings) {
    const item = cleaned({ title, titleType, content: '<p>Words.</p>' });
    expect(item.title).not.toMatch(/[\n\r\0]/);
    expect(item.title.length).toBeLessThanOrEqual(500);
  }
});

test('an address that is no web address is none', () => {
  for (const address of hostileAddresses) {
    const item = cleaned({ imageUrl: address, link: address });
    expect(item.url).toMatch(/^https?:\/\/[^\s"<>]+$/);
    expect(item.imageUrl ?? 'https://none').toMatch(/^https?:\/\/[^\s"<>]+$/);
  }
});

/** An identifier of the web stands in for a refused link, as feeds have it. */
function cleaned(fields: Partial<typeof blankItem>) {
  return cleanItem(
    { ...blankItem, id: 'https://blog.example/a', title: 'A title', link: 'https://blog.example/a', ...fields },
    door,
  )!;
}

function actsIn(html: string): boolean {
  const { document } = parseHTML(`<!doctype html><body>${html}</body>`);
  return [...document.body.querySelectorAll('*')].some((element) => {
    const name = element.localName;
    const attributes = [...element.attributes];
    const odd = attributes.some(({ name: attribute }) => name !== 'a' || attribute !== 'href');
    const href = element.getAttribute('href');
    return !kept.has(name) || odd || (href !== null && !/^(https?:\/\/|mailto:)/.test(href));
  });
}
