// What every room stands on besides the house: its pages and the addresses it prints.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../core/house.ts';
import type { Logo } from '../core/brand.ts';
import { subscribeAddress } from '../core/mail/subscribe-address.ts';
import { linksOf, type Links } from '../core/links.ts';
import { hashContent } from '../core/content-hash.ts';
import { hasDeadlines } from '../core/store/deadlines.ts';
import { followSettings } from '../core/live-config.ts';
import { defaultTagline, loadSettings } from '../core/store/settings.ts';
import { openTemplates, type Templates } from '../core/templates.ts';
import type { Words } from '../core/words.ts';
import { keepPages } from './kept-pages.ts';
import { wordsFor } from './page-words.ts';
import { rememberLast } from './remember.ts';

export interface Page {
  title: string;
  status?: number;
  /** Seconds that anybody may keep the page; without it nobody keeps it, since its address or content is personal. */
  keepSeconds?: number;
  [name: string]: unknown;
}

export interface Room {
  house: House;
  links: Links;
  templates: Templates;
  /** In which words a request is answered. */
  words: (request: FastifyRequest) => Words;
  /** A page of `templates/pages` as markup, for whoever looks at it instead of a browser. */
  write: (name: string, page: Page, words: Words) => Promise<string>;
  /** Answers with a page of `templates/pages` in the words of the request; every value in it is escaped. */
  show: (reply: FastifyReply, name: string, page: Page) => Promise<FastifyReply>;
  /** The same for a page that anybody may keep and that `key` says all of: while it stays, the page is made once. */
  showKept: (
    reply: FastifyReply,
    name: string,
    page: { key: string; make: () => Promise<Page> },
  ) => Promise<FastifyReply>;
}

/** Some ten kilobytes each, a few hundred at most. */
const keptPages = 40;

/** What the layouts read of every page; a page that has nothing to say about it leaves the default. */
const pageDefaults = {
  description: null,
  here: '',
  isPersonal: false,
  /** Not for search engines. */
  isUnlisted: false,
  isWide: false,
  isPanes: false,
  curator: null,
  inHand: null,
  canonical: null,
  linkedData: null,
  alternates: [],
  share: null,
  feedAddress: null,
};

/** Two years of issues with 300 stories each. */
const keptBytes = 32_000_000;
const keptSeconds = 60;

/** Opens the templates and binds them to the house. */
export function openRoom(house: House): Room {
  const templates = openTemplates();
  const links = linksOf(house.config.PUBLIC_URL);
  const remember = rememberLast<string>(keptPages);
  const always = {
    hasMailServer: house.config.SMTP_URL !== undefined,
    subscribeAddress: subscribeAddress(house.config) ?? null,
  };
  const pages = keepPages(keptBytes);

  /** What every page shows besides its own. */
  async function frame({ say }: Words) {
    const [settings, showsDeadlines] = await Promise.all([loadSettings(house.db), hasDeadlines(house.db)]);
    // What was set in another process holds here from the next page on.
    followSettings(house.config, settings);
    const { publication, accent, logo } = settings;
    const tagline = settings.tagline === defaultTagline ? say('home.tagline') : settings.tagline;
    return { showsDeadlines, publication, tagline, ...showBrand(accent, logo) };
  }

  return {
    house,
    links,
    templates,
    words: (request) => wordsFor(request, house.config),
    async write(name, page, words) {
      const { publication, ...framed } = await frame(words);
      const values = { ...pageDefaults, ...framed, ...always, csrf: '', ...page, publication, links };
      return templates.page(name, values, words.lang);
    },
    async show(reply, name, { status = 200, keepSeconds, csrf = '', ...data }) {
      const words = wordsFor(reply.request, house.config);
      const { lang } = words;
      const { publication, ...framed } = await frame(words);
      const values = { ...pageDefaults, ...framed, ...always, ...data, csrf, publication, links };
      const write = (): Promise<string> => templates.page(name, values, lang);
      // What is shown to many, or again and again, is written once: hashing that is ten times quicker than writing it.
      const html = await (keepSeconds ? remember(hashContent([lang, name, values]), write) : write());
      return sendPage(reply.code(status), html, { lang, keepSeconds });
    },
    async showKept(reply, name, { key, make }) {
      const words = wordsFor(reply.request, house.config);
      const { lang } = words;
      const { publication, ...framed } = await frame(words);
      const around = { ...pageDefaults, ...framed, ...always, csrf: '' };
      const page = await pages(JSON.stringify([lang, name, key, publication, framed]), async () =>
        templates.page(name, { ...around, ...(await make()), publication, links }, lang),
      );
      return sendPage(reply, page, { lang, keepSeconds: keptSeconds });
    },
  };
}

/** The style sheet of an accent, and the picture that stands for the name, with what tells them apart from ours. */
function showBrand(accent: string, logo: Logo | null) {
  return {
    accentSheet: accent === '' ? null : `/accent/${accent.slice(1)}.css`,
    logo: logo && { ...logo, src: `/pictures/${logo.hash}.png` },
  };
}

function sendPage(
  reply: FastifyReply,
  html: string | Buffer,
  { lang, keepSeconds }: { lang: string; keepSeconds: number | undefined },
): FastifyReply {
  const cache = keepSeconds ? `public, max-age=${keepSeconds}` : 'no-store';
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', cache)
    .header('content-language', lang)
    .header('vary', 'Accept-Language')
    .send(html);
}
