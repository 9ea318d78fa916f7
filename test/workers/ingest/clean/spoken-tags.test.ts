// What people write in angle brackets stays a word; what is markup goes, and takes no word along.
import { describe, expect, test } from 'vitest';
import { cleanHtml, textOf } from '../../../../workers/ingest/clean/clean-html.ts';
import { cleanTitle } from '../../../../workers/ingest/clean/clean-title.ts';
import { escapeSpokenTags } from '../../../../workers/ingest/clean/spoken-tags.ts';

describe.each(['html', 'text'] as const)('a title (%s) keeps words in angle brackets', (titleType) => {
  test.each([
    'Learning to love <table>',
    'What belongs in the <head> of a page',
    'From Array<T> to ReadonlyArray<String>',
    'Result<Vec<u8>, io::Error> and std::map<int, long>',
    'We <heart> compilers',
    'We <3 compilers </3',
    'Never write <script> twice',
    'The <b> tag and the <i> tag',
    'The <em> and </em> tags',
    'Goodbye </font>, we hardly knew you',
    'When a<b and c>d',
    'Shapes: <> and </>, <?php and <!',
    '<Suspense> and </Suspense> explained',
    'An <img> without an address',
    'Use <dialog>',
    'std::vector<int>',
  ])('%s', (title) => {
    expect(cleanTitle({ title, titleType })).toBe(title);
  });

  test.each([
    ['<i>Drosophila</i> in <b class="x">flight</b>', 'Drosophila in flight'],
    ['<p>One</p><p>Two</p>', 'One Two'],
    ['Above<br>below<br/>', 'Above below'],
    ['<img src="a.png" alt="1 > 0">A <em>pic</em>ture', 'A picture'],
    ['<a href="/x">Read</a> more</span>', 'Read more'],
    ['H<sub>2</sub>O', 'H2O'],
    ['a<!-- hidden -->b<!doctype html>', 'ab'],
    ['before<script>if (a<b) run("<script>")</script>after', 'before after'],
    ['A <my-icon name="x"></my-icon>word', 'A word'],
    ['<h2><span>Vec<T></span></h2>', 'Vec<T>'],
  ])('and loses markup: %s', (title, want) => {
    expect(cleanTitle({ title, titleType })).toBe(want);
  });
});

test.each([
  ['The &lt;output&gt; element', 'The <output> element'],
  ['&lt;b&gt; and &lt;/b&gt; &amp;amp; more', '<b> and </b> &amp; more'],
  ['?a=1&copy=2 &copy; 2026', '?a=1&copy=2 © 2026'],
])('entities of an HTML title are read once: %s', (title, want) => {
  expect(cleanTitle({ title, titleType: 'html' })).toBe(want);
});

describe('a body', () => {
  test.each([
    ['<p>A Box<dyn Error> in Rc<RefCell<Node>>.</p>', 'A Box<dyn Error> in Rc<RefCell<Node>>.'],
    ['std::pair<int, long> and Task<Result>', 'std::pair<int, long> and Task<Result>'],
    ['The <dialog> element, the <input> element.', 'The <dialog> element, the <input> element.'],
    ['Put <script> last, <b>always</b>.', 'Put <script> last, always.'],
    ['x<y and y>z, I <3 it </3, <>a</>', 'x<y and y>z, I <3 it </3, <>a</>'],
    ['Open with <?php echo 1 ?> then', 'Open with <?php echo 1 ?> then'],
    ['<pre><code>List<a> l;</code></pre>', 'List<a> l;'],
    ['<div><b>cut off', 'cut off'],
    ['<html><head><title>no</title><body>A page', 'A page'],
    ['<table><tr><td>x<td>y</table><hr noshade>', 'xy'],
    ['<ul><li>one<li>two</ul>', ' * one\n * two'],
    ['<video controls src="/v"></video><iframe src=x></iframe>words', 'words'],
    ['<!-- Vec<T> -->words<script>f<T>()</script>', 'words'],
    ['<o:p>Word</o:p> <lite-youtube videoid="x"></lite-youtube>said', 'Word said'],
  ])('%s', (html, text) => {
    expect(textOf(cleanHtml(html, 'https://blog.example/')).trim()).toBe(text.trim());
  });

  test('hides nothing from the sanitiser: only "<" is rewritten, as an entity', () => {
    const html = '<T <script>alert(1)</script><x onload=y> "<img src=x onerror=z>"';
    expect(escapeSpokenTags(html).replaceAll('&lt;', '<')).toBe(html);
    expect(cleanHtml(html, 'https://blog.example/')).not.toMatch(/<\w/);
  });
});
