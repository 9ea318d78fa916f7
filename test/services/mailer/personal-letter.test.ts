import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { htmlText } from '../../../core/html-text.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { linksOf } from '../../../core/links.ts';
import { openTemplates } from '../../../core/templates.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { letterAssembler } from '../../../services/mailer/assemble-letter.ts';
import type { TransferEncoding } from '../../../services/mailer/encode-fragment.ts';
import type { LetterReader } from '../../../services/mailer/letter-values.ts';
import { prepareLetter, preparePreview } from '../../../services/mailer/personal-letter.ts';
import { createScratch } from '../../../services/mailer/splice.ts';
import { compileWhole } from './compile-whole.ts';
import { chooseAll, sampleContent } from './sample-issue.ts';

const templates = openTemplates();
const origin = { publication: 'Courant', links: linksOf('https://news.example.org') };
const imprint = { publication: 'Courant', postalAddress: '1 Example Street, Zürich', timezone: 'UTC' };

function readerOf(content: IssueContent, stories = chooseAll(content)): LetterReader {
  return {
    email: 'ada@example.org',
    token: 'abc-123',
    confirmedAt: new Date('2026-10-03T10:00:00Z'),
    stories,
    letterId: 'letter-1',
  };
}

async function compiled(content: IssueContent) {
  return { content, contentHash: hashContent(content), parts: await compileWhole(templates, content, origin) };
}

async function letterOf(content: IssueContent, reader = readerOf(content)) {
  const { html, text, storyIds } = preparePreview(await compiled(content))(reader, imprint);
  return { html, text, storyIds };
}

describe('a letter put together from parts', () => {
  test('is complete: no mark of a slot is left, and none of the sections that are empty', async () => {
    const content = sampleContent();
    const some = chooseAll(content).filter(({ storyId }) => storyId < 103 || storyId > 118);
    const { html, text, storyIds } = await letterOf(content, readerOf(content, some));
    for (const half of [html, text]) {
      expect(half).not.toContain('slot-');
      expect(half).not.toMatch(/Talks &(amp;)? Videos/i);
    }
    // What everybody gets by section, then what is for the reader alone, in the order it was chosen.
    expect(storyIds).toEqual([101, 119, 122, 125, 102, 120, 121, 123, 124]);

    expect(text).toContain(
      'In this letter: 9 stories, 2 minutes to read\nFrom the editors (4): Attention Is All You Need · The Illustrated Transformer · The Bitter Lesson\nFor you (5): speech & “low-rank” adapters\u00a05\n',
    );
  });

  test('leaves out a story that the approved issue does not have', async () => {
    const content = sampleContent(4);
    const stories = [...chooseAll(content), { storyId: 999, kind: 'personal' as const, reason: null }];
    expect((await letterOf(content, readerOf(content, stories))).storyIds).toEqual([101, 104, 102, 103]);
  });

  test('says what it has nothing on, and that the draft suggested what no editor chose', async () => {
    const content = sampleContent(4);
    const suggested = chooseAll(content).map((story) => (story.kind === 'editor' ? { ...story, reason: { code: 'suggested' as const } } : story)); // prettier-ignore
    const { html, text } = await letterOf(content, { ...readerOf(content, suggested), unmet: ['knitting patterns'] });
    expect(text).toMatch(/For everybody \(2\): .+\nFor you \(2\): .+\nNothing on knitting patterns this week\.\n/);
    expect(html).toContain('Nothing on knitting patterns this week.');
    const { text: alone } = await letterOf(content, readerOf(content, suggested.filter(({ kind }) => kind === 'editor').slice(0, 1))); // prettier-ignore
    expect(alone).toMatch(/: 1 story, 1 minute to read\nFor everybody \(1\): [^\n]+\n\n/);
    const { text: personal } = await letterOf(content, readerOf(content, suggested.filter(({ kind }) => kind !== 'editor'))); // prettier-ignore
    expect(personal).toMatch(/: 2 stories, 1 minute to read\nFor you \(2\): [^\n]+\n\n/);
  });

  test('says what the source said, in its own characters', async () => {
    const { html, text } = await letterOf(sampleContent());
    for (const half of [html, text]) {
      expect(half).toContain('大型语言模型中的思维链提示');
      expect(half).toContain('思维链提示让大型语言模型逐步推理。在算术');
    }
    expect(html).toContain('lang="zh"');
    // No words for what is not there.
    expect(html).not.toContain('Editors’ note');
  });
});

describe('a letter on its way', () => {
  const series = { from: { name: 'Courant', address: 'news@example.org' }, subject: 'An issue', list: { name: 'Courant', host: 'news.example.org' }, keys: [] }; // prettier-ignore
  const envelope = { to: 'ada@example.org', date: new Date('2026-11-21T07:00:00Z'), messageId: '<1@example.org>', unsubscribe: 'https://news.example.org/unsubscribe/abc-123' }; // prettier-ignore

  async function sent(content: IssueContent, wanted: TransferEncoding, reader = readerOf(content)): Promise<Buffer> {
    const issue = await compiled(content);
    const { letterFor, encodings } = prepareLetter(issue, imprint, wanted);
    return letterAssembler({ ...series, contentHash: issue.contentHash, encodings })(
      createScratch(),
      letterFor(reader),
      envelope,
    );
  }
  const flat = (text: string | undefined): string => text!.replace(/\s+/g, ' ').trim();

  test.each(['8bit', 'quoted-printable'] as const)(
    'says the same as its proof for readers with other stories, orders and tokens, in lines that SMTP carries: %s',
    async (wanted) => {
      const content = sampleContent();
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(chooseAll(content), { minLength: 1 }),
          fc.stringMatching(/^[\w-]{1,40}$/),
          async (stories, token) => {
            const reader = { ...readerOf(content, stories), token };
            const raw = await sent(content, wanted, reader);
            const lines = raw.toString('latin1').split('\r\n');
            expect(lines.every((line) => line.length <= (wanted === '8bit' ? 998 : 76) || /^[\w-]+: /.test(line))).toBe(
              true,
            );
            expect(lines.some((line) => line.includes('\n'))).toBe(false);
            const mail = await PostalMime.parse(raw);
            const proof = await letterOf(content, reader);
            expect(flat(mail.html)).toBe(flat(proof.html));
            expect(mail.text!.trimEnd()).toBe(proof.text.trimEnd());
          },
        ),
        { numRuns: 15, seed: 20_261_121 },
      );
    },
  );

  test('stays below the size at which Gmail cuts a mail: 25 stories, and 40 in Chinese', async () => {
    expect((await sent(sampleContent(25), '8bit')).length).toBeLessThan(80 * 1024);
    const content = sampleContent(40);
    const chinese = { ...content, cards: content.cards.map((card) => ({ ...card, lang: 'zh', title: '大型语言模型中的思维链提示'.repeat(2), summary: ['思维链提示让大型语言模型逐步推理。'.repeat(6)], sentences: [] })) }; // prettier-ignore
    expect((await sent(chinese, '8bit')).length).toBeLessThan(100 * 1024);
  });

  test('with lines that cannot be broken is quoted-printable', async () => {
    const content = sampleContent(2);
    const long = { ...content, cards: [{ ...content.cards[0]!, title: '思'.repeat(400) }, content.cards[1]!] };
    const raw = await sent(long, '8bit');
    expect(raw.toString('latin1')).not.toContain('Content-Transfer-Encoding: 8bit');
    expect((await PostalMime.parse(raw)).html).toContain('思'.repeat(400));
  });
});

describe('a reader’s own', () => {
  test('preheader names the first of what was chosen for them, and no text of the letter follows it', async () => {
    const content = sampleContent();
    const { html } = await letterOf(content);
    const own = chooseAll(content).filter(({ kind }) => kind === 'personal').slice(0, 3); // prettier-ignore
    const titles = own.map(({ storyId }) => content.cards.find((card) => card.storyId === storyId)!.title);
    const hidden = /<div style="display:none;[^>]*>([\s\S]*?)<\/div>/.exec(html)![1]!;
    expect(hidden.replaceAll('\n', ' ').trimStart()).toMatch(new RegExp(`^${titles.map((title) => htmlText(title).replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join(' · ')}`)); // prettier-ignore
    expect([...hidden.matchAll(/\u034f\u200c/g)].length).toBeGreaterThan(40);
  });

  test('links stay out of what they forward', async () => {
    const { html, text } = await letterOf(sampleContent());
    const forward = decodeURIComponent(/href="(mailto:\?[^"]*)"/.exec(html)![1]!);
    expect(forward).toContain('https://news.example.org/issues/2026-w47');
    expect(forward).toContain('To get Courant by mail: https://news.example.org/#subscribe');
    expect(forward).not.toMatch(/abc-123|letter-1/);
    expect(text).toContain('Was this forwarded to you? Subscribe: https://news.example.org/#subscribe');
  });
});

describe('links', () => {
  test('lead by way of the counter in the letter, with one that nobody sees, and straight in the plain text', async () => {
    const { html, text } = await letterOf(sampleContent());
    expect(html).toContain('href="https://news.example.org/go/letter-1/101/0"');
    expect(html).toMatch(/display:none[^>]*><a href="https:\/\/news\.example\.org\/go\/letter-1\/0\/0" tabindex="-1"/);
    expect(text).toContain('https://example.org/items/1?a=1&b=2');
    expect(text).not.toContain('/go/');
  });

  test('lead straight to the sources in a proof, which counts nothing', async () => {
    const content = sampleContent();
    const parts = await compileWhole(templates, content, { ...origin, direct: true });
    const { letterId: _none, ...reader } = readerOf(content);
    const { html } = preparePreview({ content, contentHash: hashContent(content), parts })(reader, imprint);
    expect(html).not.toContain('/go/');
    expect(html).toContain('href="https://example.org/items/1?a=1&amp;b=2"');
  });
});

describe('what a source wrote', () => {
  test('is never markup and never an address outside http, https and mailto', async () => {
    const { html } = await letterOf(sampleContent());
    expect(html).not.toContain('<img');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &#34;quotes&#34;');
    expect(html).toContain('&lt;b&gt;Hostile&lt;/b&gt; weekly');
  });

  test.each([
    ['liquid', '{{ links.unsubscribe }}{% if true %}x{% endif %}'],
    ['a slot of another letter', 'slot-0123456789abcdef-token-'],
    ['MJML', '</mj-text><mj-raw><script>alert(1)</script></mj-raw>'],
    ['a replacement pattern', "$& $1 $` $'"],
    ['control characters', 'a\u0000b\u001b[31mc'],
  ])('stands as it was written when it is %s', async (_what, title) => {
    const content = sampleContent(4);
    const card = { ...content.cards[1]!, title, url: `https://evil.example/?t=${encodeURIComponent(title)}` };
    const stories = chooseAll(content).map((story) => ({ ...story, reason: { code: 'close' as const, words: title } }));
    const { html, text } = await letterOf(
      { ...content, cards: content.cards.with(1, card) },
      readerOf(content, stories),
    );
    expect(html).toContain(`text-decoration:none">${htmlText(title)}</a>`);
    expect(html).not.toContain('<script');
    // The plain text says where a link leads; neither half carries the reader's token there.
    expect(html).not.toContain('evil.example');
    expect(text.match(/https:\/\/evil\.example\S*/)![0]).not.toContain('abc-123');
  });

  test('adds nothing that tells when a mail is opened, and asks no other server for anything', async () => {
    const { html } = await letterOf(sampleContent());
    expect(html).not.toMatch(/<(img|link|iframe|script|video)\b|@import|@font-face|url\(/i);
    const map = { src: origin.links.picture('0'.repeat(64)), width: 592, height: 320, alt: 'Map of 25 stories', legend: '1 speech' }; // prettier-ignore
    const placed = {
      ...sampleContent(),
      cards: sampleContent().cards.map((card) => ({ ...card, place: { x: 0, y: 0 } })),
    };
    const parts = await compileWhole(templates, placed, { ...origin, map });
    const { html: mapped } = preparePreview({ content: placed, contentHash: hashContent(placed), parts })(
      readerOf(placed),
      imprint,
    );
    const pictures = [...mapped.matchAll(/<img\s[^>]*>/g)].map(([picture]) => picture);
    expect(pictures).toHaveLength(1);
    expect(pictures[0]).toContain(`src="${map.src}" width="592" height="320"`);
    expect(pictures[0]).toContain('alt="Map of 25 stories"');
  });
});

describe('the look of the letter', () => {
  test('recolours every colour it uses when the reader prefers dark', async () => {
    const { html } = await letterOf(sampleContent());
    const used = new Set(
      [...html.matchAll(/style="[^"]*"/g)].flatMap(([style]) => style.match(/#[0-9a-f]{6}\b/g) ?? []),
    );
    // mj-preview hides its text in white on white.
    used.delete('#ffffff');
    expect([...used].toSorted()).toEqual(['#1c1b1a', '#45413c', '#6b6660', '#b4371f', '#e6e1d8', '#f6f2e9', '#fffdf8']);
    const dark = html.slice(html.indexOf('prefers-color-scheme: dark'), html.indexOf('[data-ogsc]'));
    expect(dark.match(/#[0-9a-f]{6}/g)!.toSorted()).toEqual(
      ['#161513', '#211f1c', '#35322e', '#a39d94', '#cfc9bf', '#ece8e1', '#ece8e1', '#ff8a66'].toSorted(),
    );
  });

  test.each([
    ['#fffdf8', ['#1c1b1a', '#45413c', '#6b6660', '#b4371f']],
    ['#f6f2e9', ['#1c1b1a', '#45413c', '#b4371f']],
    ['#161513', ['#ece8e1', '#cfc9bf', '#a39d94', '#ff8a66']],
    ['#211f1c', ['#ece8e1', '#cfc9bf', '#ff8a66']],
  ])('has a contrast of 4.5 or more on %s', (paper, texts) => {
    const luminance = (colour: string): number => {
      const [red, green, blue] = [1, 3, 5].map((at) => {
        const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    for (const text of texts) {
      const [light, dark] = [luminance(paper), luminance(text)].toSorted((a, b) => b - a);
      expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('gives tables no meaning, headings their order, and every link a name', async () => {
    const { html } = await letterOf(sampleContent());
    const shown = html.replace(/<!--[\s\S]*?-->/g, '');
    for (const [table] of shown.matchAll(/<table\b[^>]*>/g)) expect(table).toContain('role="presentation"');
    expect(shown.match(/<h2/g)).toHaveLength(6);
    // A line in brief is a heading, too.
    expect(shown.match(/<h3|role="heading" aria-level="3"/g)).toHaveLength(25);
    for (const [, name] of shown.matchAll(/<a\b[^>]*>([^<]*)<\/a>/g)) expect(name!.trim()).not.toBe('');
    expect(shown).toContain('<html lang="en"');
  });
});

test('a letter links to the map of its issue when a story has a place on it', async () => {
  const content = sampleContent(2);
  const [first, ...rest] = content.cards;
  const placed = { ...content, cards: [{ ...first!, place: { x: 0, y: 0 } }, ...rest] };
  const address = `https://news.example.org/issues/${content.slug}/map`;
  expect((await letterOf(placed)).html).toContain(`href="${address}"`);
  expect((await letterOf(placed)).text).toContain(address);
  expect((await letterOf(content)).html).not.toContain(address);
});
