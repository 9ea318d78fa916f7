// The short way through the sanitiser is only allowed where it ends where the long way ends.
import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { expect, test } from 'vitest';
import { cleanHtml } from '../../../../workers/ingest/clean/clean-html.ts';
import { cleanPlainHtml } from '../../../../workers/ingest/clean/plain-html.ts';
import { attackStrings } from '../attack-strings.ts';

const base = 'https://blog.example/post/';
const keepLink = (href: string) => (href.startsWith('https:') ? href : undefined);

/** The sanitiser with the tags of the short way and none of its rules. */
function sanitised(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: ['p', 'br', 'b', 'strong', 'i', 'em', 'a'],
    allowedAttributes: { a: ['href'] },
    transformTags: {
      a: (tagName, { href = '' }) => {
        const kept = keepLink(href);
        return { tagName, attribs: kept === undefined ? {} : { href: kept } };
      },
    },
  });
}

const pieces = [
  ...'<p> </p> <b> </b> <i> </i> <em> </em> <strong> </strong> </a> <br> <br/> <p/> <a> </br> <!-- -->'.split(' '),
  ...'<A HREF=x> <script> < > & &amp; &lt; &nbsp; &#60; " \' 日本 <a href="https://a.example/">'.split(/ (?!h)/),
  ...'<a href="javascript:x">|<a href="">|<a href=" https://b.example/x y">|<p class="x">|words of a text'.split('|'),
  ...'\r\n|\n| |\u00a0|\u2028|<br />'.split('|'),
];

test('whatever takes the short way comes out as from the sanitiser', () => {
  let taken = 0;
  const html = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
  const nested = fc
    .array(fc.constantFrom('b', 'i', 'em', 'strong', 'p'), { maxLength: 6 })
    .map((names) =>
      [...names.map((name) => `<${name}>`), 'words &amp; more', ...names.toReversed().map((name) => `</${name}>`)].join(
        '',
      ),
    );
  fc.assert(
    fc.property(fc.oneof(html, nested), (text) => {
      const short = cleanPlainHtml(text, keepLink);
      if (short === undefined) return;
      taken++;
      expect(short).toBe(sanitised(text));
    }),
    { numRuns: 20_000, seed: 20_261_121 },
  );
  expect(taken).toBeGreaterThan(1000);
});

test('no attack string comes out of the short way otherwise than out of the sanitiser', () => {
  const other = attackStrings.filter((html) => {
    const short = cleanPlainHtml(html, keepLink);
    return short !== undefined && short !== sanitised(html);
  });
  expect(other).toEqual([]);
});

test.each([
  ['<p>A <b>bold</b> word.</p><p>B</p>', '<p>A <b>bold</b> word.</p><p>B</p>'],
  ['one<br>two', 'one<br />two'],
  ['see <a href="../x">it</a>', 'see <a href="https://blog.example/x">it</a>'],
  ['see <a href="http://127.0.0.1/">it</a>', 'see <a>it</a>'],
  ['see <a href="java\tscript:x">it</a>', 'see <a>it</a>'],
  ['<p>never closed', '<p>never closed</p>'],
  ['a'.repeat(500), `${'a'.repeat(80)}…`],
])('%s', (html, clean) => {
  expect(cleanHtml(html, base)).toBe(clean);
});
