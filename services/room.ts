// What every room stands on besides the house: its pages and the addresses it prints.
import type { FastifyReply } from 'fastify';
import type { House } from '../core/house.ts';
import { linksOf, type Links } from '../core/links.ts';
import { digest } from '../core/digest.ts';
import { hasDeadlines } from '../core/store/deadlines.ts';
import { loadSettings } from '../core/store/settings.ts';
import { openTemplates, type Templates } from '../core/templates.ts';
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
  /** Answers with a page of `templates/pages`; every value in it is escaped. */
  show: (reply: FastifyReply, name: string, page: Page) => Promise<FastifyReply>;
}

/** Some ten kilobytes each, a few hundred at most. */
const keptPages = 40;

/** What the layouts read of every page; a page that has nothing to say about it leaves the default. */
const pageDefaults = { description: null, here: '', isPersonal: false, isWide: false, curator: null, csrf: '' };

/** Opens the templates and binds them to the house. */
export function openRoom(house: House): Room {
  const templates = openTemplates();
  const links = linksOf(house.config.PUBLIC_URL);
  const remember = rememberLast<string>(keptPages);
  return {
    house,
    links,
    templates,
    async show(reply, name, { status = 200, keepSeconds, ...data }) {
      const [{ publication = 'Courant' }, showsDeadlines] = await Promise.all([
        loadSettings(house.db),
        hasDeadlines(house.db),
      ]);
      const values = { ...pageDefaults, showsDeadlines, ...data, publication, links };
      const write = (): Promise<string> => templates.page(name, values);
      // A page for everybody is written once for what it shows: hashing that is ten times quicker than writing it.
      const html = keepSeconds ? await remember(digest([name, values]), write) : await write();
      const cache = keepSeconds ? `public, max-age=${keepSeconds}` : 'no-store';
      return reply.code(status).type('text/html; charset=utf-8').header('cache-control', cache).send(html);
    },
  };
}
