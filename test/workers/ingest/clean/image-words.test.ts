// Words that blogs write as pictures, scripts and halves of characters are words here.
import { expect, test } from 'vitest';
import { cleanHtml, textOf } from '../../../../workers/ingest/clean/clean-html.ts';
import { cleanTitle } from '../../../../workers/ingest/clean/clean-title.ts';
import { joinHalves } from '../../../../workers/ingest/clean/surrogate-pairs.ts';

const words = (html: string) => textOf(cleanHtml(html, 'https://blog.example/a'));

test.each([
  ['an emoji of WordPress', 'Tea <img class="emoji" alt="🙂" src="https://s.w.org/1f642.svg"> time', 'Tea 🙂 time'],
  ['an emoji without a class', "Tea <img src='x.png' alt='☕'> time", 'Tea ☕ time'],
  ['a formula of WordPress', 'Let <img src="https://s0.wp.com/latex.php?latex=x%5E2" alt="x^2" class="latex"/> grow', 'Let x² grow'],
  ['a formula of a service', 'Let <img alt="\\alpha &lt; 1" src="https://latex.codecogs.com/gif.latex?x"> be', 'Let α < 1 be'],
  ['a formula that MathML says already', 'Let <span class="mwe-math-element"><math><mi>x</mi></math><img class="mwe-math-fallback-image-inline" alt="x" src="x.svg"></span> be', 'Let x be'],
  ['any other picture', 'A <img src="cup.jpg" alt="A cup of tea"> cup', 'A cup'],
  ['a number', 'Step <img src="1.png" alt="1"> one', 'Step one'],
  ['MathML under a prefix', 'Let <mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> be', 'Let x² be'],
  ['a script of TeX', 'Let <span class="MathJax_Preview">x2</span><script type="math/tex">x^2 &lt; 1</script> be', 'Let x² < 1 be'],
  ['any other script', 'Let <script type="text/javascript">x()</script> be', 'Let be'],
  ['an emoji in halves', 'Tea &#55357;&#56898; time &#xD83D;&#xDE42;', 'Tea 🙂 time 🙂'],
])('%s', (_, html, text) => {
  expect(words(`<p>${html}</p>`)).toBe(text);
}); // prettier-ignore

test.each([
  ['On <link rel="preload"> and speed', 'On <link rel="preload"> and speed'],
  ['Fun with <input type="range">', 'Fun with <input type="range">'],
  ['Intro to <!DOCTYPE html>', 'Intro to <!DOCTYPE html>'],
  ['A cup <img src="cup.jpg"> of tea', 'A cup of tea'],
  ['Tea <img class="wp-smiley" alt=":)" src="s.gif"> time', 'Tea :) time'],
  ['On <mml:math><mml:mi>x</mml:mi></mml:math> sums', 'On x sums'],
  ['Tea &#55357;&#56898; time', 'Tea 🙂 time'],
  ['safe<meta http-equiv="refresh" content="0"> words', 'safe words'],
])('a title: %s', (title, text) => {
  expect(cleanTitle({ title, titleType: 'html' })).toBe(text);
});

test('halves that make no character stay as they are', () => {
  for (const text of ['&#55357;x', '&#56898;&#55357;', '&#55357;&#55357;', '&#50000;&#50001;', '&#xD83D;&#x0042;'])
    expect(joinHalves(text)).toBe(text);
});
