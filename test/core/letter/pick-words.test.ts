// Codes of reasons -> what is read under a pick, whatever the names in it hold.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Reason } from '../../../core/letter/pick-reason.ts';
import { pickLine, reasonWords, unmetWords } from '../../../core/letter/pick-words.ts';
import { english } from '../../../core/words.ts';

const matches: Reason = { code: 'matches', words: 'speech' };
const written: Reason = { code: 'written', words: "high on the editors' list" };

test.each([
  [{ reason: matches }, "matches 'speech'"],
  [{ reason: matches, updated: true }, "Updated since you saw it · matches 'speech'"],
  [{ reason: written }, "high on the editors' list"],
  [{ reason: null, updated: true }, 'Updated since you saw it'],
  [{ reason: null }, null],
])('the line of %j is %j', (pick, line) => expect(pickLine(pick)).toBe(line));

test.each(["it's {words}", '<b>, # and {count, plural', "''", '日本語 “x”'])(
  'a name like %s is shown as it is',
  (words) => {
    expect(reasonWords({ code: 'close', words })).toBe(`close to '${words}'`);
  },
);

test.each([
  [[], ''],
  [['knitting'], 'Nothing on knitting this week.'],
  [['knitting', 'medieval law'], 'Nothing on knitting and medieval law this week.'],
])('without anything on %j the letter says %j', (interests, words) => expect(unmetWords(interests)).toBe(words));

describe('the catalogue', () => {
  /** One of each: the types fail where a code is missing here. */
  const one: Record<Reason['code'], Reason> = {
    editor: { code: 'editor' },
    suggested: { code: 'suggested' },
    matches,
    quotes: { code: 'quotes', words: 'a', quote: 'b' },
    follows: { code: 'follows', topic: 'Speech', words: 'a' },
    mentions: { code: 'mentions', quote: 'a' },
    close: { code: 'close', words: 'a' },
    signal: { code: 'signal', signal: 'save', title: 'a' },
    topic: { code: 'topic', topic: 'b', signal: 'save', title: 'a' },
    answer: { code: 'answer', title: 'a' },
    readers: { code: 'readers', count: 3 },
    taste: { code: 'taste' },
    sources: { code: 'sources', count: 3 },
    news: { code: 'news' },
    exploring: { code: 'exploring' },
    rule: { code: 'rule', effect: 'never', field: 'word', words: 'a' },
    written: { code: 'written', words: 'a' },
  };

  test('has words for every reason, and none for what is no reason', () => {
    const file = new URL('../../../templates/words/en.json', import.meta.url);
    const catalogue = JSON.parse(readFileSync(file, 'utf8')) as { reason: object };
    expect(Object.keys(catalogue.reason).toSorted()).toEqual(Object.keys(one).toSorted());
    for (const reason of Object.values(one)) expect(reasonWords(reason)).toMatch(/^\S.*\S$|^a$/);
  });

  test('says which message it lacks', () =>
    expect(() => english.html('reason.none')).toThrow('no message "reason.none"'));
});
