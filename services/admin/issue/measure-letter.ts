// An issue -> what its longest letter and its page are like: measured, and as axe-core and SpamAssassin see them; once for each content.
import { paleAccents } from '../../../core/brand.ts';
import { messageOf } from '../../../core/errors.ts';
import { countNeeds } from '../../../core/gate/gather-facts.ts';
import type { ProgramFinding, GateFacts, MeasuredLetter } from '../../../core/gate/gate-facts.ts';
import { askAxeInThread, lookInThread } from '../../../core/gate/look-in-thread.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { brandOf, loadSettings } from '../../../core/store/settings.ts';
import { wordsIn } from '../../../core/words.ts';
import { isWordsLang } from '../../../core/words-langs.ts';
import { askSpamAssassin } from '../../mailer/ask-spamassassin.ts';
import { proofMessage } from '../../mailer/proof-message.ts';
import { newestInTurn, PassedOver, rememberLast } from '../../remember.ts';
import type { Room } from '../../room.ts';
import type { PreviewLetter } from './preview.ts';
import { showArchived } from './show-archived.ts';

interface Measurable {
  issue: Issue;
  content: IssueContent;
  hash: string;
  /** Of all that the letter is made of. */
  key: string;
}

/** The longest letter somebody may ask for: core/schema/0003_readers.sql. */
const longestLetter = 40;
/** Cards are all alike, and axe-core looks at every element. */
const cardsLookedAt = 60;
/** Other programs are asked of a content that stays so long: the letter in its frame, and who edits, go first. */
const stayMs = 1_500;

/** Returns what measures; who edits quickly waits for the newest content alone, and null says that there is a newer one. */
export function createMeasures(room: Room, preview: PreviewLetter) {
  const { house, links } = room;
  const rememberHtml = rememberLast<Awaited<ReturnType<PreviewLetter>>>(2);
  const letterOf = ({ issue, key }: Measurable) =>
    rememberHtml(key, () => preview(issue, { readerId: undefined, showsAddress: false, length: longestLetter }));

  const letter = inTurn<MeasuredLetter>(0, async (measurable) => {
    const { html } = await letterOf(measurable);
    const needs = [countNeeds(html), ...(await editionNeeds(measurable))];
    const { pale, nameless } = await lookInThread(html);
    const accents = paleAccents(brandOf(await loadSettings(house.db)).accent);
    return { ...longestOf(needs), nameless, pale: [...pale, ...accents] };
  });
  /** Of the same letter in each other language: its words are longer in some. */
  async function editionNeeds({ issue, content }: Measurable): Promise<Needs[]> {
    const needs: Needs[] = [];
    for (const lang of Object.keys(content.editions ?? {}).filter(isWordsLang)) {
      const { html } = await preview(issue, { readerId: undefined, showsAddress: false, length: longestLetter, lang });
      needs.push(countNeeds(html));
    }
    return needs;
  }
  const axe = inTurn<NonNullable<GateFacts['axe']>>(stayMs, async (measurable) => {
    const { issue, content } = measurable;
    const words = wordsIn(house.config.SITE_LANGUAGE);
    const some = { ...content, cards: content.cards.slice(0, cardsLookedAt) };
    const [{ html }, page] = await Promise.all([letterOf(measurable), room.write('issue', showArchived(issue, some, words), words)]); // prettier-ignore
    return { found: await askAxeInThread({ letter: html, page }) };
  });
  const spam = inTurn<NonNullable<GateFacts['spam']>>(stayMs, async (measurable) => {
    const { html, text } = await letterOf(measurable);
    const { content, hash } = measurable;
    return askSpamAssassin(house.config, await proofMessage(house, links, { html, text, subject: content.title, contentHash: hash })); // prettier-ignore
  });
  return {
    letter,
    axe: (measurable: Measurable, waits: boolean) => axe(measurable, waits).catch(failed),
    spam: (measurable: Measurable, waits: boolean) => spam(measurable, waits).catch(failed),
  };
}

type Needs = ReturnType<typeof countNeeds>;

/** What the letters of all languages come to: each must have what a reader needs. */
function longestOf(needs: readonly Needs[]): Needs {
  return {
    bytes: Math.max(...needs.map(({ bytes }) => bytes)),
    imagesWithoutAlt: Math.max(...needs.map(({ imagesWithoutAlt }) => imagesWithoutAlt)),
    hasUnsubscribe: needs.every(({ hasUnsubscribe }) => hasUnsubscribe),
  };
}

function failed(error: unknown): ProgramFinding<never> {
  return { failed: messageOf(error).split('\n')[0]! };
}

/** What is made of one content after the other; an approval waits for its own whatever came after. */
function inTurn<Result>(pauseMs: number, make: (measurable: Measurable) => Promise<Result>) {
  const remember = rememberLast<Result>(4);
  const take = newestInTurn(pauseMs);
  return async (measurable: Measurable, waits: boolean): Promise<Result | null> => {
    try {
      return await remember(measurable.key, () => take(() => make(measurable)));
    } catch (error) {
      if (!(error instanceof PassedOver)) throw error;
      return waits ? make(measurable) : null;
    }
  };
}
