// Formulas in posts read as text instead of vanishing.
import { expect, test } from 'vitest';
import { cleanHtml, textOf } from '../../../../workers/ingest/clean/clean-html.ts';
import { cleanTitle } from '../../../../workers/ingest/clean/clean-title.ts';

test.each([
  [
    '<math><semantics><mrow><mi>q</mi></mrow><annotation encoding="application/x-tex">\\alpha^{2} \\leq 1</annotation></semantics></math>',
    'α² ≤ 1',
  ],
  ['<math alttext="\\frac{1}{2}"><mi>?</mi></math>', '1/2'],
  ['<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>', '(a + b)/2'],
  ['<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><msub><mi>y</mi><mi>i</mi></msub></math>', 'x² = y_i'],
  ['<math><msqrt><mi>n</mi></msqrt><mo>&lt;</mo><mroot><mi>m</mi><mn>3</mn></mroot></math>', '√n < ³√m'],
  [
    '<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>i</mi><mo>)</mo></math>',
    '∑_(i = 1)ⁿf(i)',
  ],
  ['<math><mover><mi>x</mi><mo>¯</mo></mover><mtext> of </mtext><mi>X</mi></math>', 'x of X'],
  [
    '<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable></math>',
    '1, 0; 0, 1',
  ],
])('%s', (math, text) => {
  expect(textOf(cleanHtml(`<p>So ${math} holds.</p>`, 'https://a.example/'))).toBe(`So ${text} holds.`);
  expect(cleanTitle({ title: `So ${math} holds`, titleType: 'html' })).toBe(`So ${text} holds`);
});

test('what KaTeX paints beside its MathML is not said twice', () => {
  const painted =
    '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html" aria-hidden="true">x</span></span>';
  expect(textOf(cleanHtml(`<p>So ${painted} holds.</p>`, 'https://a.example/'))).toBe('So x holds.');
});

test('a formula that never ends, is endless or nested without end shows nothing of itself, and nothing acts', () => {
  const nested = `<math>${'<msqrt>'.repeat(5000)}<mi>x</mi>${'</msqrt>'.repeat(5000)}</math>`;
  for (const math of [
    nested,
    `<math><mi>${'x'.repeat(60_000)}</mi></math>`,
    '<math><mi>x',
    '<math><mtext><script>y()</script></mtext></math>',
  ]) {
    expect(cleanHtml(`<p>a</p>${math}<p>b</p>`, 'https://a.example/')).not.toMatch(/<(?!\/?p>)/);
  }
});
