// The issue of this week, unapproved six hours after its time -> skipped, or sent as it was suggested, where an owner set it so.
import { lookInThread } from '../../core/gate/look-in-thread.ts';
import { countNeeds, gatherFacts } from '../../core/gate/gather-facts.ts';
import { checkIssue } from '../../core/gate/check-issue.ts';
import type { MeasuredLetter } from '../../core/gate/gate-facts.ts';
import { hashContent } from '../../core/content-hash.ts';
import type { House } from '../../core/house.ts';
import { compileCards, compileFrame } from '../../core/letter/letter.ts';
import { linksOf } from '../../core/links.ts';
import { recordAudit } from '../../core/store/curators.ts';
import { approvers, forgottenIssue, skipForgotten, takeForgotten } from '../../core/store/forgotten-issues.ts';
import { loadIssueContent, type IssueContent } from '../../core/store/issue-content.ts';
import { dropSilenced } from '../../core/store/issue-pool.ts';
import { scheduleIssue } from '../../core/store/issue-times.ts';
import { approveOpen } from '../../core/store/issues.ts';
import { planNotice } from '../../core/store/notices.ts';
import { brandOf, loadSettings, type LoadedSettings } from '../../core/store/settings.ts';
import type { Queryable } from '../../core/db.ts';
import type { Templates } from '../../core/templates.ts';
import { hourMs } from '../../core/time.ts';

/** So long curators have after the mail that its time is over, and after the last edit of anybody. */
const graceMs = 6 * hourMs;
/** News of the day before yesterday is not sent by itself. */
const staleMs = 48 * hourMs;
/** As long as a letter may be: core/schema/0003_readers.sql. */
const longestLetter = 40;
/** What everybody reads first: in the letter, its text, the archive and the feeds. */
export const suggestedWords = 'Suggested draft, not read by an editor.';

/** Does what the settings say, once: the row is taken, changed and audited in one transaction, so that a process that dies leaves all or nothing. */
export async function settleForgotten(house: House, templates: Templates): Promise<void> {
  const { db, now, queue, log } = house;
  const settings = await loadSettings(db);
  if (settings.whenForgotten === 'wait') return;
  const at = now();
  const issue = await forgottenIssue(db, { before: new Date(at.getTime() - graceMs) });
  if (!issue) return;
  const isStale = issue.overAt.getTime() < at.getTime() - staleMs;
  const why = settings.whenForgotten === 'skip' ? '' : isStale ? 'it was found too late' : await whatStops(house, { issueId: issue.id, settings, templates }); // prettier-ignore
  const isSkipped = settings.whenForgotten === 'skip' || why !== '';
  const by = `${settings.forgottenBy}, by setting`;
  const isDone = await (isSkipped
    ? skip(house, { issueId: issue.id, by, why })
    : send(house, { issueId: issue.id, by }));
  if (!isDone) return;
  log.info({ event: isSkipped ? 'issue.skipped' : 'issue.sentAsSuggested', issueId: issue.id });
  await queue.enqueue('notices.send', {});
  if (!isSkipped) await queue.enqueue('issue.rank', { issueId: issue.id });
}

interface Settled {
  issueId: number;
  by: string;
}

function skip({ db, now }: House, { issueId, by, why }: Settled & { why: string }): Promise<boolean> {
  const at = now();
  return db.transaction(async (tx) => {
    if ((await skipForgotten(tx, { issueId, at, editedBefore: new Date(at.getTime() - graceMs) })) === 0) return false;
    await tell(tx, { issueId, by, at, outcome: 'skipped', why });
    return true;
  });
}

async function send({ db, now }: House, { issueId, by }: Settled): Promise<boolean> {
  const at = now();
  await dropSilenced(db, issueId);
  return db.transaction(async (tx) => {
    const taken = await takeForgotten(tx, { issueId, words: suggestedWords, editedBefore: new Date(at.getTime() - graceMs) }); // prettier-ignore
    if (taken === 0) return false;
    const content = await loadIssueContent(tx, issueId);
    await approveOpen(tx, { issueId, seenHash: hashContent(content), approvedBy: by, at });
    await scheduleIssue(tx, { issueId, sendAt: at });
    await tell(tx, { issueId, by, at, outcome: 'sent', why: '' });
    return true;
  });
}

async function tell(
  tx: Queryable,
  { issueId, by, at, outcome, why }: Settled & { at: Date; outcome: 'skipped' | 'sent'; why: string },
): Promise<void> {
  const action = outcome === 'sent' ? 'send as suggested' : 'skip';
  await recordAudit(tx, {
    actor: by,
    action,
    subject: `issue ${issueId}`,
    after: { outcome, ...(why && { why }) },
    at,
  });
  for (const email of await approvers(tx)) await planNotice(tx, { kind: 'issue-forgotten', email, detail: { issueId, outcome, why }, at }); // prettier-ignore
}

/** What the gate would stop a curator for; what asks them for a reason stops nobody who is not there. Empty when nothing does. */
async function whatStops(
  house: House,
  { issueId, settings, templates }: { issueId: number; settings: LoadedSettings; templates: Templates },
): Promise<string> {
  const content = await loadIssueContent(house.db, issueId);
  if (content.cards.length === 0) return 'it has no story';
  const letter = await measureLetter(house, { content, settings, templates });
  const facts = await gatherFacts(house.db, { issueId, content });
  const findings = checkIssue({ ...facts, letter, sender: [], postalAddress: settings.postalAddress, lang: 'en' });
  const stops = findings.filter(({ level }) => level === 'red');
  return stops.map(({ says, stories }) => [says, ...stories.flatMap(({ detail }) => detail ?? [])].join(': ')).join('; '); // prettier-ignore
}

/** The longest letter somebody could get, without its reader: slots are a few words. */
async function measureLetter(
  { config }: House,
  { content, settings, templates }: { content: IssueContent; settings: LoadedSettings; templates: Templates },
): Promise<MeasuredLetter> {
  const signed = { content, contentHash: hashContent(content) };
  const origin = { publication: settings.publication, brand: brandOf(settings), links: linksOf(config.PUBLIC_URL), direct: true }; // prettier-ignore
  const frame = await compileFrame(templates, signed, origin);
  const cards = await compileCards(templates, { ...signed, cards: content.cards.slice(0, longestLetter) }, origin);
  const [foot, rest] = [frame.filter(({ part }) => part === 'foot'), frame.filter(({ part }) => part !== 'foot' && part !== 'reason')]; // prettier-ignore
  const html = [...rest, ...cards, ...foot].map((part) => part.html).join('');
  return { ...countNeeds(html), ...(await lookInThread(html)) };
}
