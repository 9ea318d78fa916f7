// The only file that knows the page engine, with the tag it adds (keep-tag.ts): a template's name and its data in, markup out; MJML compiles in a thread.
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { addKeep } from './keep-tag.ts';
import { runInThread } from './threads.ts';
import { wordsIn, type WordValues } from './words.ts';
import type { WordsLang } from './words-langs.ts';

export interface Templates {
  /** A page of `templates/pages` in a language, every value escaped. */
  page(name: string, data: object, lang?: WordsLang): Promise<string>;
  /** A whole mail of `templates/mail`: liquid first (every value escaped), then MJML, which takes text as raw HTML. */
  mail(name: string, data: object, lang?: WordsLang): Promise<string>;
  /** A fragment of `templates/mail` that stands where MJML takes raw HTML, so that it needs no MJML of its own. */
  mailFragment(name: string, data: object, lang?: WordsLang): Promise<string>;
}

const root = fileURLToPath(new URL('../templates/', import.meta.url));

/** Opens the templates; they are read once and kept. */
export function openTemplates(): Templates {
  const engine = (folder: string, extname: string, lang: WordsLang): Liquid => {
    const liquid = new Liquid({
      root: `${root}${folder}`,
      extname,
      outputEscape: 'escape',
      cache: true,
      strictVariables: true,
      strictFilters: true,
      // Known in partials too, which see nothing else of their page.
      globals: { lang },
    });
    addSay(liquid, lang);
    addKeep(liquid);
    return liquid;
  };
  const pages = inEach((lang) => engine('pages', '.liquid', lang));
  const mails = inEach((lang) => engine('mail', '.mjml', lang));
  return {
    // Half the time that rendering with promises takes; nothing in a page waits.
    page: async (name, data, lang = 'en') => pages(lang).renderFileSync(name, data) as string,
    mail: async (name, data, lang = 'en') =>
      runInThread<typeof import('./letter/compile-mjml.ts'), 'compileMjml'>({
        file: new URL('letter/compile-mjml.ts', import.meta.url),
        name: 'compileMjml',
        input: await mails(lang).renderFile(name, data),
        pool: 'letters',
        stop: new AbortController().signal,
      }),
    // MJML trims what it takes as raw HTML; a fragment that is added later must look the same.
    mailFragment: async (name, data, lang = 'en') => (await mails(lang).renderFile(name, data)).trim(),
  };
}

/** `{{ 'issue.stories' | say: n: 3 }}`: the message in the engine's language, as HTML. */
function addSay(liquid: Liquid, lang: WordsLang): void {
  const words = wordsIn(lang);
  liquid.registerFilter('say', {
    raw: true,
    handler: (key: string, ...named: [string, string | number][]) =>
      named.length === 0 ? words.html(key) : words.html(key, Object.fromEntries(named) as WordValues),
  });
}

/** Makes one for each language that is asked for, when it is. */
function inEach<Made>(make: (lang: WordsLang) => Made): (lang: WordsLang) => Made {
  const made = new Map<WordsLang, Made>();
  return (lang) => {
    const known = made.get(lang) ?? make(lang);
    made.set(lang, known);
    return known;
  };
}
