// TeX in an abstract -> text that reads in a mail: "$\epsilon_\theta$" becomes "ε_θ"; pure.

const symbols: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ',
  iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ',
  varphi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π',
  Sigma: 'Σ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω', times: '×', cdot: '·', pm: '±', leq: '≤', le: '≤', geq: '≥', ge: '≥',
  neq: '≠', ne: '≠', approx: '≈', sim: '~', ll: '≪', gg: '≫', infty: '∞', in: '∈', to: '→', rightarrow: '→',
  leftarrow: '←', mapsto: '↦', sum: 'Σ', prod: 'Π', int: '∫', partial: '∂', nabla: '∇', ell: 'ℓ', ldots: '…',
  dots: '…', cdots: '…', subset: '⊂', cup: '∪', cap: '∩', forall: '∀', exists: '∃', mid: '|', quad: ' ', log: 'log',
  exp: 'exp', max: 'max', min: 'min', sqrt: '√', prime: '′', otimes: '⊗', oplus: '⊕', propto: '∝', sin: 'sin', cos: 'cos',
}; // prettier-ignore

/** Commands that only change the face of their argument. */
const faces =
  /\\(?:emph|textbf|textit|texttt|textsc|textrm|text|mathrm|mathbf|mathit|mathcal|mathbb|mathsf|boldsymbol|bm|operatorname|hat|bar|tilde|widehat|vec)\s*\{([^{}]*)\}/g;
const accents: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  c: '\u0327',
  v: '\u030c',
};
const raised: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '-': '⁻',
  n: 'ⁿ',
};

/** Formulas in a text, the TeX between the dollars as the first group. As pandoc tells them from money: no space inside the dollar signs, no digit after them. */
export const formulas = /\$\$?(?=\S)([^$]*[^$\s])\$\$?(?!\d)/g;

/** Plain text with simple TeX in Unicode; what it does not know stays as it was written. Sums of money are no TeX. */
export function texToText(text: string): string {
  return text
    .replace(/\\(?:(['`^"~])|([cv])(?=[\s{]))\s*\{?([A-Za-z])\}?/g, (...[, sign, name, letter]: string[]) =>
      (letter! + accents[sign ?? name!]!).normalize('NFC'),
    )
    .replace(formulas, (_, formula: string) => readFormula(formula))
    .replace(faces, '$1')
    .replace(/\\([%&#$_{}])/g, '$1')
    .replace(/``|''/g, '"')
    .replace(/(?<=\w)~(?=[\w(\\])/g, ' ');
}

function readFormula(formula: string): string {
  let plain = formula;
  for (let depth = 0; depth < 3; depth++) plain = plain.replace(faces, '$1');
  return plain
    .replace(/\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\(?:left|right|big|Big|displaystyle)(?![A-Za-z])/g, '')
    .replace(/\\([A-Za-z]+)/g, (whole, name: string) => symbols[name] ?? whole)
    .replace(/\^\{?([\d-]+|n)\}?/g, (_, power: string) => Array.from(power, (digit) => raised[digit]!).join(''))
    .replace(/([_^])\{([^{}]*)\}/g, (_, sign: string, inner: string) =>
      inner.length > 1 ? `${sign}(${inner})` : sign + inner,
    )
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\\([%&#$_{}])/g, '$1')
    .trim();
}
