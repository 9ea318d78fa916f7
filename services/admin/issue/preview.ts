// An issue -> the letter one reader would get, before anything is approved or sent.
import { hashContent } from '../../../core/content-hash.ts';
import { inEdition } from '../../../core/editions/in-edition.ts';
import type { House } from '../../../core/house.ts';
import { describedPicture } from '../../../core/letter/described-picture.ts';
import { deadlinesFor } from '../../../core/letter/letter-deadlines.ts';
import { openOrigin } from '../../../core/letter/open-origin.ts';
import { pickLine } from '../../../core/letter/pick-words.ts';
import { compileCards, compileFrame, type LetterPart } from '../../../core/letter/letter.ts';
import { picturesToFetch, tryAgainMs } from '../../../core/store/fetched-pictures.ts';
import { loadIssueContent, type IssueContent } from '../../../core/store/issue-content.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { withPooled } from '../../../core/store/letter-content.ts';
import { isMapMissing } from '../../../core/store/issue-maps.ts';
import { readerById } from '../../../core/store/readers.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { wordsIn } from '../../../core/words.ts';
import type { WordsLang } from '../../../core/words-langs.ts';
import { preparePreview } from '../../mailer/personal-letter.ts';
import type { ChosenStory } from '../../mailer/reading-order.ts';
import type { Room } from '../../room.ts';
import { createProofs } from './proofs.ts';

/** Whose letter: of a reader, of somebody made up by their interests, of somebody new. */
interface PreviewOf {
  readerId: number | undefined;
  words?: readonly string[];
  showsAddress: boolean;
  length?: number;
  /** Of which edition; that of the reader's language where it is left out, else that of the publication. */
  lang?: WordsLang | undefined;
}

interface PreviewedLetter {
  /** Of the issue, as this letter says it. */
  title: string;
  html: string;
  text: string;
  /** False while the ranker has not chosen for them: then it is the letter of somebody new. */
  isRanked: boolean;
  /** Why each story is in it. */
  why: { title: string; source: string; reason: string }[];
  /** The titles of the two stories it asks about; empty where it asks nothing. */
  pair: string[];
}

/** What shows the letter of a reader. */
export type PreviewLetter = ReturnType<typeof createPreview>;

/** Returns a function from an issue and a reader's id to their letter, with the picks that the ranker has for them now. */
export function createPreview({ house, templates }: Room) {
  const { db, config } = house;
  const readerFor = createProofs(house);
  // MJML takes some hundred milliseconds, and a curator looks at the same content as many readers.
  let last: { version: string; frame: Promise<LetterPart[]> } | undefined;

  return async function previewLetter(
    issue: Issue,
    { readerId, words: interests = [], showsAddress, length, lang: asked }: PreviewOf,
  ): Promise<PreviewedLetter> {
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    const lang = asked ?? (await langOf(house, readerId));
    const settings = await loadSettings(db);
    const { publication, postalAddress, footer } = settings;
    const contentHash = hashContent(content);
    const edition = { lang, own: config.SITE_LANGUAGE };
    const origin = {
      ...(await openOrigin(house, {
        words: wordsIn(lang),
        cards: content.cards,
        issue: { issueId: issue.id, content },
        settings,
      })),
      direct: true,
    };
    await fetchMissing(house, { issueId: issue.id, cards: content.cards }, origin.pictures);
    const version = hashContent([contentHash, publication, origin.brand, origin.deadlines, origin.map, lang]);
    if (last?.version !== version) {
      last = { version, frame: compileFrame(templates, { content: inEdition(content, edition), contentHash }, origin) };
    }
    const { isRanked, ...reader } = await readerFor(
      { issueId: issue.id, content, contentHash, length },
      { readerId, words: interests },
    );
    const pair = settings.asksPairs ? (reader.pair ?? null) : null;
    const storyIds = new Set([...reader.stories.map(({ storyId }) => storyId), ...(pair ?? [])]);
    const whole = inEdition(await withPooled(db, { issueId: issue.id, content, storyIds: [...storyIds] }), edition);
    const cards = whole.cards.filter(({ storyId }) => storyIds.has(storyId));
    const frame = await last.frame;
    const deadlines = deadlinesFor(frame.map(({ part }) => part))(reader.interests);
    const parts = [...frame, ...(await compileCards(templates, { content, contentHash, cards }, origin))];
    const letterFor = preparePreview({ lang, parts, content: whole, contentHash });
    const imprint = {
      publication,
      postalAddress: [footer, postalAddress].filter(Boolean).join('\n'),
      timezone: config.TIMEZONE,
    };
    const shown = { ...reader, pair, deadlines, ...(showsAddress ? {} : { email: 'somebody@reader.example' }) };
    const { html, text } = letterFor(shown, imprint);
    return {
      title: whole.title,
      html,
      text,
      isRanked,
      why: explain(reader.stories, whole),
      pair: pair ? titlesOf(pair, whole) : [],
    };
  };
}

/** Asks for the map and the pictures that are not there yet: whoever looks again sees them. */
async function fetchMissing(
  { db, queue, now }: House,
  { issueId, cards }: { issueId: number; cards: IssueContent['cards'] },
  pictures: ReadonlyMap<number, unknown>,
): Promise<void> {
  const urls = cards.flatMap(describedPicture).flatMap(({ storyId, url }) => (pictures.has(storyId) ? [] : [url]));
  const triedBefore = new Date(now().getTime() - tryAgainMs);
  const isMissing =
    (await isMapMissing(db, { issueId, cards })) ||
    (urls.length > 0 && (await picturesToFetch(db, { urls, triedBefore })).length > 0);
  if (isMissing) await queue.enqueue('pictures.fetch', { issueId });
}

/** As the mailer writes it (services/mailer/write-letters.ts): what they chose, else the publication's. */
async function langOf({ db, config }: House, readerId: number | undefined): Promise<WordsLang> {
  const reader = readerId === undefined ? undefined : await readerById(db, readerId);
  return reader?.lang ?? config.SITE_LANGUAGE;
}

function titlesOf(storyIds: readonly number[], { cards }: IssueContent): string[] {
  return storyIds.flatMap((storyId) => cards.find((card) => card.storyId === storyId)?.title ?? []);
}

/** The lead, then the others in the order they were chosen, each with the line that stands under it, or would. */
function explain(stories: readonly ChosenStory[], { cards, lead }: IssueContent): PreviewedLetter['why'] {
  const byId = new Map(cards.map((card) => [card.storyId, card]));
  const leadFirst = stories.toSorted((a, b) => Number(b.storyId === lead) - Number(a.storyId === lead));
  return leadFirst.flatMap((story) => {
    const card = byId.get(story.storyId);
    return card ? [{ title: card.title, source: card.source, reason: pickLine(story) ?? 'new this week' }] : [];
  });
}
