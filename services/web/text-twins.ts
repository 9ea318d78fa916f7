// `/issues/:slug.md` and `/stories/:id.md`: the same as the pages, in Markdown, for programs and for people who like text.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { storyNow } from '../../core/store/addresses.ts';
import { correctionsOf } from '../../core/store/corrections.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { publishedBySlug, publishedContent } from '../../core/store/published-issues.ts';
import { storyDetail, type StoryDetail } from '../../core/store/story-detail.ts';
import type { Links } from '../../core/links.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { wordsIn, type Words } from '../../core/words.ts';
import { markWithdrawn } from '../mark-withdrawn.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { rejectedAmong } from '../../core/store/rejected-stories.ts';
import { rowId } from '../row-id.ts';
import { showSections } from '../show-card.ts';
import { capitalise } from '../../core/text/capitalise.ts';

const bySlug = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });
const byId = z.object({ id: rowId() });

/** Registers both. */
export function textTwinsRoom(app: FastifyInstance, { house, links }: Room): void {
  const { db, config } = house;

  app.get('/issues/:slug.md', async (request, reply) => {
    const parsed = bySlug.safeParse(request.params);
    const head = parsed.success ? await publishedBySlug(db, parsed.data.slug) : undefined;
    if (!head) throw notFound({ key: 'issue.missing' });
    const say = wordsIn(config.SITE_LANGUAGE);
    const content = await markWithdrawn(db, await publishedContent(db, head));
    const corrections = (await correctionsOf(db, head.id)).map(({ words, at }) => `${say.say('issue.corrected', { date: say.date(at, config.TIMEZONE) })} ${plain(words)}`); // prettier-ignore
    return sendMarkdown(
      reply,
      issueInMarkdown(content, { links, slug: head.slug, number: head.number, corrections, words: say }),
    );
  });

  app.get('/stories/:id.md', async (request, reply) => {
    const parsed = byId.safeParse(request.params);
    const id = parsed.success ? await storyNow(db, parsed.data.id) : undefined;
    const story = typeof id === 'number' ? await storyDetail(db, id) : undefined;
    if (!story) throw notFound({ key: 'story.missing' });
    if ((await rejectedAmong(db, [story.id])).has(story.id)) reply.header('x-robots-tag', 'noindex');
    return sendMarkdown(
      reply,
      storyInMarkdown(story, { links, timezone: config.TIMEZONE, words: wordsIn(config.SITE_LANGUAGE) }),
    );
  });
}

function sendMarkdown(reply: FastifyReply, lines: readonly string[]): FastifyReply {
  return reply
    .type('text/markdown; charset=utf-8')
    .header('cache-control', 'public, max-age=300')
    .send(`${lines.join('\n')}\n`);
}

function issueInMarkdown(
  content: IssueContent,
  {
    links,
    slug,
    number,
    corrections,
    words,
  }: { links: Links; slug: string; number: number; corrections: readonly string[]; words: Words },
): string[] {
  return [
    `# ${plain(content.title)}`,
    '',
    `${words.say('issue.number', { n: number })}, ${words.date(content.date, 'UTC')}. <${links.issue(slug)}>`,
    ...corrections.flatMap((one) => ['', one]),
    ...(content.intro === '' ? [] : ['', content.introIsMarkdown ? content.intro : plain(content.intro)]),
    ...showSections(content, words).flatMap(({ name, cards }) => [
      '',
      `## ${plain(name)}`,
      ...cards.flatMap((card) => [
        '',
        `### ${card.number}. ${linked(card.title, card.url)}`,
        '',
        [card.kind, card.source, card.authors, ...card.marks]
          .filter((part) => part !== '')
          .map(plain)
          .join(' · '),
        ...(card.summary === '' ? [] : ['', plain(card.summary)]),
        ...card.also.map(({ label, url }) => `- ${linked(label, url)}`),
      ]),
    ]),
  ];
}

function storyInMarkdown(
  { id, title, items, topic }: StoryDetail,
  { links, timezone, words }: { links: Links; timezone: string; words: Words },
): string[] {
  return [
    `# ${plain(texToText(title))}`,
    '',
    `${topic === null ? '' : `${plain(topic)}. `}<${links.story(id)}>`,
    ...items.flatMap((item) => [
      '',
      `## ${capitalise(words.say(`kind.${item.kind}`))}: ${linked(texToText(item.title), safeHref(item.url))}`,
      '',
      [
        item.source,
        item.authors.join(', '),
        words.date(item.publishedAt, timezone),
        ...(item.withdrawn ? [words.say('mark.withdrawn')] : []),
      ]
        .filter((part) => part !== '')
        .map(plain)
        .join(' · '),
      ...(item.text === '' ? [] : ['', plain(texToText(item.text))]),
    ]),
  ];
}

function linked(words: string, url: string | undefined | null): string {
  return url ? `[${plain(words)}](<${url.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)` : plain(words);
}

/** Signs that Markdown (CommonMark 0.31, 2.4) would read as more than themselves. */
const signs = new Set('\\`*_[]<>#|!');

function plain(text: string): string {
  return Array.from(text, (character) => (signs.has(character) ? `\\${character}` : character)).join('');
}
