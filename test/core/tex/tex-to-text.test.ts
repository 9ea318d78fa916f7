import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulasIn } from '../../../core/tex/find-formula.ts';
import { texToText } from '../../../core/tex/tex-to-text.ts';

describe('TeX reads as text', () => {
  it.each([
    [String.raw`the noise $\epsilon_\theta$ at step $t$`, 'the noise ε_θ at step t'],
    [String.raw`$\epsilon_\theta(x_t, t)$`, 'ε_θ(x_t, t)'],
    [String.raw`from $O(n^2)$ to $O(n \log n)$ or $O(n\log n)$`, 'from O(n²) to O(n log n) or O(n log n)'],
    [String.raw`$k$-means with $k \leq 10^{-3}$`, 'k-means with k ≤ 10⁻³'],
    [String.raw`$\frac{1}{2}$ of $\mathcal{L}_{\text{simple}}$`, '1/2 of L_(simple)'],
    [String.raw`$\frac{a+b}{\sqrt{x+1}}$ or $\sqrt[3]{2}$`, '(a+b)/(√(x+1)) or ∛2'],
    [String.raw`$\mathbb{R}^{2k}$, $\mathbb Z_{2q}$, $\hat{S}^2$`, 'ℝ²ᵏ, ℤ_(2q), Ŝ²'],
    [String.raw`${'$'}{\rm La_3Ni_2O_7}$ and La$_{1-x}$Sr$_{x}$, Mn$^{2+}$`, 'La₃Ni₂O₇ and La₁₋ₓSrₓ, Mn²⁺'],
    [String.raw`CH$_2$$^{79}$Br, cm$^-1$, $B$20, ($\times$4), 1$-$2`, 'CH₂⁷⁹Br, cm⁻¹, B20, (×4), 1-2'],
    [String.raw`360$^\circ$, 360^\circ, $180^{\circ}$, Ti_{0.85}Fe`, '360°, 360°, 180°, Ti₀.₈₅Fe'],
    [String.raw`9{,}922 of $9{,}922$, $A^\dagger$`, '9,922 of 9,922, A†'],
    [String.raw`E$ \times $e at $ 1024 \times 768$`, 'E×e at 1024 × 768'],
    [String.raw`\emph{DeepRhythm} by G\"odel and Erd\H{o}s`, 'DeepRhythm by Gödel and Erdős'],
    [String.raw`95\% of R\&D, Fran\c{c}ois, \'{\i}, {\"u}, \o, \ss`, '95% of R&D, François, í, ü, ø, ß'],
    [String.raw`\textbf{\textsc{A}gent} {\it d}-wave \texttt{snake_case}`, 'Agent d-wave snake_case'],
    [String.raw`M\textsuperscript{4}Fuse, N\textsubscript{2}, \ce{FeCl2}`, 'M⁴Fuse, N₂, FeCl₂'],
    [String.raw`\b{eta}-Ga, high-\k{appa}`, 'β-Ga, high-κ'],
    [String.raw`\SI{5}{\kilo\meter\per\second}`, '5 km/s'],
    [String.raw`\href{https://a.example/}{the code}, see \cite{x}.`, 'the code, see.'],
    [String.raw`t--J and pages 1--5 -- so --- Fig.~3`, 't–J and pages 1–5 – so — Fig. 3'],
    ["``so'' he said", '"so" he said'],
    [String.raw`\ours{} beats \method, \red{everything}`, 'ours beats method, everything'],
    [String.raw`\(x^{2}\), \textbf{unfinished`, 'x², unfinished'],
  ])('%s', (tex, text) => {
    expect(texToText(tex)).toBe(text);
  });
});

it.each([
  'It costs $5 or $7 a month, and A_1 stays.',
  'between $100 and $200',
  'US$5bn of $10 billion, $1,000/$2,000 and $2.50',
  '$AAPL up 5%, $TSLA down; make $$$ fast',
  'snake_case_name, __init__, x^y and a_b',
  'echo $HOME/$USER, ${FOO_BAR} ${BAZ}, $(this).foo($z)',
  '$_GET["x_y"] and $_POST["z"]; $foo_bar = $baz_qux + 1',
  'let s = `${a_b} and ${c_d}`',
  String.raw`C:\Users\alpha\to, \\server\share, \d+\w*, \n`,
  'use --flag, a `code`, ```js fence, ~/.bashrc',
  '{"a": {"b": 1}}, {{ x }}, [^{}]*, {K}',
  "f''(x) and 5''",
  'no TeX at all',
])('what is no TeX stays: %s', (text) => {
  expect(texToText(text)).toBe(text);
});

it('money before a formula is no part of it', () => {
  expect(texToText('raised $5 million for top-$k$ search')).toBe('raised $5 million for top-k search');
  expect(formulasIn('raised $5 million for top-$k$ search').map(({ tex }) => tex)).toEqual(['k']);
});

it('whatever it is given, it gives a text, and never a longer one than a few signs for each character', () => {
  const pieces = [
    ..."\\ { } $ ^ _ ~ ` ' - [ ] a 1".split(' '),
    ' ',
    '\\frac',
    '\\sqrt',
    '\\text',
    '\\hat',
    '\\not',
    '\\"',
    '\\ce',
    '$$',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (tex) => {
      expect(texToText(tex).length).toBeLessThanOrEqual(tex.length * 6 + 10);
    }),
    { numRuns: 2000, seed: 20_261_121 },
  );
});
