// The only file that knows the page engine: a template's name and its data in, markup out; MJML compiles in a thread.
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { runInThread } from './threads.ts';

export interface Templates {
  /** A page of `templates/pages`, every value escaped. */
  page(name: string, data: object): Promise<string>;
  /** A whole mail of `templates/mail`: liquid first (every value escaped), then MJML, which takes text as raw HTML. */
  mail(name: string, data: object): Promise<string>;
  /** A fragment of `templates/mail` that stands where MJML takes raw HTML, so that it needs no MJML of its own. */
  mailFragment(name: string, data: object): Promise<string>;
}

const root = fileURLToPath(new URL('../templates/', import.meta.url));

/** Opens the templates; they are read once and kept. */
export function openTemplates(): Templates {
  const engine = (folder: string, extname: string) =>
    new Liquid({
      root: `${root}${folder}`,
      extname,
      outputEscape: 'escape',
      cache: true,
      strictVariables: true,
      strictFilters: true,
    });
  const pages = engine('pages', '.liquid');
  const mails = engine('mail', '.mjml');
  return {
    // Half the time that rendering with promises takes; nothing in a page waits.
    page: async (name, data) => pages.renderFileSync(name, data) as string,
    mail: async (name, data) =>
      runInThread<typeof import('./compile-mjml.ts'), 'compileMjml'>({
        file: new URL('compile-mjml.ts', import.meta.url),
        name: 'compileMjml',
        input: await mails.renderFile(name, data),
        pool: 'letters',
        stop: new AbortController().signal,
      }),
    // MJML trims what it takes as raw HTML; a fragment that is added later must look the same.
    mailFragment: async (name, data) => (await mails.renderFile(name, data)).trim(),
  };
}
