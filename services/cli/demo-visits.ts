// What the readers of the demo do with a letter: they open stories, like, save and want less, say which of two they would rather read, and one or two leave.
import type { House } from '../../core/house.ts';
import { seededRandom } from '../../core/math/seeded-random.ts';
import { recordClick } from '../../core/store/clicks.ts';
import { recordReport } from '../../core/store/mail-reports.ts';
import { setPaused } from '../../core/store/readers.ts';
import { sentLetters, type SentLetter } from '../../core/store/sent-letters.ts';
import { savePairChoice } from '../../core/store/pairs.ts';
import { recordSignal } from '../../core/store/signals.ts';
import { storyTexts } from '../../core/store/story-texts.ts';
import { unsubscribeReader } from '../../core/store/subscriptions.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';
import { demoAudience } from './demo-readers.ts';
import { minuteMs, hourMs } from '../../core/time.ts';

/** What happens to some of them besides, by the number of the issue. */
const events: Record<number, readonly { email: string; what: 'bounce' | 'leave' | 'pause' | 'scan' }[]> = {
  1: [
    { email: 'goran@readers.example', what: 'bounce' },
    { email: 'samir@readers.example', what: 'scan' },
  ],
  2: [
    { email: 'quentin@readers.example', what: 'leave' },
    { email: 'samir@readers.example', what: 'scan' },
  ],
  3: [
    { email: 'vera@readers.example', what: 'leave' },
    { email: 'tove@readers.example', what: 'pause' },
    { email: 'samir@readers.example', what: 'scan' },
  ],
};

/**
 * Lets every reader do with the letter of an issue what they do: by chance that is the same on every run, likelier where a
 * story fits what they asked for and stands high. A reader who was here before is left out, so that it may be run again.
 */
export async function visitLetters(
  house: House,
  { issueId, number }: { issueId: number; number: number },
): Promise<void> {
  const letters = await sentLetters(house.db, issueId);
  const texts = await storyTexts(house.db, [
    ...new Set(letters.flatMap(({ storyIds, pair }) => [...storyIds, ...(pair ?? [])])),
  ]);
  const terms = new Map(texts.map(({ storyId, text, topic }) => [storyId, new Set(tokenize(`${topic} ${text}`))]));
  for (const letter of letters.filter(({ isOpened }) => !isOpened)) {
    const event = events[number]?.find(({ email }) => email === letter.email)?.what;
    if (event !== 'bounce' && event !== 'scan') await visitLetter(house, { issueId, letter, terms });
    if (event) await happen(house, { issueId, letter, event });
  }
}

interface Visit {
  issueId: number;
  letter: SentLetter;
}

async function visitLetter(
  { db }: House,
  { issueId, letter, terms }: Visit & { terms: ReadonlyMap<number, ReadonlySet<string>> },
): Promise<void> {
  const { readerId, storyIds } = letter;
  const random = seededRandom(readerId * 1009 + issueId);
  const wanted = demoAudience.find(({ email }) => email === letter.email)?.interests.flatMap((words) => tokenize(words)) ?? []; // prettier-ignore
  // A third of them looks at no story of a letter.
  if (random() < 0.33) return;
  let at = letter.at.getTime() + hourMs * (1 + 40 * random());
  for (const [place, storyId] of storyIds.entries()) {
    const fits = wanted.some((term) => terms.get(storyId)?.has(term));
    const chance = (fits ? 0.55 : 0.2) / (1 + 0.12 * place);
    if (random() >= chance) continue;
    at += minuteMs * (1 + 6 * random());
    await recordClick(db, { readerId, issueId, storyId, at: new Date(at), isHead: false });
    const answer = random();
    const kind = answer < 0.22 ? 'like' : answer < 0.3 ? 'save' : answer > 0.95 ? 'dislike' : undefined;
    if (kind) await recordSignal(db, { readerId, storyId, kind, at: new Date(at + minuteMs) });
  }
  const { pair } = letter;
  if (!pair || random() < 0.4) return;
  // Of the two rather what fits; else by chance.
  const fits = pair.findIndex((storyId) => wanted.some((term) => terms.get(storyId)?.has(term)));
  const chosen = fits >= 0 ? fits : Math.floor(2 * random());
  await savePairChoice(db, { readerId, issueId, chosenId: pair[chosen]!, otherId: pair[1 - chosen]!, at: new Date(at + 2 * minuteMs) }); // prettier-ignore
}

async function happen(
  { db }: House,
  { issueId, letter, event }: Visit & { event: 'bounce' | 'leave' | 'pause' | 'scan' },
): Promise<void> {
  const { readerId, deliveryId } = letter;
  const at = new Date(letter.at.getTime() + 2 * hourMs);
  if (event === 'bounce') await recordReport(db, { deliveryId, kind: 'hard', status: '5.1.1', at });
  if (event === 'leave') await unsubscribeReader(db, { readerId, wording: 'demo reader', at });
  if (event === 'pause') await setPaused(db, readerId, { paused: true, at });
  // A mail server that tests the links of a letter, the one that nobody sees too.
  const scanned = event === 'scan' ? [null, ...letter.storyIds] : [];
  for (const [place, storyId] of scanned.entries())
    await recordClick(db, { readerId, issueId, storyId, at: new Date(at.getTime() + 2000 * place), isHead: false });
}
