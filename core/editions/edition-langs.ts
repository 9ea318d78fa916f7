// EDITIONS, "de,es" -> the languages of issues besides their own; pure.
import { isWordsLang, type WordsLang } from '../words-langs.ts';

function listed(list: string): string[] {
  return list.split(/[\s,]+/).filter(Boolean);
}

/** Whether every language of the list is one that there are words in. */
export function namesEditions(list: string): boolean {
  return listed(list).every(isWordsLang);
}

/** The languages of the list, each once. */
export function readEditions(list: string): WordsLang[] {
  return [...new Set(listed(list).filter(isWordsLang))];
}

/** Whether machine drafts of editions are made. */
export function isTranslated(config: { EDITIONS: string; TRANSLATE_URL?: string | undefined }): boolean {
  return config.TRANSLATE_URL !== undefined && readEditions(config.EDITIONS).length > 0;
}
