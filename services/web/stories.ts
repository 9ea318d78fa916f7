// `/stories/:id`: one story with everything it was made of, across sources.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { issueOfStory } from '../../core/store/published-issues.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import { atSecond, formatTalkTime } from '../../core/letter/talk-time.ts';
import { bestSegments, spokenAt } from '../../core/store/best-segments.ts';
import { paperVersions } from '../../core/store/paper-versions.ts';
import { storyNow } from '../../core/store/addresses.ts';
import { shownCharacters, storyDetail, type StoryItem } from '../../core/store/story-detail.ts';
import { rejectedAmong } from '../../core/store/rejected-stories.ts';
import { countNewsletters, mentionsOfStories } from '../../core/store/mentions.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';
import { moved } from '../moved.ts';
import { gone, notFound } from '../page-error.ts';
import { askedIn } from '../page-words.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { compareVersions } from './compare-versions.ts';
import { storyData } from './linked-data.ts';
import { talkPassage } from './talk-passage.ts';
import type { Finder } from './find-stories.ts';
import { readerOf } from './reader-of.ts';
import { relatedStories } from './related-stories.ts';
import { showButtons } from './signal-buttons.ts';
import { signalsOn } from '../../core/store/signals.ts';
import { showShare } from './show-share.ts';
import { mapAround, storyInIssue } from '../../core/store/story-in-issue.ts';
import { sketchMap } from '../show-map.ts';
import { showSummary } from './story-summary.ts';
import { storyInLanguages } from './story-languages.ts';
import { capitalise } from '../../core/text/capitalise.ts';

const params = z.object({ id: rowId() });
const verbs = { paper: 'story.readPaper', video: 'story.readVideo', post: 'story.readPost' } as const;
const namesShown = 8;
const mentionsShown = 12;

/** "34.120.245": the item and where in its text, of at most 200,000 characters, a quoted sentence begins and ends. */
const query = z.object({
  quote: z
    .string()
    .regex(/^[1-9]\d{0,8}\.\d{1,6}\.\d{1,6}$/)
    .transform((range) => {
      const [itemId, start, end] = range.split('.').map(Number) as [number, number, number];
      return { itemId, start, end };
    })
    .refine(({ start, end }) => start < end && end - start <= longestQuote && end <= longestText)
    .optional()
    .catch(undefined),
});
type Quote = NonNullable<z.infer<typeof query>['quote']>;
const longestText = 200_000;
/** Sentences have at most 320 characters; a model may quote two. */
const longestQuote = 1_000;
const roomAround = 300;

/** Registers the story's page. */
export function storyRoom(app: FastifyInstance, room: Room, finder: Finder): void {
  app.get('/stories/:id', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    if (!parsed.success) throw notFound({ key: 'story.missing' });
    const id = await storyNow(room.house.db, parsed.data.id);
    if (id === 'gone') throw gone({ key: 'story.gone' });
    if (id === undefined) throw notFound({ key: 'story.missing' });
    if (id !== parsed.data.id) return moved(reply, `/stories/${id}`);
    const { quote } = query.parse(request.query);
    // Anybody reads the beginnings; what stands farther on was quoted to readers, or it stays at the desk.
    const isQuoted = quote !== undefined && (await issueOfStory(room.house.db, id)) !== undefined;
    return showStory(room, reply, { id, quote: isQuoted ? quote : undefined, finder });
  });
}

/** Registers the same page for a reader who comes from their mail, with the buttons of the letter. */
export function readersStoryRoom(app: FastifyInstance, room: Room, finder: Finder): void {
  const { db } = room.house;
  app.get('/read/:token/stories/:id', async (request, reply) => {
    const { id: readerId, token } = await readerOf(db, request);
    const parsed = params.safeParse(request.params);
    const id = parsed.success ? await storyNow(db, parsed.data.id) : undefined;
    if (typeof id !== 'number') throw id === 'gone' ? gone({ key: 'story.gone' }) : notFound({ key: 'story.missing' });
    const given = (await signalsOn(db, readerId, [id])).get(id) ?? [];
    const reader = { token, buttons: showButtons(given, room.words(request)) };
    return showStory(room, reply, { id, quote: undefined, isPersonal: true, reader, finder });
  });
}

/** Registers the same page with any passage marked, for curators who look where a sentence of a draft is from. */
export function quotedStoryRoom(desk: FastifyInstance, room: Room): void {
  desk.get('/desk/stories/:id/text', async (request, reply) => {
    const { id } = readParams(params, request);
    const { quote } = query.parse(request.query);
    return showStory(room, reply, { id, quote, isPersonal: true });
  });
}

interface AskedStory {
  id: number;
  quote: Quote | undefined;
  isPersonal?: boolean;
  /** Left out where nobody reads on from here. */
  finder?: Finder;
  /** Who comes from their mail. */
  reader?: { token: string; buttons: ReturnType<typeof showButtons> } | null;
}

async function showStory(
  { house, links, show, words: wordsOf }: Room,
  reply: FastifyReply,
  { id, quote, isPersonal = false, finder, reader = null }: AskedStory,
): Promise<FastifyReply> {
  const timezone = house.config.TIMEZONE;
  const words = wordsOf(reply.request);
  const story = await storyDetail(house.db, id, quote && { itemId: quote.itemId, end: quote.end + roomAround });
  if (!story) throw notFound({ key: 'story.missing' });
  const sources = new Set(story.items.map((item) => item.source)).size;
  const { topicId } = story;
  const { ofTopic, alike } = await relatedStories(house.db, { id, topicId, finder });
  const [issue = null, rejected, inLanguages, mentions, versions, minutes] = await Promise.all([
    issueOfStory(house.db, id),
    rejectedAmong(house.db, [id]),
    storyInLanguages(house, { id, address: links.story(id), beside: [...ofTopic, ...alike], words, isAsked: askedIn(reply.request.query) !== undefined }), // prettier-ignore
    mentionsOfStories(house.db, [id]),
    paperVersions(house.db, story.items.map((item) => item.id)), // prettier-ignore
    bestSegments(house.db, [id]),
  ]);
  const spoken = minutes.size > 0 ? await spokenAt(house.db, minutes) : new Map<number, string>();
  const seen = new Set<string>();
  const share = issue && (await showShare(house, links, { slug: issue.slug, storyId: id }));
  return show(reply, 'story', {
    title: inLanguages.said?.plainTitle ?? texToText(story.title),
    isPersonal,
    isUnlisted: rejected.has(id),
    reader,
    ...inLanguages,
    near: inLanguages.near.slice(0, ofTopic.length),
    alike: inLanguages.near.slice(ofTopic.length),
    ...(isPersonal
      ? { canonical: null, alternates: [] }
      : { keepSeconds: 60, share, linkedData: storyData(story, links) }),
    ...(story.items[0]?.text ? { description: texToText(story.items[0].text).slice(0, 200) } : {}),
    story,
    issue,
    // An edition says it in the language of the page.
    ...(await inIssue(house, { issue, id, words: inLanguages.said ? null : words })),
    hasPaper: story.items.some(({ kind }) => kind === 'paper'),
    newsletters: countNewsletters(mentions).get(id) ?? 0,
    mentions: showMentions(mentions, { timezone, words }),
    firstSeen: words.date(story.firstSeen, timezone),
    sources: words.say('card.sources', { n: sources }),
    items: story.items.map((item) => ({
      ...showItem(item, { timezone, quote, words }),
      changes: compareVersions(versions.filter(({ itemId }) => itemId === item.id), { lang: item.lang, timezone, words, seen }), // prettier-ignore
      passage: spoken.has(item.id) ? talkPassage({ text: spoken.get(item.id)!, startS: minutes.get(item.id)! }, { lang: item.lang, url: safeHref(item.url) ?? null }) : null, // prettier-ignore
    })),
  });
}

function showMentions(
  mentions: Awaited<ReturnType<typeof mentionsOfStories>>,
  { timezone, words }: { timezone: string; words: Words },
) {
  return mentions.slice(0, mentionsShown).map(({ source, title, url, paragraph, publishedAt }) => ({
    source,
    title: texToText(title),
    url: safeHref(url),
    paragraph,
    date: words.date(publishedAt, timezone),
  }));
}

/** What its issue said of it, unless an edition says it (`words` is null), and where it lies on the map of that issue. */
async function inIssue(
  { db }: House,
  { issue, id, words }: { issue: { id: number } | null; id: number; words: Words | null },
) {
  if (!issue) return { summary: null, sketch: null };
  const of = { issueId: issue.id, storyId: id };
  const [told, around] = await Promise.all([words ? storyInIssue(db, of) : undefined, mapAround(db, of)]);
  return { summary: words && showSummary(told, { storyId: id, words }), sketch: sketchMap(around, id) };
}

function showItem(
  item: StoryItem,
  { timezone, quote, words }: { timezone: string; quote: Quote | undefined; words: Words },
) {
  const url = safeHref(item.url);
  const names = item.authors.slice(0, namesShown).join(', ');
  return {
    id: item.id,
    kind: capitalise(words.say(`kind.${item.kind}`)),
    verb: words.say(verbs[item.kind]),
    title: mathHtml(item.title),
    url,
    source: item.source,
    sourceId: item.sourceId,
    names: item.authors.slice(0, namesShown).map((name) => ({ name, href: `/authors/${encodeURIComponent(name)}` })),
    more: item.authors.length > namesShown,
    authors: item.authors.length > namesShown ? words.say('story.namesAndOthers', { names }) : names,
    lang: item.lang,
    text: showText(item, quote),
    date: words.date(item.publishedAt, timezone),
    categories: item.categories.join(', '),
    announced: item.announced ? words.say(`story.${item.announced}`) : null,
    updated: item.changedAt ? words.date(item.changedAt, timezone) : null,
    version: item.version,
    arxivId: item.arxivId,
    withdrawn: item.withdrawn,
    earlierTitle: item.earlierTitle,
    segments: item.segments.map(({ startS, text }) =>
      startS === null
        ? { at: null, url: null, text }
        : { at: formatTalkTime(startS), url: url && atSecond(url, startS), text },
    ),
  };
}

/** The beginning of a text as HTML, or a window round the quoted sentence, which is marked; null for an item without one. */
function showText({ id, text }: StoryItem, quote: Quote | undefined) {
  if (text === '') return null;
  if (quote?.itemId !== id || quote.end > text.length) {
    const isCut = text.length >= shownCharacters;
    const shown = isCut ? text.slice(0, text.lastIndexOf(' ', shownCharacters)) : text;
    return { before: mathHtml(shown), quote: null, after: isCut ? ' …' : '' };
  }
  const { start, end } = quote;
  const from = start <= roomAround ? 0 : start - roomAround;
  return {
    before: (from > 0 ? '… ' : '') + mathHtml(text.slice(from, start)),
    quote: mathHtml(text.slice(start, end)),
    after: `${mathHtml(text.slice(end, end + roomAround))}${text.length > end ? ' …' : ''}`,
  };
}
