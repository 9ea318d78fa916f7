// The catalogues: every language says what English says, with the same names in it and a form for each of its plurals.
import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { english, wordsIn } from '../../core/words.ts';
import { wordsLangs, type WordsLang } from '../../core/words-langs.ts';
import { signalKinds, signalNames } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import { sections } from '../../core/sections.ts';
import { sourceKinds } from '../../core/source-kinds.ts';

const root = new URL('../../', import.meta.url);
const others = wordsLangs.filter((lang) => lang !== 'en');

function messagesOf(lang: WordsLang): Map<string, string> {
  const text = readFileSync(new URL(`templates/words/${lang}.json`, root), 'utf8');
  const groups = Object.entries(JSON.parse(text) as Record<string, Record<string, string>>);
  return new Map(
    groups.flatMap(([group, own]) => Object.entries(own).map(([name, said]) => [`${group}.${name}`, said])),
  );
}
const messages = new Map(wordsLangs.map((lang) => [lang, messagesOf(lang)]));

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** As @formatjs/icu-messageformat-parser numbers them. */
const kinds = { literal: 0, select: 5, pound: 7, tag: 8 };
const astOf = (text: string, lang: string): Element[] => new IntlMessageFormat(text, lang).getAst();

/** Every element at any depth. */
function all(elements: readonly Element[]): Element[] {
  return elements.flatMap((element) => {
    const inOptions = 'options' in element ? Object.values(element.options).flatMap((option) => all(option.value)) : [];
    return [element, ...('children' in element ? all(element.children) : inOptions)];
  });
}

/** What a message is given: names, tags, and for a choice by words its choices. */
function parametersOf(text: string, lang: string): string[] {
  const named = all(astOf(text, lang)).flatMap((element) => {
    const type: number = element.type;
    if (type === kinds.literal || type === kinds.pound) return [];
    if (type === kinds.select && 'options' in element)
      return [`${element.value}: ${Object.keys(element.options).toSorted().join(' ')}`];
    const name = 'value' in element ? element.value : '';
    return [type === kinds.tag ? `<${name}>` : name];
  });
  return [...new Set(named)].toSorted();
}

describe.each(others)('%s', (lang) => {
  test('has every message of English and no other, in the same order', () => {
    expect([...messages.get(lang)!.keys()]).toEqual([...messages.get('en')!.keys()]);
  });

  test('names in each message what English names', () => {
    for (const [key, text] of messages.get(lang)!) {
      expect([key, parametersOf(text, lang)]).toEqual([key, parametersOf(messages.get('en')!.get(key)!, 'en')]);
    }
  });
});

test.each(wordsLangs)('%s has a form for each of its plurals, and none that it does not have', (lang) => {
  const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
  for (const [key, text] of messages.get(lang)!) {
    for (const element of all(astOf(text, lang))) {
      if (!('pluralType' in element)) continue;
      const forms = Object.keys(element.options).filter((form) => !form.startsWith('='));
      expect([key, forms.toSorted()]).toEqual([key, [...pluralCategories].toSorted()]);
    }
  }
});

test.each([
  ['en', ['0 stories', '1 story', '2 stories', '1,000 stories']],
  ['de', ['0 Meldungen', '1 Meldung', '2 Meldungen', '1.000 Meldungen']],
  ['es', ['0 noticias', '1 noticia', '2 noticias', '1000 noticias']],
  ['fr', ['0 sujet', '1 sujet', '2 sujets', '1\u202f000 sujets']],
  ['zh', ['0 篇报道', '1 篇报道', '2 篇报道', '1,000 篇报道']],
] as const)('%s counts as it is spoken', (lang, said) => {
  expect([0, 1, 2, 1000].map((n) => wordsIn(lang).say('issue.stories', { n }))).toEqual(said);
});

test.each([
  ['fr', '1\u202f000\u202f000 de sujets'],
  ['es', '1.000.000 de noticias'],
] as const)('a million has a form of its own in %s', (lang, said) => {
  expect(wordsIn(lang).say('issue.stories', { n: 1_000_000 })).toBe(said);
});

test.each([
  ['en', 'Sat 21 Nov 2026', 'Sat 21 Nov 2026, 07:30'],
  ['de', 'Sa., 21. Nov. 2026', 'Sa., 21. Nov. 2026, 07:30'],
  ['es', 'sáb, 21 nov 2026', 'sáb, 21 nov 2026, 07:30'],
  ['fr', 'sam. 21 nov. 2026', 'sam. 21 nov. 2026, 07:30'],
  ['zh', '2026年11月21日周六', '2026年11月21日周六 07:30'],
] as const)('a day and a time in %s', (lang, day, time) => {
  const at = new Date('2026-11-21T06:30:00Z');
  expect(wordsIn(lang).date(at, 'Europe/Berlin')).toBe(day);
  expect(wordsIn(lang).time(at, 'Europe/Berlin')).toBe(time);
});

test('a list has no comma before its last part in English, and the words of each other language', () => {
  expect(english.list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(english.list(['a', 'b'], 'disjunction')).toBe('a or b');
  expect(wordsIn('de').list(['a', 'b', 'c'])).toBe('a, b und c');
  expect(wordsIn('zh').list(['a', 'b', 'c'])).toBe('a、b和c');
});

test('what a message names is escaped, what marks it up is not', () => {
  const link = '/x?a=1&b="2"';
  expect(english.html('mine.keptSays', { link })).toBe(
    '<a href="/x?a=1&amp;b=&#34;2&#34;">Download everything kept about you</a>, as files that programs read.',
  );
  expect(english.html('home.whole', { title: '<b>&' })).toBe('<strong>Read the whole issue</strong>: &lt;b&gt;&amp;');
  expect(english.html('section.talks')).toBe('Talks &amp; Videos');
});

describe('tables of our own that people read', () => {
  test('signals are said in English as their table says', () => {
    for (const kind of signalNames) {
      const { did, because, button } = signalKinds[kind];
      for (const [name, said] of Object.entries({ did, because, ...button })) {
        expect(signalWord(kind, name as 'did')).toBe(said);
        expect(messages.get('en')!.has(`signal.${kind}${name[0]!.toUpperCase()}${name.slice(1)}`)).toBe(true);
      }
    }
  });

  test('so are sections and kinds of sources', () => {
    for (const { key, name } of sections) expect(messages.get('en')!.get(`section.${key}`)).toBe(name);
    for (const [kind, { words }] of Object.entries(sourceKinds))
      expect(messages.get('en')!.get(`sources.${kind}`)).toBe(words);
  });
});

test('every message that a template says is there', () => {
  const folders = ['templates/pages/', 'templates/mail/'];
  const said = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root)).flatMap((name) =>
      [...readFileSync(new URL(folder + name, root), 'utf8').matchAll(/'([a-z][\w-]*\.[\w-]+)' \| say/g)].map(
        ([, key]) => key!,
      ),
    ),
  );
  expect(said.length).toBeGreaterThan(200);
  expect(said.filter((key) => !messages.get('en')!.has(key))).toEqual([]);
});
