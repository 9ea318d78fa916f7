// One word for one thing: no exported name of core has a word for which the glossary of ARCHITECTURE.md has another.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const glossary = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8');
const line = /^Words that no exported name of core has[^]*?\n\n/m.exec(glossary)![0];
const forbidden = new Set([...line.matchAll(/~~([^~]+)~~/g)].flatMap(([, words]) => words!.split(', ')));

/** Field terms in which such a word means something else. */
const allowed: Record<string, string> = {
  AuditEntry: 'a line of the audit log, as logs call it',
  PoolEntry: 'a row of an issue’s pool',
  savePoolEntries: 'rows of an issue’s pool',
  documentFrequencies: 'of TF-IDF and BM25, whose documents are any list of terms',
  placeBefore: 'to place, a verb',
  placeTerms: 'to place, a verb',
  placeSentences: 'to place, a verb',
  SentLetter: 'of an issue whose status is sent',
  sentLetters: 'of an issue whose status is sent',
  SentPick: 'of an issue whose status is sent',
  sentPicks: 'of issues whose status is sent',
  storiesSentSince: 'of issues whose status is sent',
};

const names = namesOf('core');

function namesOf(room: string): { file: string; name: string }[] {
  return readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(new URL(`${room}/${file}`, root), 'utf8');
      const declared = text.matchAll(/^export (?:async )?(?:function\*? ?|const |let |interface |type |class )(\w+)/gm);
      return [...declared].map(([, name]) => ({ file: `${room}/${file}`, name: name! }));
    });
}

/** "openHTMLText" is open, html, text; a plural is its singular too. */
function wordsOf(name: string): string[] {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words
    .map((word) => word.toLowerCase())
    .flatMap((word) => [word, word.replace(/s$/, ''), word.replace(/ies$/, 'y')]);
}

test('no exported name of core has a word that the glossary forbids', () => {
  expect(forbidden.size).toBeGreaterThan(15);
  expect(names.length).toBeGreaterThan(500);
  const found = names.filter(({ name }) => !(name in allowed) && wordsOf(name).some((word) => forbidden.has(word)));
  expect(found).toEqual([]);
});

// A document is what a parser reads there, and a group what a clusterer makes: field terms. These are nobody's.
test.each(['services', 'workers'])('and none of %s has one that meant five things once', (room) => {
  const vague = new Set(['bell', 'ring', 'told', 'door', 'wish', 'lack']);
  const found = namesOf(room).filter(({ name }) => wordsOf(name).some((word) => vague.has(word)));
  expect(found).toEqual([]);
});

test('an exception is one: it exists, and would be found', () => {
  for (const name of Object.keys(allowed)) {
    expect([name, names.some((one) => one.name === name)]).toEqual([name, true]);
    expect([name, wordsOf(name).some((word) => forbidden.has(word))]).toEqual([name, true]);
  }
});

/** Words of files in core/store that need no explanation. */
const plain = new Set(
  'best deleted desk detail incoming outgoing public session setting site statistic table lock'.split(' '),
);

test('the name of every noun is explained in the glossary', () => {
  const words = glossary.slice(glossary.indexOf('## Words')).toLowerCase();
  const nouns = readdirSync(new URL('core/store', root)).filter((file) => file.endsWith('.ts'));
  expect(nouns.length).toBeGreaterThan(50);
  const isExplained = (word: string): boolean =>
    plain.has(word) || new RegExp(`\\b${word}(s|es|ed)?\\b`).test(words) || (word.endsWith('y') && words.includes(`${word.slice(0, -1)}ies`)); // prettier-ignore
  const unexplained = nouns.filter((file) => {
    const singular = file
      .replace('.ts', '')
      .split('-')
      .map((word) => word.replace(/ies$/, 'y').replace(/s$/, ''));
    return !singular.every(isExplained);
  });
  expect(unexplained).toEqual([]);
});
