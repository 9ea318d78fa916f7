// What a page says went wrong, in the language of whoever reads it: a message with its values, also where only a text fits.
import { english, type MessageKey, type Words, type WordValues } from '../core/words.ts';

/** A message, or words that are the same in every language: those of the desk. */
export type PageMessage = string | { key: MessageKey; values?: WordValues };

/** In words. */
export function inWords(message: PageMessage, words: Words = english): string {
  return typeof message === 'string' ? message : words.say(message.key, message.values);
}

const mark = '\u0000';

/** The same as a text, for a schema of zod, whose errors are texts. */
export function asText(key: MessageKey, values: WordValues = {}): string {
  return mark + JSON.stringify({ key, values });
}

/** What `asText` wrote down, or the text itself. */
export function fromText(text: string): PageMessage {
  return text.startsWith(mark) ? (JSON.parse(text.slice(1)) as PageMessage) : text;
}
