// A message's name and what it names -> words, from one catalogue a language; the only file that knows ICU messages.
import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';

/** The languages there is a catalogue for. */
export type WordsLang = 'en';

type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

const root = new URL('../templates/words/', import.meta.url);
const messages = new Map<string, IntlMessageFormat>();
const catalogues = new Map<WordsLang, Catalogue>();

/** The message `group.name` of `templates/words/LANG.json`; throws where there is none. */
export function say(
  [group, name]: readonly [string, string],
  values: Readonly<Record<string, string | number>> = {},
  lang: WordsLang = 'en',
): string {
  const key = `${lang} ${group} ${name}`;
  const message = messages.get(key) ?? new IntlMessageFormat(textOf(wordsOf(lang), group, name), lang);
  messages.set(key, message);
  return String(message.format(values));
}

/** A list in words: "speech, robots and graphs". */
export function sayList(parts: readonly string[], lang: WordsLang = 'en'): string {
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(parts);
}

function textOf(catalogue: Catalogue, group: string, name: string): string {
  const text = catalogue[group]?.[name];
  if (text === undefined) throw new Error(`templates/words has no message "${group}.${name}"`);
  return text;
}

function wordsOf(lang: WordsLang): Catalogue {
  const known = catalogues.get(lang) ?? (JSON.parse(readFileSync(new URL(`${lang}.json`, root), 'utf8')) as Catalogue);
  catalogues.set(lang, known);
  return known;
}
