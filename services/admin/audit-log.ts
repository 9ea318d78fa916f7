// `/desk/log`: who did what, when, and how it was before and after.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { searchAudit, type LoggedChange } from '../../core/store/audit-log.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { showDesk } from './desk.ts';
import { deskTime } from './desk-time.ts';
import { actWording } from './issue/act-words.ts';
import { tellEntry } from './tell-changes.ts';

const listed = 50;
const query = z.object({
  q: z.string().trim().max(100).default('').catch(''),
  before: rowId().optional().catch(undefined),
});

/** Registers the page. */
export function auditLogRoom(desk: FastifyInstance, room: Room): void {
  const { db, config } = room.house;
  desk.get('/desk/log', async (request, reply) => {
    const { q, before } = readInput(query, request.query);
    const found = await searchAudit(db, { words: q, wording: actWording, before, limit: listed + 1 });
    const entries = found.slice(0, listed);
    const next = new URLSearchParams({ ...(q && { q }), before: String(entries.at(-1)?.id ?? 0) });
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-log',
        isKeepable: true,
        title: 'What was done',
        here: 'log',
        q,
        entries: entries.map((entry) => showEntry(entry, config.TIMEZONE)),
        next: found.length > listed ? `/desk/log?${next.toString()}` : null,
        isFirst: before === undefined,
      },
    );
  });
}

function showEntry({ actor, subject, at, ...entry }: LoggedChange, zone: string) {
  return { actor, subject, href: hrefOf(subject), at: deskTime(at, zone), ...tellEntry(entry) };
}

/** Of an issue that went out its number is told, as on the page of its figures. */
const byNumber = /^issue No (\d+)$/;
const rooms: Record<string, string> = { issue: 'issues', story: 'stories', source: 'sources', reader: 'readers' };

/** "issue 7" -> where it is looked at; null for what has no page of its own. */
function hrefOf(subject: string): string | null {
  const [, number] = byNumber.exec(subject) ?? [];
  if (number !== undefined) return `/desk/figures/${number}`;
  const [kind = '', id = ''] = subject.split(' ');
  const room = Object.hasOwn(rooms, kind) ? rooms[kind] : undefined;
  return room && Number.isInteger(Number(id)) && id !== '' ? `/desk/${room}/${id}` : null;
}
