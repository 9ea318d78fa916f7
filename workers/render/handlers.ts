// Approved and ranked issue -> the compiled frame of its letters, and a card for each story that somebody gets.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { compileCards, compileFrame } from '../../core/letter/letter.ts';
import { openOrigin } from '../../core/letter/open-origin.ts';
import { inEdition } from '../../core/editions/in-edition.ts';
import { approvedIssue, isDueToSend, type ApprovedIssue } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import { tryAgainMs } from '../../core/store/fetched-pictures.ts';
import { loadIssueContent, type IssueContent } from '../../core/store/issue-content.ts';
import { isMapMissing, saveIssueMap } from '../../core/store/issue-maps.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { letterLangs, missingParts, saveRender, type MissingParts } from '../../core/store/renders.ts';
import { saveSharePictures } from '../../core/store/share-pictures.ts';
import { wordsIn } from '../../core/words.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { openTemplates, type Templates } from '../../core/templates.ts';
import { drawMap } from './draw-map.ts';
import { fetchPictures } from './fetch-pictures.ts';
import { createSharing } from './share-issues.ts';

/** The handlers of this folder's jobs. */
export function renderHandlers(house: House): Handlers {
  const templates = openTemplates();
  const shareIssues = createSharing(house);
  return {
    async 'issue.render'({ issueId }, stop) {
      const issue = await approvedIssue(house.db, issueId);
      await renderMissing(house, { templates, issue, stop });
      if (isDueToSend(issue, house.now())) await house.queue.enqueue('issue.send', { issueId });
    },
    async 'pictures.fetch'({ issueId }, stop) {
      const content = await loadIssueContent(house.db, issueId);
      await drawIssueMap(house, { issueId, content, isKept: false });
      const { cards } = content;
      await fetchPictures(house, { cards, triedBefore: new Date(house.now().getTime() - tryAgainMs), stop });
    },
    'issues.picture': (_nothing, stop) => shareIssues(stop),
  };
}

interface Rendering {
  templates: Templates;
  issue: ApprovedIssue;
  stop: AbortSignal;
}

/** Compiles what is not there yet: MJML runs once for each content and language, whatever the number of readers. */
async function renderMissing(house: House, rendering: Rendering): Promise<void> {
  const { config, db, now } = house;
  const { issue, stop } = rendering;
  const { id: issueId, contentHash } = issue;
  const langs = await letterLangs(db, config.SITE_LANGUAGE);
  const missing = await missingParts(db, { issueId, contentHash }, langs);
  if (missing.length === 0) return;
  const storyIds = [...new Set(missing.flatMap((one) => one.storyIds))];
  const content = await withPooled(db, { issueId, content: issue.content, storyIds });
  // The last try before letters go out: what failed a minute ago is asked once more.
  await fetchPictures(house, { cards: content.cards.filter(({ storyId }) => storyIds.includes(storyId)), triedBefore: now(), stop }); // prettier-ignore
  await drawIssueMap(house, { issueId, content: issue.content, isKept: true });
  for (const one of missing) await renderIn(house, { ...rendering, content }, one);
}

interface RenderingCards extends Rendering {
  /** With the cards that are missing. */
  content: IssueContent;
}

async function renderIn(
  house: House,
  { templates, issue, stop, content: whole }: RenderingCards,
  { lang, frame, storyIds }: MissingParts,
): Promise<void> {
  // The next job compiles what this one was told to leave.
  if (stop.aborted) return;
  const { config, db, log } = house;
  const { id: issueId, contentHash } = issue;
  const words = wordsIn(lang);
  const shown = { lang, own: config.SITE_LANGUAGE };
  const content = inEdition(whole, shown);
  const wanted = new Set(storyIds);
  const cards = content.cards.filter(({ storyId }) => wanted.has(storyId));
  const origin = await openOrigin(house, {
    words,
    cards,
    issue: { issueId, content: issue.content },
    settings: await loadSettings(db),
  });
  const parts = [
    ...(frame ? await compileFrame(templates, { content: inEdition(issue.content, shown), contentHash }, origin) : []), // prettier-ignore
    ...(await compileCards(templates, { content, contentHash, cards }, origin)),
  ];
  const kept = new Map([...origin.pictures].map(([id, picture]) => [id, picture.kept]));
  await saveSharePictures(db, { issueId, contentHash }, kept);
  await saveRender(db, { issueId, contentHash, lang, parts });
  log.info({ event: 'issue.rendered', issueId, lang, parts: parts.length });
}

/** Draws the map once for what it shows, for letters and for proofs of them. */
async function drawIssueMap(
  { db, now }: House,
  map: { issueId: number; content: IssueContent; isKept: boolean },
): Promise<void> {
  const wanted = { issueId: map.issueId, cards: map.content.cards, isKept: map.isKept };
  if (!(await isMapMissing(db, wanted))) return;
  const drawn = await drawMap(wanted.cards);
  if (!drawn) return;
  const { png, ...size } = drawn;
  await saveIssueMap(db, { ...wanted, map: { picture: await savePicture(db, { bytes: png, at: now() }), ...size }, at: now() }); // prettier-ignore
}
