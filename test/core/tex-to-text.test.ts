import { expect, it } from 'vitest';
import { texToText } from '../../core/tex-to-text.ts';

it.each([
  [String.raw`the noise $\epsilon_\theta$ at step $t$`, 'the noise ε_θ at step t'],
  [String.raw`$\epsilon_\theta(x_t, t)$`, 'ε_θ(x_t, t)'],
  [String.raw`from $O(n^2)$ to $O(n \log n)$`, 'from O(n²) to O(n log n)'],
  [String.raw`$k$-means with $k \leq 10^{-3}$`, 'k-means with k ≤ 10⁻³'],
  [String.raw`$\frac{1}{2}$ of $\mathcal{L}_{\text{simple}}$`, '1/2 of L_(simple)'],
  [String.raw`\emph{DeepRhythm} by G\"odel and Erd\H{o}s`, String.raw`DeepRhythm by Gödel and Erd\H{o}s`],
  [String.raw`95\% of R\&D, Fran\c{c}ois`, '95% of R&D, François'],
  ['It costs $5 or $7 a month, and A_1 stays.', 'It costs $5 or $7 a month, and A_1 stays.'],
  ['between $100 and $200', 'between $100 and $200'],
  ['no TeX at all', 'no TeX at all'],
])('%s reads as %s', (tex, text) => {
  expect(texToText(tex)).toBe(text);
});
