// A request -> the language it is answered in: the reader's own, else the one its address asks for, else the browser's, else the publication's.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Config } from '../core/config.ts';
import { wordsIn, type Words } from '../core/words.ts';
import { isWordsLang, wordsLangs, type WordsLang } from '../core/words-langs.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** That of the reader whose page it is, once that is known; English at the desk. */
    pageLang: WordsLang | null;
  }
}

/** Lets requests carry a language. */
export function carryLanguage(app: FastifyInstance): void {
  app.decorateRequest('pageLang', null);
}

/** The words a request is answered in. */
export function wordsFor(request: FastifyRequest, config: Pick<Config, 'SITE_LANGUAGE'>): Words {
  return wordsIn(request.pageLang ?? askedIn(request.query) ?? browserLang(request, config.SITE_LANGUAGE));
}

/** The words of what is the same for everybody who asks at an address, as feeds are: those it asks for, else the publication's. */
export function wordsAsked(query: unknown, config: Pick<Config, 'SITE_LANGUAGE'>): Words {
  return wordsIn(askedIn(query) ?? config.SITE_LANGUAGE);
}

/** `?lang=de`: pieces that a script puts into a page are in the language of the page. */
export function askedIn(query: unknown): WordsLang | undefined {
  const lang = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return isWordsLang(lang) ? lang : undefined;
}

/** By Accept-Language (RFC 9110, 12.5.4); where it says nothing or only what there is no catalogue of, the publication's. */
function browserLang({ headers }: FastifyRequest, own: WordsLang): WordsLang {
  const accepted = headers['accept-language'];
  // A header of kilobytes is no browser's.
  if (accepted === undefined || accepted.length > 500) return own;
  const offered = [own, ...wordsLangs.filter((lang) => lang !== own)];
  return (new Negotiator({ headers }).languages(offered)[0] as WordsLang | undefined) ?? own;
}
