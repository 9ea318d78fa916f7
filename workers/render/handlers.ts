// Approved and ranked issue -> the compiled frame of its letters, and a card for each story that somebody gets.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { compileCards, compileFrame } from '../../core/letter/letter.ts';
import { inEdition } from '../../core/editions/in-edition.ts';
import type { CardPicture, MapPicture } from '../../core/letter/letter-data.ts';
import { letterDeadlines } from '../../core/letter/letter-deadlines.ts';
import { linksOf, type Links } from '../../core/links.ts';
import { listDeadlines } from '../../core/store/deadlines.ts';
import { approvedIssue, isDueToSend, type ApprovedIssue } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { letterLangs, missingParts, saveRender, type MissingParts } from '../../core/store/renders.ts';
import { saveSharePictures } from '../../core/store/share-pictures.ts';
import { wordsIn, type Words } from '../../core/words.ts';
import { brandOf, loadSettings } from '../../core/store/settings.ts';
import { openTemplates, type Templates } from '../../core/templates.ts';
import { cardPictures } from './card-pictures.ts';
import { drawMap } from './draw-map.ts';
import { shareIssues } from './share-issues.ts';

/** The handlers of this folder's jobs. */
export function renderHandlers(house: House): Handlers {
  const templates = openTemplates();
  return {
    async 'issue.render'({ issueId }, stop) {
      const issue = await approvedIssue(house.db, issueId);
      await renderMissing(house, { templates, issue, stop });
      if (isDueToSend(issue, house.now())) await house.queue.enqueue('issue.send', { issueId });
    },
    'issues.picture': (_nothing, stop) => shareIssues(house, stop),
  };
}

interface Rendering {
  templates: Templates;
  issue: ApprovedIssue;
  stop: AbortSignal;
}

/** Compiles what is not there yet: MJML runs once for each content and language, whatever the number of readers. */
async function renderMissing(house: House, rendering: Rendering): Promise<void> {
  const { config, db } = house;
  const { id: issueId, contentHash } = rendering.issue;
  const langs = await letterLangs(db, config.SITE_LANGUAGE);
  const missing = await missingParts(db, { issueId, contentHash }, langs);
  if (missing.length === 0) return;
  const storyIds = [...new Set(missing.flatMap((one) => one.storyIds))];
  const content = await withPooled(db, { issueId, content: rendering.issue.content, storyIds });
  const cards = content.cards.filter(({ storyId }) => storyIds.includes(storyId));
  // The same in all languages: fetched once.
  const pictures = await cardPictures(house, { cards, links: linksOf(config.PUBLIC_URL), stop: rendering.stop });
  if (rendering.stop.aborted) return;
  await saveSharePictures(db, { issueId, contentHash }, new Map([...pictures].map(([id, { kept }]) => [id, kept])));
  for (const one of missing) await renderIn(house, { ...rendering, content, pictures }, one);
}

interface RenderingCards extends Rendering {
  /** With the cards that are missing. */
  content: IssueContent;
  pictures: ReadonlyMap<number, CardPicture>;
}

async function renderIn(
  house: House,
  { templates, issue, stop, content: whole, pictures }: RenderingCards,
  { lang, frame, storyIds }: MissingParts,
): Promise<void> {
  const { config, db, log } = house;
  const { id: issueId, contentHash } = issue;
  const words = wordsIn(lang);
  const shown = { lang, own: config.SITE_LANGUAGE };
  const content = inEdition(whole, shown);
  const settings = await loadSettings(db);
  const origin = {
    publication: settings.publication,
    brand: brandOf(settings),
    words,
    links: linksOf(config.PUBLIC_URL),
  };
  const wanted = new Set(storyIds);
  const cards = content.cards.filter(({ storyId }) => wanted.has(storyId));
  // The next job compiles what this one was told to leave.
  if (stop.aborted) return;
  const parts = [
    ...(frame ? await compileFrame(templates, { content: inEdition(issue.content, shown), contentHash }, { ...origin, ...(await besideStories(house, issue.content, origin)) }) : []), // prettier-ignore
    ...(await compileCards(templates, { content, contentHash, cards }, { ...origin, pictures })),
  ];
  await saveRender(db, { issueId, contentHash, lang, parts });
  log.info({ event: 'issue.rendered', issueId, lang, parts: parts.length });
}

/** What letters show beside stories, as it is when they are compiled. */
async function besideStories(house: House, content: IssueContent, origin: { links: Links; words: Words }) {
  const { db, config, now } = house;
  const deadlines = letterDeadlines(await listDeadlines(db, now()), { now: now(), timezone: config.TIMEZONE, words: origin.words }); // prettier-ignore
  return { map: await mapPicture(house, content, origin), deadlines };
}

/** Draws the map once an issue, and keeps it at an address made of its bytes. */
async function mapPicture(
  { db, now }: House,
  content: IssueContent,
  { links, words }: { links: Links; words: Words },
): Promise<MapPicture | undefined> {
  const drawn = await drawMap(content.cards);
  if (!drawn) return undefined;
  const { png, width, height, topics, stories } = drawn;
  const legend = topics.map((name, at) => `${at + 1} ${name}`).join(' \u00b7 ');
  const groups = topics.length > 0 ? [words.say('letter.mapGroups', { topics: topics.join('; ') })] : [];
  return {
    src: links.picture(await savePicture(db, { bytes: png, at: now() })),
    width,
    height,
    alt: [words.say('letter.mapAlt', { n: stories }), ...groups].join(' '),
    legend: [words.say('map.legend'), ...(legend ? [legend] : [])].join(' '),
  };
}
