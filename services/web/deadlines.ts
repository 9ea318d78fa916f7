// `/deadlines`: when conferences close, by subject, the next first; the same as a calendar.
import type { FastifyInstance } from 'fastify';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { listDeadlines, type Deadline } from '../../core/store/deadlines.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { renderCalendar } from './calendar.ts';
import { countdown } from './countdown.ts';

const query = z.object({
  subject: z.string().trim().max(40).default(''),
  zone: z
    .string()
    .trim()
    .max(40, 'This is no time zone; one is Europe/Berlin.')
    // Luxon keeps every name it was ever asked for; this asks without being kept.
    .refine((zone) => zone === '' || IANAZone.isValidZone(zone), 'This is no time zone; one is Europe/Berlin.')
    .default(''),
});

/** What the public lists mean by their letters. */
const subjectNames: Record<string, string> = {
  ML: 'Machine learning',
  CV: 'Computer vision',
  CG: 'Computer graphics',
  NLP: 'Natural language',
  RO: 'Robotics',
  SP: 'Speech and signals',
  DM: 'Data mining',
  AP: 'Planning',
  KR: 'Knowledge and reasoning',
  HCI: 'People and computers',
  IRSM: 'Search and social media',
  MISC: 'Other',
};
const offered =
  'America/Los_Angeles America/New_York America/Sao_Paulo Europe/London Europe/Berlin Africa/Nairobi Asia/Kolkata Asia/Shanghai Asia/Tokyo Australia/Sydney UTC'.split(
    ' ',
  );
const dayMs = 86_400_000;
const pastDays = 180;

/** Registers the page and the calendar. */
export function deadlinesRoom(app: FastifyInstance, { house, show, links }: Room): void {
  const { db, config, now } = house;

  app.get('/deadlines', async (request, reply) => {
    const { subject, zone } = readInput(query, request.query);
    const at = now();
    const all = await listDeadlines(db, new Date(at.getTime() - pastDays * dayMs));
    const view = { subject, zone: zone || config.TIMEZONE, at };
    return show(reply, 'deadlines', {
      title: 'Deadlines',
      here: 'deadlines',
      keepSeconds: 60,
      zones: [...new Set([view.zone, config.TIMEZONE, ...offered])],
      ...showAll(all, view),
    });
  });

  app.get('/deadlines.ics', async (request, reply) => {
    const { subject } = readInput(query, request.query);
    const deadlines = (await listDeadlines(db, now())).filter(
      ({ subjects }) => subject === '' || subjects.includes(subject),
    );
    const { publication } = await loadSettings(db);
    const name = `${publication}: deadlines`;
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deadlines.ics"')
      .header('cache-control', 'public, max-age=3600')
      .send(renderCalendar({ name, host: new URL(links.home).hostname, now: now(), deadlines }));
  });
}

interface View {
  subject: string;
  zone: string;
  at: Date;
}

function showAll(all: readonly Deadline[], { subject, zone, at }: View) {
  const shown = all.filter(({ subjects }) => subject === '' || subjects.includes(subject));
  const next = shown.filter(({ dueAt }) => dueAt > at);
  const past = shown.filter(({ dueAt }) => dueAt <= at).toReversed();
  return {
    subject,
    zone,
    subjects: [...new Set(all.flatMap(({ subjects }) => subjects))].toSorted().map(named),
    groups: groupBySubject(next, subject).map(([code, deadlines]) => ({
      ...named(code),
      deadlines: deadlines.map((deadline) => showDeadline(deadline, zone, at)),
    })),
    past: past.map((deadline) => showDeadline(deadline, zone, at)),
    calendar: `/deadlines.ics${subject ? `?subject=${encodeURIComponent(subject)}` : ''}`,
  };
}

function named(code: string): { code: string; name: string } {
  return { code, name: subjectNames[code] ?? (code || 'All fields') };
}

/** Under its first subject, or under the one that was asked for; the subject with the next deadline first. */
function groupBySubject(deadlines: readonly Deadline[], asked: string): [string, Deadline[]][] {
  const groups = new Map<string, Deadline[]>();
  for (const deadline of deadlines) {
    const code = asked || (deadline.subjects[0] ?? '');
    groups.set(code, [...(groups.get(code) ?? []), deadline]);
  }
  return [...groups];
}

/** One line of the first page: "12 d", and when that is. */
export function showDue({ title, year, dueAt, subjects }: Deadline, zone: string, now: Date) {
  const hours = Math.floor((dueAt.getTime() - now.getTime()) / 3_600_000);
  return {
    left: hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`,
    title: `${title} ${year}`,
    iso: dueAt.toISOString(),
    local: timeIn(dueAt, zone),
    subject: subjects[0] === undefined ? '' : named(subjects[0]).name,
  };
}

function showDeadline(deadline: Deadline, zone: string, now: Date) {
  const { title, year, label, dueAt, abstractDueAt, link, place, dates, note } = deadline;
  return {
    title: `${title} ${year}`,
    label,
    link,
    place,
    dates,
    note,
    iso: dueAt.toISOString(),
    countdown: countdown(dueAt, now),
    isSoon: dueAt > now && dueAt.getTime() - now.getTime() < 7 * dayMs,
    local: timeIn(dueAt, zone),
    aoe: timeIn(dueAt, 'UTC-12'),
    abstract: abstractDueAt ? `${timeIn(abstractDueAt, zone)} (${countdown(abstractDueAt, now)})` : null,
  };
}

function timeIn(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('ccc d LLL yyyy, HH:mm', { locale: 'en' });
}
