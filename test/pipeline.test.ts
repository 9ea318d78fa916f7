// The tour: sources in, mails out, archive page up; on the embedded database, and on PostgreSQL with Redis and SMTP.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../core/db.ts';
import type { House } from '../core/house.ts';
import { listDeskStories } from '../core/store/desk-stories.ts';
import { loadIssueContent } from '../core/store/issue-content.ts';
import { quotedSentences } from '../core/store/summaries.ts';
import { demoReaders } from '../services/cli/demo-readers.ts';
import { runTour, type TourResult } from '../services/cli/tour.ts';
import { openDemoHouse, silent } from './demo-house.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { postgresServer, redisServer } from './servers.ts';

const postgres = await postgresServer();
const redis = await redisServer();
afterAll(async () => {
  await postgres?.stop();
  await redis?.stop();
});

interface Tour {
  house: House;
  result: TourResult;
  again: TourResult;
  mails: Email[];
  stop(): Promise<void>;
}

async function takeTour(environment: Record<string, string>, box?: MailServer): Promise<Tour> {
  const { house, week, directory, stop } = await openDemoHouse({
    MAIL_FROM: 'Courant <courant@news.example>',
    ...environment,
  });
  const result = await runTour(house, week, silent);
  const again = await runTour(house, week, silent);
  const raw = box ? box.taken.map((mail) => mail.raw) : readOutbox(directory);
  return { house, result, again, mails: await Promise.all(raw.map((message) => PostalMime.parse(message))), stop };
}

function readOutbox(directory: string): Buffer[] {
  const outbox = join(directory, 'outbox');
  return readdirSync(outbox).map((name) => readFileSync(join(outbox, name)));
}

const places = [
  { name: 'PGlite in one process', skip: '', environment: async () => ({}), smtp: false },
  {
    name: 'PostgreSQL, Redis and SMTP',
    skip: postgres && redis ? '' : 'PostgreSQL or Redis is not installed',
    environment: async () => ({ DATABASE_URL: postgres!.url, REDIS_URL: redis!.url }),
    smtp: true,
  },
];

for (const { name, skip, environment, smtp } of places) {
  describe.skipIf(skip)(`the tour on ${name}${skip && ` (skipped: ${skip})`}`, () => {
    let tour: Tour;
    let box: MailServer | undefined;
    beforeAll(async () => {
      box = smtp ? await startMailServer() : undefined;
      tour = await takeTour({ ...(await environment()), ...(box && { SMTP_URL: box.url }) }, box);
    });
    afterAll(async () => {
      await tour?.stop();
      await box?.stop();
    });

    it('reads every source and says which is broken and which is late', async () => {
      expect(tour.result.sources).toBe(13);
      expect(tour.result.items).toBeGreaterThan(110);
      expect(tour.result.transcripts).toBeGreaterThanOrEqual(8);
      expect(tour.result).toMatchObject({ brokenSources: 1, lateSources: 1, itemsWithoutVector: 0 });
    });

    it('joins what several sources say about one thing into one story', async () => {
      expect(tour.result.joinedStories).toBeGreaterThanOrEqual(25);
      const attention = await tour.house.db.row<{ stories: number; kinds: number }>(sql`
        select count(distinct story_id)::int as stories, count(distinct kind)::int as kinds
        from items join story_items on item_id = items.id
        where 'arxiv:1706.03762' = any(keys) or items.url = 'https://jalammar.github.io/illustrated-transformer/'
          or guid in ('iDulhoQ2pro')`);
      expect(attention).toEqual({ stories: 1, kinds: 3 });
      expect(tour.result.topics).toBeGreaterThan(2);
    });

    it('sends each reader one mail, from an issue that a curator approved', async () => {
      expect(tour.result.issue).toMatchObject({ status: 'sent', approvedBy: 'demo curator' });
      expect(tour.mails.map((mail) => String(mail.to?.[0]?.address)).toSorted()).toEqual(
        demoReaders.map(({ email }) => email),
      );
    });

    it('gives readers what they asked for, and says why', () => {
      const letter = (email: string) => tour.mails.find((mail) => mail.to?.[0]?.address === email)!;
      expect(letter('amara@readers.example').html).toContain('matches &#39;speech&#39;');
      expect(letter('bruno@readers.example').html).toContain('matches &#39;reinforcement learning&#39;');
      expect(letter('amara@readers.example').text).toContain('WaveNet');
      expect(new Set(tour.mails.map((mail) => mail.text)).size).toBe(demoReaders.length);
    });

    it('gives each story a section with how sure that is, sentences that stand where they say, and a place on the map', async () => {
      const { house, result } = tour;
      const told = await listDeskStories(house.db, result.issue.id);
      expect(told.every(({ sectionBy, sectionConfidence }) => sectionBy !== null && sectionConfidence! > 0)).toBe(true);
      expect(new Set(told.map(({ section }) => section)).size).toBeGreaterThan(2);
      const sentences = await quotedSentences(house.db, result.issue.id);
      expect(new Set(sentences.map(({ storyId }) => storyId)).size).toBeGreaterThan(told.length * 0.9);
      expect(sentences.filter(({ isThere }) => !isThere)).toEqual([]);
      expect(result.issue.content!.cards.filter(({ place }) => place === undefined)).toEqual([]);
    });

    it('lets every reader leave with one click', () => {
      for (const mail of tour.mails) {
        const header = (key: string) => mail.headers.find((entry) => entry.key === key)?.value;
        expect(header('list-unsubscribe')).toMatch(/^<http.*\/unsubscribe\/[\w-]+>$/);
        expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
      }
    });

    it('puts the issue into the archive and its Atom feed', async () => {
      const { PUBLIC_URL } = tour.house.config;
      const page = await fetch(`${PUBLIC_URL}/issues/${tour.result.issue.slug}`);
      expect(page.status).toBe(200);
      const html = await page.text();
      const { cards } = await loadIssueContent(tour.house.db, tour.result.issue.id);
      expect(cards.filter(({ storyId }) => !html.includes(`id="story-${storyId}"`))).toEqual([]);
      expect(html).toContain('id="the-rest"');
      expect(await (await fetch(`${PUBLIC_URL}/feed.xml`)).text()).toContain(tour.result.issue.slug);
    });

    it('lets nothing hostile through to a mail or a page', async () => {
      const stored = await tour.house.db.rows<{ html: string; text: string }>(sql`select html, text from items`);
      const everything = stored.map(({ html }) => html).join('\n') + tour.mails.map(({ html }) => html).join('\n');
      expect(everything).not.toMatch(/<script|onerror|javascript:|<iframe|expression\(/i);
      expect(Math.max(...stored.map(({ text }) => text.length))).toBeLessThanOrEqual(200_000);
    });

    it('repeats nothing the second time', () => {
      expect(tour.again).toMatchObject({ newItems: 0, newMails: 0 });
      expect(tour.again.stories).toBe(tour.result.stories);
      expect(tour.mails).toHaveLength(demoReaders.length);
    });
  });
}
