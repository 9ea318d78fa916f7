// A message's name and what it names -> words, from one catalogue a language; the only file that knows ICU messages.
import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import type en from '../templates/words/en.json';
import { htmlText } from './html-text.ts';
import { readableDate, readableTime } from './week.ts';
import type { WordsLang } from './words-langs.ts';

type Catalogue = typeof en;
type InGroup<Group extends keyof Catalogue> = `${Group}.${keyof Catalogue[Group] & string}`;
/** `group.name` of a message of `templates/words`. */
export type MessageKey = { [Group in keyof Catalogue]: InGroup<Group> }[keyof Catalogue];
export type WordValues = Readonly<Record<string, string | number>>;

/** What is said and dated in one language. */
export interface Words {
  lang: WordsLang;
  /** The message as text; throws where there is none. */
  say: (key: MessageKey, values?: WordValues) => string;
  /** The same as HTML, what it names escaped. `<strong>`, `<em>` and `<code>` are themselves, any other tag is a link to the value of its name. */
  html: (key: string, values?: WordValues) => string;
  /** The message, or these words where no catalogue has it: rows of tables that anybody may add to bring English ones. */
  sayOr: (key: string, otherwise: string) => string;
  /** "speech, robots and graphs", or with "or". */
  list: (parts: readonly string[], type?: 'conjunction' | 'disjunction') => string;
  /** "Sat 21 Nov 2026", as the language writes it. */
  date: (at: Date | string, timezone: string) => string;
  /** The same with the time, as 13:05. */
  time: (at: Date, timezone: string) => string;
}

const root = new URL('../templates/words/', import.meta.url);
const opened = new Map<WordsLang, Words>();

/** The words of a language. A catalogue is read once, and each message compiled when it is first said. */
export function wordsIn(lang: WordsLang): Words {
  const known = opened.get(lang) ?? open(lang);
  opened.set(lang, known);
  return known;
}

/** The words of the desk, and of whatever has no reader of its own. */
export const english = wordsIn('en');

interface Compiled {
  format: (values: WordValues) => string;
  html: (values: WordValues) => string;
}

function open(lang: WordsLang): Words {
  const catalogue = JSON.parse(readFileSync(new URL(`${lang}.json`, root), 'utf8')) as Record<string, Record<string, string>>; // prettier-ignore
  const compiled = new Map<string, Compiled>();
  const lists = { conjunction: listOf(lang, 'conjunction'), disjunction: listOf(lang, 'disjunction') };

  function textOf(key: string): string | undefined {
    const at = key.indexOf('.');
    return catalogue[key.slice(0, at)]?.[key.slice(at + 1)];
  }

  function messageOf(key: string): Compiled {
    let message = compiled.get(key);
    if (message) return message;
    const text = textOf(key);
    if (text === undefined) throw new Error(`templates/words has no message "${key}"`);
    message = compile(text, lang);
    compiled.set(key, message);
    return message;
  }

  return {
    lang,
    say: (key, values = {}) => messageOf(key).format(values),
    html: (key, values = {}) => messageOf(key).html(values),
    sayOr: (key, otherwise) => (textOf(key) === undefined ? otherwise : messageOf(key).format({})),
    list: (parts, type = 'conjunction') => lists[type].format(parts),
    date: (at, timezone) => readableDate(at, timezone, lang),
    time: (at, timezone) => readableTime(at, timezone, lang),
  };
}

function listOf(lang: WordsLang, type: 'conjunction' | 'disjunction'): Intl.ListFormat {
  // Without the comma before "and", as all our English is written.
  return new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, { type });
}

/** What a message without names says is made once, too: most of a page is such messages. */
function compile(text: string, lang: WordsLang): Compiled {
  const message = new IntlMessageFormat(text, lang);
  if (!['{', '<', "'"].some((sign) => text.includes(sign))) {
    const html = htmlText(text);
    return { format: () => text, html: () => html };
  }
  const tags = tagsIn(message.getAst());
  return {
    format: (values) => String(message.format(values)),
    html(values) {
      const wrapped = tags.map((tag): [string, (parts: unknown[]) => Markup] => [tag, (parts) => wrap(tag, parts, values)]); // prettier-ignore
      const parts = message.formatToParts<unknown>({ ...values, ...Object.fromEntries(wrapped) });
      return parts.map(({ value }) => toHtml(value)).join('');
    },
  };
}

interface Markup {
  html: string;
}

const plainTags = new Set(['strong', 'em', 'code']);

function wrap(tag: string, parts: readonly unknown[], values: WordValues): Markup {
  const inner = parts.map(toHtml).join('');
  if (plainTags.has(tag)) return { html: `<${tag}>${inner}</${tag}>` };
  return { html: `<a href="${htmlText(String(values[tag]))}">${inner}</a>` };
}

function toHtml(part: unknown): string {
  return typeof part === 'object' && part !== null && 'html' in part ? String(part.html) : htmlText(String(part));
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names of the tags in a message, at any depth. */
function tagsIn(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const inOptions =
      'options' in element ? Object.values(element.options).flatMap((option) => tagsIn(option.value)) : [];
    return 'children' in element ? [element.value, ...tagsIn(element.children)] : inOptions;
  });
}
