// `/desk/sources/7`: one source, how it fares, its settings; pause and resume it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../../core/config.ts';
import type { Queryable } from '../../../core/db.ts';
import { isMailbox, mailboxAddress } from '../../../core/mail/mailbox.ts';
import { sections } from '../../../core/sections.ts';
import { sourceKinds } from '../../../core/source-kinds.ts';
import { keptDays } from '../../../core/store/deleted-sources.ts';
import { listSourceFigures, type SourceFigures } from '../../../core/store/source-figures.ts';
import {
  lockSource,
  saveSourceSettings,
  setSourceStatus,
  type SourceSettings,
} from '../../../core/store/source-settings.ts';
import { lastMove } from '../../../core/store/source-moves.ts';
import { sourceById, type Source } from '../../../core/store/sources.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { deskTime } from '../desk-time.ts';
import { mergeFields, seenIn } from '../merge-fields.ts';
import { editorOf, note, showDesk, showHistory } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';
import { fieldsOf, keepSecretFrom, sentForm, settingsOf, sourceForm } from './source-form.ts';
import { describeSource, rhythmWords, tellNextLook } from './source-words.ts';
import { drawWeeks } from '../../weeks-chart.ts';

const saidWords = {
  saved: 'Saved. It holds from the next look at it.',
  paused: 'Paused. It is not read until somebody resumes it.',
  resumed: 'Resumed. It is being read now.',
  restored: 'Back as it was. It is being read now.',
  moved: 'It has its old address again and is being read there.',
};
const query = z.object({
  said: z.enum(['saved', 'paused', 'resumed', 'restored', 'moved']).optional().catch(undefined),
});
const statusForm = z.object({ status: z.enum(['active', 'paused'], 'Choose to pause or to resume.') });

const intervals = [
  ['', 'as its own rhythm says'],
  ['15', 'every 15 minutes'],
  ['60', 'every hour'],
  ['360', 'every 6 hours'],
  ['1440', 'once a day'],
  ['4320', 'every 3 days'],
  ['10080', 'once a week'],
] as const;

/** Registers the page and its forms. */
export function sourceRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, config, now } = house;

  desk.get('/desk/sources/:id', async (request, reply) => {
    const { id } = readParams(idParams, request);
    const [source] = await listSourceFigures(db, now(), id);
    if (!source) throw notFound('There is no such source.');
    const { said } = readInput(query, request.query);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-source',
        isKeepable: true,
        title: source.title,
        here: 'sources',
        said: said ? saidWords[said] : null,
        source: showOne(source, now(), config.TIMEZONE),
        mailbox: mailboxOf(source, config),
        oldAddress: (await lastMove(db, id))?.fromUrl ?? null,
        keptDays,
        sections: sections.map(({ key, name }) => ({ key, name })),
        intervals: intervalChoices(source.intervalMinutes),
        history: await showHistory(house, `source ${id}`),
      },
    );
  });
  takeSettings(desk, room);
}

function takeSettings(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;

  desk.post('/desk/sources/:id', async (request, reply) => {
    const curator = editorOf(request);
    await db.transaction(async (tx) => {
      await lockSource(tx, readParams(idParams, request).id);
      const source = await wantedSource(tx, request);
      const typed = sentForm(request.body);
      const merged = mergeFields(typed, { now: fieldsOf(source), what: 'this source' });
      keepSecretFrom(merged['address'], typed);
      const change = settingsOf(source, readInput(sourceForm, { ...(request.body as object), ...merged }));
      if (!(await saveSourceSettings(tx, source.id, change))) {
        throw new PageError(409, 'Another source has this address already.', 'Change or pause that one.');
      }
      const hadSecret = source.secretHeader !== null;
      const hasSecret = change.secret === undefined ? hadSecret : change.secret !== null;
      await note(tx, curator, {
        action: 'change the settings',
        subject: `source ${source.id}`,
        before: { ...auditOf(source), hasSecret: hadSecret },
        after: { ...auditOf(change.settings), hasSecret, ...(change.secret ? { newSecret: true } : {}) },
        at: now(),
      });
    });
    return reply.redirect(`/desk/sources/${readParams(idParams, request).id}?said=saved`, 303);
  });

  desk.post('/desk/sources/:id/status', async (request, reply) => {
    const curator = editorOf(request);
    const { id, status: before } = await wantedSource(db, request);
    const { status } = readInput(statusForm, request.body);
    const isPause = status === 'paused';
    await db.transaction(async (tx) => {
      await setSourceStatus(tx, { sourceId: id, status, now: now() });
      const action = isPause ? 'pause' : 'resume';
      await note(tx, curator, { action, subject: `source ${id}`, before: { status: before }, after: { status }, at: now() }); // prettier-ignore
    });
    if (!isPause) await queue.enqueue('source.check', { sourceId: id });
    return reply.redirect(`/desk/sources/${id}?said=${isPause ? 'paused' : 'resumed'}`, 303);
  });
}

async function wantedSource(db: Queryable, request: FastifyRequest): Promise<Source> {
  const source = await sourceById(db, readParams(idParams, request).id);
  if (!source || source.deletedAt !== null) throw notFound('There is no such source.');
  return source;
}

/** What the audit keeps: the names of headers, not their values. */
function auditOf({
  title,
  url,
  section,
  language,
  muted,
  weight,
  intervalMinutes,
  userAgent,
  headers,
}: SourceSettings) {
  const place = isMailbox(url) ? 'its mailbox' : url;
  return { title, url: place, section, language, muted, weight, intervalMinutes, userAgent, headers: Object.keys(headers) }; // prettier-ignore
}

/** Where to send a newsletter, and who may; null for what does not come by mail. */
function mailboxOf({ kind, url, options }: Source, { INBOX_PORT, INBOX_DOMAIN }: Config) {
  if (!sourceKinds[kind].hasMailbox) return null;
  return {
    address: mailboxAddress(url, INBOX_DOMAIN),
    isOpen: INBOX_PORT !== undefined,
    sender: options.sender ?? null,
  };
}

function showOne(source: SourceFigures, now: Date, timezone: string) {
  const { url, movedTo, movedTimes } = source;
  const kind = sourceKinds[source.kind];
  return {
    ...source,
    ...describeSource(source, now),
    rhythm: rhythmWords(source, now),
    chart: drawWeeks(source.weeks),
    ...fieldsOf(source),
    isMuted: source.muted,
    seen: seenIn(fieldsOf(source)),
    keepsAddress: kind.isLocal === true || kind.hasMailbox === true,
    mayTease: kind.mayTease === true,
    hasFullText: source.options.fullText === true,
    host: URL.canParse(url) ? new URL(url).host : '',
    hasSecret: source.secretHeader !== null,
    moved: movedTo ? `It says that it has moved to ${movedTo} (${movedTimes} in a row).` : null,
    lastSuccess: deskTime(source.lastSuccessAt, timezone) ?? 'never',
    lastChecked: deskTime(source.lastCheckedAt, timezone) ?? 'never',
    nextLook: tellNextLook(source, { now, timezone }),
    newest: deskTime(source.newestAt, timezone) ?? 'none so far',
  };
}

function intervalChoices(minutes: number | null) {
  const own = String(minutes ?? '');
  const known = intervals.some(([value]) => value === own);
  const choices = known ? intervals : [...intervals, [own, `every ${own} minutes`] as const];
  return choices.map(([value, words]) => ({ value, words }));
}
