// Approving the content a curator saw, by its hash, and setting when it goes out.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { approve } from '../../../core/desk/approve.ts';
import { schedule, unschedule } from '../../../core/desk/schedule.ts';
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import { oneLine } from '../../../core/one-line.ts';
import { plural } from '../../../core/plural.ts';
import { saveGateReasons, type GateReason, type KeptFinding } from '../../../core/store/gate.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { changedSinceSeen, issueById } from '../../../core/store/issues.ts';
import { countReached } from '../../../core/store/readers.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { AskFirst } from './ask-first.ts';
import { fieldTime, deskTime, timeOfField } from '../desk-time.ts';
import { editorOf } from '../desk.ts';
import type { GateLine, RunGate } from './gate.ts';
import type { ShowIssue } from './issue-desk.ts';
import { issueAddress, readView } from './issue-view.ts';
import { issueParams } from './issue-params.ts';
import { bornDate } from './born-date.ts';
import { saidAnyway } from './note-edit.ts';

const approveForm = z.object({
  hash: z.string({ error: 'Say which content you saw.' }).regex(/^[0-9a-f]{64}$/, 'Say which content you saw.'),
  /** That the page of the issue may come back while checks still run, and say which; else the answer waits for them. */
  tells: z.literal('yes').optional().catch(undefined),
});
const scheduleForm = z.object({
  sendAt: z.string().default(''),
  when: z.enum(['then', 'now', 'never']).default('then'),
});

/** Registers both forms. */
export function approvalRoom(
  desk: FastifyInstance,
  { house }: Room,
  { gate, showIssue }: { gate: RunGate; showIssue: ShowIssue },
): void {
  const { config, now } = house;

  desk.post('/desk/issues/:id/approve', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(issueParams, request);
    const { hash, tells } = readInput(approveForm, request.body);
    const passed = await passGate(house, { id, hash, request, gate, waits: !tells });
    if (passed.isWaiting || (tells && passed.refused)) {
      // The address of the form is no page: what is shown is the issue's.
      reply.header('hx-replace-url', 'false');
      return showIssue({ request, reply }, { hash, refused: passed.refused && `${passed.refused.what} ${passed.refused.todo}` }); // prettier-ignore
    }
    if (passed.refused) throw new PageError(409, passed.refused.what, { todo: passed.refused.todo, href: `/desk/issues/${id}?pane=letter#gate`, words: 'To the gate' }); // prettier-ignore
    await approve(house, { issueId: id, seenHash: hash, by: curator.name, reasons: passed.given, found: passed.found });
    return reply.redirect(issueAddress(id, readView(request)), 303);
  });

  desk.post('/desk/issues/:id/schedule', async (request, reply) => {
    // The reader and the look that were chosen stay.
    const back = (id: number): FastifyReply => reply.redirect(issueAddress(id, readView(request)), 303);
    const curator = editorOf(request);
    const { id } = readParams(issueParams, request);
    const { sendAt: typed, when } = readInput(scheduleForm, request.body);
    if (when === 'never') {
      await unschedule(house, { issueId: id, by: curator.name });
      return back(id);
    }
    const seen = when === 'now' ? await askBeforeSending(house, { id, request }) : {};
    const sendAt = when === 'now' ? now() : futureTime(typed, { timezone: config.TIMEZONE, now: now() });
    await schedule(house, { issueId: id, sendAt, by: curator.name, ...seen });
    return back(id);
  });
}

/** Sending cannot be taken back, so it asks once, with the number of readers it goes to; returns to what was said yes. */
async function askBeforeSending(
  { db, config, now }: House,
  { id, request }: { id: number; request: FastifyRequest },
): Promise<{ approvedHash?: string }> {
  const issue = await issueById(db, id);
  // What is not approved is refused by the store, in its words.
  if ((issue?.status !== 'approved' && issue?.status !== 'scheduled') || issue.approvedHash === null) return {};
  const anyway = `send ${issue.approvedHash}`;
  if (saidAnyway(request, anyway)) return { approvedHash: issue.approvedHash };
  const count = plural(await countReached(db), 'reader', 'readers');
  const bears = bornDate(issue, { at: now(), timezone: config.TIMEZONE });
  throw new AskFirst(`Send it to ${count} now?`, {
    todo: `“${issue.title}” begins to go out at once, dated ${bears.date} as it was approved. What was handed to a mail server cannot be called back.`,
    anyway,
    button: `Send it to ${count}`,
  });
}

/** What a field says -> a moment that is still to come; a PageError for what is past, and for an hour that a change of clocks leaves out. */
function futureTime(typed: string, { timezone, now }: { timezone: string; now: Date }): Date {
  const at = timeOfField(typed, timezone);
  if (!at) throw new PageError(400, 'This is no time to send at.', 'Choose a day and a time, such as Saturday 07:00.');
  if (fieldTime(at, timezone) !== typed.slice(0, 16)) {
    throw new PageError(400, `There is no such hour in ${timezone}: the clocks are put forward over it.`, 'Choose one before or after it.'); // prettier-ignore
  }
  if (at <= now) {
    throw new PageError(400, `${deskTime(at, timezone)} is past in ${timezone}.`, 'Choose a time to come, or press “Send now”.'); // prettier-ignore
  }
  return at;
}

interface Passed {
  /** The reasons that came with the form. */
  given: GateReason[];
  /** What each check said. */
  found: KeptFinding[];
  /** Whether some checks still run, and nothing is known against it. */
  isWaiting: boolean;
  refused: { what: string; todo: string } | null;
}

/**
 * Runs the gate on the content the curator saw. It refuses what is red, and what is amber and was given no reason; reasons
 * that were given are kept where it is not approved yet, so that nobody types them twice.
 */
async function passGate(
  { db, now }: House,
  { id, hash, request, gate, waits }: { id: number; hash: string; request: FastifyRequest; gate: RunGate; waits: boolean }, // prettier-ignore
): Promise<Passed> {
  const passed = { given: [], found: [], isWaiting: false, refused: null };
  const issue = await issueById(db, id);
  if (issue?.status !== 'draft' && issue?.status !== 'in_review') return passed;
  const content = await loadIssueContent(db, id);
  // Not left to the store: an undo might bring back what was seen before the store looks, and it would be approved unchecked.
  if (hashContent(content) !== hash) throw changedSinceSeen(id);
  if (content.cards.length === 0) return passed;
  const lines = await gate({ issue, content, hash }, waits);
  const given = reasonsIn(request, lines);
  const reds = lines.filter(({ level }) => level === 'red');
  const open = lines.filter((line) => line.level === 'amber' && line.reason === null && !given.some(({ checkName }) => checkName === line.name)); // prettier-ignore
  const isWaiting = lines.some(({ level }) => level === 'waiting');
  const isRefused = reds.length + open.length > 0;
  if (isWaiting || isRefused) await saveGateReasons(db, { issueId: id, reasons: given, at: now() });
  if (!isRefused) return { given, found: lines.flatMap(toKept), isWaiting, refused: null };
  const what = reds.length > 0 ? 'The gate stops this' : 'The gate asks for a reason';
  const todo = reds.length > 0 ? 'Put it right, then approve.' : 'Put it right, or say beside it why it may stay.';
  return { ...passed, given, refused: { what: `${what}: ${[...reds, ...open].map(({ says }) => says).join('; ')}.`, todo } }; // prettier-ignore
}

/** What is left of a finding once the issue is approved; what still runs or stops is approved by nobody. */
function toKept({ name, level, says }: GateLine): KeptFinding[] {
  return level === 'ok' || level === 'amber' ? [{ name, level, says }] : [];
}

/** The reasons of a form, for what the gate finds now; one for something else that was found before is none. */
function reasonsIn(request: FastifyRequest, lines: readonly GateLine[]): GateReason[] {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const givenBy = editorOf(request).name;
  return lines.flatMap(({ name, level, finding }) => {
    const reason = body[`reason.${name}`];
    const seen = body[`finding.${name}`] ?? finding;
    if (level !== 'amber' || typeof reason !== 'string' || reason.trim() === '' || seen !== finding) return [];
    return [{ checkName: name, finding, reason: oneLine(reason).slice(0, 300), givenBy }];
  });
}
