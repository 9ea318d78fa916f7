// TeX without dollar signs around it: the marks of MathJax, and compounds of chemistry.
import { expect, test } from 'vitest';
import { texToText } from '../../../core/tex/tex-to-text.ts';

test.each([
  ['Let \\(x^2\\) and \\(n\\) grow', 'Let x² and n grow'],
  ['Sums \\[\\alpha < 1\\] of all', 'Sums α < 1 of all'],
  ['La_3Ni_2O_7 and Bi_{2}Se_{3} films', 'La₃Ni₂O₇ and Bi₂Se₃ films'],
  ['Storing CO_2 in H_2O and TiO_2', 'Storing CO₂ in H₂O and TiO₂'],
  ['Doped La_{1.8}SrCuO_4', 'Doped La₁.₈SrCuO₄'],
  ['$B^0 \\to K^{*0}$', 'B⁰ → K*⁰'],
])('%s', (tex, text) => {
  expect(texToText(tex)).toBe(text);
});

test.each([
  ['CPU_0 and IO_1 of GPU_2'],
  ['snake_case, NaN_3x and My_Name_1'],
  ['ResNet_50'],
  ['Half a mark (x^2 is none'],
])('%s stays as it is', (text) => {
  expect(texToText(text)).toBe(text);
});

test('what grep calls a group is no formula', () => {
  expect(texToText('Match \\(foo bar\\) twice')).not.toContain('$');
});
