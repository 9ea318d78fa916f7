// The table of signals: what is derived from it, for every signal there is.
import { expect, test } from 'vitest';
import { likingSignals, oppositeOf, signalButtons, signalKinds, signalNames } from '../../core/signal-kinds.ts';
import { signalWeight, standingSignals } from '../../core/signal-weight.ts';

const at = new Date('2026-11-02T00:00:00Z');

test('the buttons stand in the order of the table, and what is done without one has none', () => {
  expect(signalButtons.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
    'like: More like this',
    'dislike: Less',
    'save: Save',
  ]);
});

test('what asks for less teaches nothing about others', () => {
  expect(likingSignals).toEqual(['like', 'save', 'click']);
});

test.each(signalNames)('%s counts as much as the table says, and an opposite is one both ways', (kind) => {
  const { weight, gain } = signalKinds[kind];
  expect(signalWeight({ kind, at }, at)).toBe(weight);
  expect(Math.abs(weight)).toBeLessThanOrEqual(1);
  expect(gain > 0).toBe(weight > 0);
  const opposite = oppositeOf(kind);
  expect([undefined, kind]).toContain(opposite && oppositeOf(opposite));
});

test.each(signalNames)('beside %s, what asks for less stands, and the stronger otherwise', (kind) => {
  const both = [kind, 'save' as const].map((one) => ({ storyId: 1, kind: one, at }));
  const [standing] = standingSignals(both);
  const isStronger = signalKinds[kind].weight < 0 || signalKinds[kind].weight > 0.8;
  expect(standing!.kind).toBe(isStronger ? kind : 'save');
});
