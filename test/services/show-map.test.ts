import { describe, expect, it } from 'vitest';
import type { Card } from '../../core/store/issue-content.ts';
import { mathHtml } from '../../services/math-html.ts';
import { overlap, placeLabels } from '../../services/place-labels.ts';
import { showMap } from '../../services/show-map.ts';
import { seededRandom } from '../../core/math/seeded-random.ts';

function card(given: Partial<Card>): Card {
  return {
    storyId: 1, number: 1, section: 'publications', role: 'pool', kind: 'paper', title: 'A paper', url: 'https://a.example/',
    source: 'arXiv', authors: [], lang: 'en', topic: null, minutes: null, summary: [], also: [], imageUrl: null, ...given,
  }; // prettier-ignore
}

describe('labels', () => {
  const random = seededRandom(5);
  const sheet = { width: 640, height: 560 };
  const points = Array.from({ length: 200 }, () => ({ x: random() * 640, y: random() * 560 }));
  const names = Array.from({ length: 14 }, (_, at) => {
    return { label: `Topic of some length ${at}`, at: { x: 250 + random() * 120, y: 200 + random() * 120 } };
  });

  it('lie on no other and inside the sheet, even where all topics crowd', () => {
    const labels = placeLabels(names, { points, sheet, size: 15 });
    expect(labels.length).toBeGreaterThan(5);
    labels.forEach((label, at) => {
      expect(labels.slice(at + 1).filter((other) => overlap(label, other))).toEqual([]);
      expect(Math.abs(label.x - 320) * 2 + label.width).toBeLessThanOrEqual(640.2);
      expect(Math.abs(label.y - 280) * 2 + label.height).toBeLessThanOrEqual(560.2);
    });
  });

  it.each(['Object detection', 'BERT', 'MWMW WMWM', '强化学习与语言模型', 'Obj', 'Über ÄÖÜ'])(
    '%s stays clear of all four edges',
    (label) => {
      for (const [x, y] of [
        [0, 0],
        [640, 0],
        [0, 560],
        [640, 560],
      ] as const)
        for (const size of [15, 30]) {
          const [placed] = placeLabels([{ label, at: { x, y } }], { points: [], sheet, size });
          const room = Math.min(placed!.x - placed!.width / 2, 640 - placed!.x - placed!.width / 2, placed!.y - placed!.height / 2, 560 - placed!.y - placed!.height / 2); // prettier-ignore
          expect(room).toBeGreaterThanOrEqual(size * 0.39);
        }
    },
  );

  it('that are wider than the sheet are cut', () => {
    const [placed] = placeLabels([{ label: '强化学习'.repeat(20), at: { x: 320, y: 280 } }], {
      points: [],
      sheet,
      size: 30,
    });
    expect(placed!.text).toMatch(/^(强化学习)+\S{0,3}…$/u);
    expect(placed!.width).toBeLessThanOrEqual(640);
  });

  it('stand where their topic is when there is room, and beside a point rather than on it', () => {
    const one = { label: 'Speech', at: { x: 300, y: 300 } };
    expect(placeLabels([one], { points: [], sheet, size: 15 })).toMatchObject([one.at]);
    const [moved] = placeLabels([one], { points: [one.at], sheet, size: 15 });
    expect(Math.abs(moved!.y - 300)).toBeGreaterThan(5);
  });
});

describe('the map of an issue', () => {
  it('is none where no story has a place', () => {
    expect(showMap([card({})], String)).toBeNull();
  });

  it('links every story, draws picks last and lists topics by size with the nameless at the end', () => {
    const map = showMap(
      [
        card({ storyId: 7, number: 1, role: 'pick', topic: 'Speech, audio', place: { x: -1, y: -1 } }),
        card({
          storyId: 8,
          number: 2,
          kind: 'video',
          topic: 'Speech, audio',
          place: { x: 1, y: 1 },
          title: 'x'.repeat(90),
        }),
        card({ storyId: 9, number: 3, place: { x: 0, y: 0 } }),
        card({ storyId: 10, number: 4 }),
      ],
      (id) => `#story-${id}`,
    )!;
    expect(map.points.map(({ href, isPick }) => [href, isPick])).toEqual([
      ['#story-8', false],
      ['#story-9', false],
      ['#story-7', true],
    ]);
    expect(map.points.at(-1)).toMatchObject({
      x: 24,
      y: 24,
      title: 'A paper, paper, in Speech, audio',
      tipAnchor: 'start',
    });
    expect(map.points[0]!.tip).toBe(`${'x'.repeat(63)}…`);
    const narrow = showMap([card({ place: { x: 0.2, y: 0 }, title: 'x'.repeat(90) })], String)!;
    expect(narrow.points[0]!.tip.length * 8.5).toBeLessThan(narrow.points[0]!.x);
    expect(map.topics.map(({ number, name, count }) => [number, name, count])).toEqual([
      [1, 'Speech, audio', '2 stories'],
      [2, 'Other', '1 story'],
    ]);
    expect(map.names.map(({ text }) => text)).toEqual(['Speech']);
    const twins = ['Models, speech', 'Models, vision'].flatMap((topic, at) =>
      [0, 1].map((y) => card({ storyId: 2 * at + y, topic, place: { x: at, y } })),
    );
    expect(showMap(twins, String)!.names.map(({ text }) => text)).toEqual(['Models, speech', 'Models, vision']);
    expect(map.numerals.map(({ text }) => text)).toEqual(['1']);
  });
});

describe('formulas', () => {
  it.each([
    [String.raw`noise $\epsilon_\theta$ & more`, 'noise <math><msub><mi>ϵ</mi><mi>θ</mi></msub></math> &amp; more'],
    [String.raw`$\frac{1}{2}$`, '<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'],
    ['costs $5 or $7', 'costs $5 or $7'],
    [String.raw`95\% of <b>`, '95% of &lt;b&gt;'],
    [String.raw`$a<b$`, '<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>'],
    [String.raw`$\nosuch{x}$`, 'nosuchx'],
    [String.raw`\textbf{top-$k$}`, 'top-<math><mi>k</mi></math>'],
  ])('%s', (text, html) => {
    expect(mathHtml(text)).toBe(html);
  });

  it.each([
    ['a space', String.raw`\hspace{1000000em}x`],
    ['a rule', String.raw`\rule{1000000em}{1000000em}`],
    ['a kern', String.raw`a\kern1000000em b`],
    ['another kern', String.raw`a\mkern999999mu b`],
    ['a raised box', String.raw`\raisebox{1000000em}{x}`],
    ['a line break with a length', String.raw`a\\[1000000em] b`],
    ['a macro in a loop', String.raw`\def\a{\a\a}\a`],
    ['a macro that doubles', String.raw`\newcommand\a{xx}\a`],
    ['a fraction bar', String.raw`\genfrac{(}{)}{999999em}{0}{a}{b}`],
  ])('show the source of %s that would burst the page', (_name, tex) => {
    expect(mathHtml(`so $${tex}$ there`)).toBe(`so $${tex}$ there`);
  });

  it.each([
    ['nested roots', `${'\\sqrt{'.repeat(100)}x${'}'.repeat(100)}`],
    ['nested roots without braces', `${'\\sqrt'.repeat(100)} x`],
    ['towers of powers', `${'x^{'.repeat(100)}x${'}'.repeat(100)}`],
    ['a long formula', 'x+'.repeat(400)],
    ['many spaces', 'x\\qquad '.repeat(90)],
    ['many lines', `\\begin{matrix}${'a\\\\'.repeat(100)}\\end{matrix}`],
  ])('show %s as text, which breaks at the end of a line', (_name, tex) => {
    expect(mathHtml(`so $${tex}$ there`)).not.toContain('<math');
  });

  it('show the first hundred formulas of a text as such, all others as text', () => {
    expect(mathHtml('$x^2$ and '.repeat(1000)).split('<math>')).toHaveLength(101);
  });

  it.each([
    String.raw`$\href{javascript:alert(1)}{x}$`,
    String.raw`$\class{a}{x}$`,
    String.raw`$\style{color:red}{x}$`,
    String.raw`$\color{red} x$`,
    String.raw`$\text{<img src=x onerror=alert(1)>}$`,
    String.raw`$\includegraphics{https://evil.example/x.png}$`,
    String.raw`$\def\a{\a\a}\a$`,
    `$${'{'.repeat(900)}$`,
  ])('let nothing in but MathML: %.40s', (text) => {
    const html = mathHtml(text);
    expect(html).not.toMatch(/<(?!\/?m)|style=|class=|href=|\son\w+=["']/);
  });
});
