// The intro of an issue as page, mail and text: Markdown that a curator wrote, and plain words that were suggested.
import { describe, expect, test } from 'vitest';
import { introHtml, introSource, introText } from '../../../core/letter/intro.ts';

const written = (intro: string) => ({ intro, introIsMarkdown: true });

describe('an intro in Markdown', () => {
  test.each([
    ['paragraphs', 'One.\n\n\nTwo,\nand three.', ['<p>One.</p>', '<p>Two,\nand three.</p>'], ['One.', 'Two,\nand three.']],
    ['emphasis', 'A *week* of **rest**.', ['<p>A <em>week</em> of <strong>rest</strong>.</p>'], ['A week of rest.']],
    ['links', 'See [the map](https://x.example/?a=1&b=2).', ['<p>See <a href="https://x.example/?a=1&amp;b=2">the map</a>.</p>'], ['See the map (https://x.example/?a=1&b=2).']],
    ['a link that is its own address', '[https://x.example/](https://x.example/)', ['<p><a href="https://x.example/">https://x.example/</a></p>'], ['https://x.example/']],
    ['a list', '- one\n- *two*', ['<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>'], ['- one\n- two']],
    ['a numbered list', '3. one\n4. two', ['<ol start="3">\n<li>one</li>\n<li>two</li>\n</ol>'], ['3. one\n4. two']],
    ['markup', '<b>x</b> & <script>y</script>', ['<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;y&lt;/script&gt;</p>'], ['<b>x</b> & <script>y</script>']],
    ['addresses that run', '[x](javascript:alert(1)) [y](data:text/html,z)', ['<p>[x](javascript:alert(1)) [y](data:text/html,z)</p>'], ['[x](javascript:alert(1)) [y](data:text/html,z)']],
    ['headings and pictures, which are none', '# Big\n\n![x](https://x.example/p.png)', ['<p># Big</p>', '<p>!<a href="https://x.example/p.png">x</a></p>'], ['# Big', '!x (https://x.example/p.png)']],
    ['nothing', ' \n ', [], []],
  ])('%s', (_what, intro, ...shown) => {
    expect([introHtml(written(intro)), introText(written(intro))]).toEqual(shown);
  }); // prettier-ignore

  test('in a mail stands without the tag of a paragraph, and its links look like the others', () => {
    expect(introHtml(written('[x](https://x.example/)'), { linkColour: '#b4371f' })).toEqual([
      '<a href="https://x.example/" class="go" style="color:#b4371f">x</a>',
    ]);
  });

  test('takes no longer than its length', () => {
    const hostile = ['*', '_', '[', '](', '**a', '\\'].map((part) => part.repeat(5000).slice(0, 5000));
    for (const intro of hostile) expect(introHtml(written(intro)).length).toBeGreaterThan(0);
  });
});

describe('a plain intro', () => {
  const plain = 'A* search_for [x] \\ <b>.\n\n- no list\n1. none either\n2) nor this';

  test('is shown as it stands, and says the same as Markdown', () => {
    expect(introHtml({ intro: plain })[0]).toBe('<p>A* search_for [x] \\ &lt;b&gt;.</p>');
    const source = introSource({ intro: plain });
    expect(introText(written(source))).toEqual(introText({ intro: plain }));
    expect(introHtml(written(source))).toEqual(introHtml({ intro: plain }));
  });

  test('that was written as Markdown is not escaped twice', () => {
    expect(introSource(written('A *week*.'))).toBe('A *week*.');
  });
});
