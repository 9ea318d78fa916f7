// Papers that were taken back, and papers about taking back.
import { expect, test } from 'vitest';
import { isWithdrawn } from '../../../../workers/ingest/arxiv/is-withdrawn.ts';

test.each([
  ['This paper has been withdrawn by the author due to a crucial error in equation 3.'],
  ['This submission has been withdrawn by arXiv administrators because of disputed authorship.'],
  ['arXiv admin note: This submission has been withdrawn due to inappropriate overlap.'],
  ['[This paper has now been withdrawn, see the comment]'],
  ['The paper is withdrawn because Lemma 2 is wrong.'],
  ['This manuscript (version 2) was retracted.'],
  ['Withdrawn'],
  ['Withdrawn by the author.'],
  ['Paper withdrawn due to an error in the proof'],
  ['The authors have withdrawn this paper.'],
  ['We withdraw this submission to correct its data.'],
  ['We show that ice is warm. This paper has been withdrawn by the authors.'],
  ['This paper, which claimed a proof, has been withdrawn.'],
  ['This paper has been superseded by arXiv:2601.00001 and is withdrawn.'],
  ['This paper has been removed by arXiv administrators because of its licence.'],
  ['This draft needs to be withdrawn due to an error.'],
  ['This entry was withdrawn.'],
])('withdrawn by its abstract: %s', (abstract) => {
  expect(isWithdrawn(abstract)).toBe(true);
});

test.each([
  ['12 pages, 3 figures; withdrawn by the author due to an error'],
  ['Withdrawn'],
  ['This paper has been withdrawn.'],
  ['9 pages. The authors withdraw this paper'],
  ['9 pages, withdrawn by the author'],
  ['9 pages (withdrawn)'],
  ['v2: withdrawn'],
  ['10 pages, withdrawn'],
  ['Paper has been withdrawn by the authors'],
])('withdrawn by its comment: %s', (comment) => {
  expect(isWithdrawn('We claim that ice is warm.', comment)).toBe(true);
  expect(isWithdrawn('We claim that ice is warm.')).toBe(false);
});

test.each([
  ['We study why papers on arXiv are withdrawn and what becomes of them.', undefined],
  ['Withdrawn troops and lonely patients are modelled as a graph.', undefined],
  ['Alcohol withdrawal is hard to detect.', undefined],
  ['Many have asked whether the paper has been withdrawn; we give a detector.', undefined],
  ['We propose a bank model with withdrawals.', '12 pages; code for withdrawn samples'],
  ['We propose a model.', 'Withdrawn from ICLR 2026'],
  ['We propose a model.', 'This paper was withdrawn from the NeurIPS workshop'],
  ['This work, which has 3 parts, has removed noise from arXiv abstracts.', undefined],
  ['We propose a model.', '10 pages, withdrawn samples in the appendix'],
  ['', undefined],
])('not withdrawn: %s (%s)', (abstract, comment) => {
  expect(isWithdrawn(abstract, comment)).toBe(false);
});
