// Approved and ranked issue -> the compiled frame of its letters, and a card for each story that somebody gets.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { compileCards, compileFrame } from '../../core/letter.ts';
import type { MapPicture } from '../../core/letter-data.ts';
import { letterDeadlines } from '../../core/letter-deadlines.ts';
import { linksOf, type Links } from '../../core/links.ts';
import { listDeadlines } from '../../core/store/deadlines.ts';
import { approvedIssue, isDueToSend, type ApprovedIssue } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { missingParts, saveRender } from '../../core/store/renders.ts';
import { brandOf, loadSettings } from '../../core/store/settings.ts';
import { openTemplates, type Templates } from '../../core/templates.ts';
import { cardPictures } from './card-pictures.ts';
import { drawMap } from './draw-map.ts';

/** The handlers of this folder's jobs. */
export function renderHandlers(house: House): Handlers {
  const templates = openTemplates();
  return {
    async 'issue.render'({ issueId }, stop) {
      const issue = await approvedIssue(house.db, issueId);
      await renderMissing(house, { templates, issue, stop });
      if (isDueToSend(issue, house.now())) await house.queue.enqueue('issue.send', { issueId });
    },
  };
}

interface Rendering {
  templates: Templates;
  issue: ApprovedIssue;
  stop: AbortSignal;
}

/** Compiles what is not there yet: MJML runs once for each content, whatever the number of readers. */
async function renderMissing(house: House, { templates, issue, stop }: Rendering): Promise<void> {
  const { config, db, log } = house;
  const { id: issueId, contentHash } = issue;
  const { frame, storyIds } = await missingParts(db, { issueId, contentHash });
  if (!frame && storyIds.length === 0) return;
  const content = await withPooled(db, { issueId, content: issue.content, storyIds });
  const settings = await loadSettings(db);
  const origin = { publication: settings.publication, brand: brandOf(settings), links: linksOf(config.PUBLIC_URL) };
  const wanted = new Set(storyIds);
  const cards = content.cards.filter(({ storyId }) => wanted.has(storyId));
  const pictures = await cardPictures(house, { cards, links: origin.links, stop });
  // The next job compiles what this one was told to leave.
  if (stop.aborted) return;
  const parts = [
    ...(frame ? await compileFrame(templates, { content: issue.content, contentHash }, { ...origin, ...(await besideStories(house, issue.content, origin.links)) }) : []), // prettier-ignore
    ...(await compileCards(templates, { content, contentHash, cards }, { ...origin, pictures })),
  ];
  await saveRender(db, { issueId, contentHash, parts });
  log.info({ event: 'issue.rendered', issueId, parts: parts.length });
}

/** What letters show beside stories, as it is when they are compiled. */
async function besideStories(house: House, content: IssueContent, links: Links) {
  const { db, config, now } = house;
  const deadlines = letterDeadlines(await listDeadlines(db, now()), { now: now(), timezone: config.TIMEZONE });
  return { map: await mapPicture(house, content, links), deadlines };
}

/** Draws the map once an issue, and keeps it at an address made of its bytes. */
async function mapPicture({ db, now }: House, content: IssueContent, links: Links): Promise<MapPicture | undefined> {
  const drawn = await drawMap(content.cards);
  if (!drawn) return undefined;
  const { png, width, height, topics, stories } = drawn;
  const legend = topics.map((name, at) => `${at + 1} ${name}`).join(' \u00b7 ');
  const groups = topics.length > 0 ? ` The largest groups: ${topics.join('; ')}.` : '';
  return {
    src: links.picture(await savePicture(db, { bytes: png, at: now() })),
    width,
    height,
    alt: `Map of ${stories} stories: near each other, about the same.${groups}`,
    legend: `Near each other: about the same. Circles are papers, triangles talks, squares posts; picks stand out.${legend && ` ${legend}`}`,
  };
}
