// `/deadlines`: when conferences close, by subject, the next first; the same as a calendar.
import type { FastifyInstance } from 'fastify';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { listDeadlines, type Deadline } from '../../core/store/deadlines.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { english, wordsIn, type Words } from '../../core/words.ts';
import { fewZones } from './amount.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { asText } from '../message.ts';
import { dateKinds, renderCalendar, webcalOf, type DateKind } from './calendar.ts';
import { countdown } from './countdown.ts';
import { hourMs, dayMs, weekMs } from '../../core/time.ts';

const query = z.object({
  kind: z.enum(dateKinds).optional().catch(undefined),
  subject: z.string().trim().max(40).default(''),
  zone: z
    .string()
    .trim()
    .max(40, asText('deadlines.wrongZone'))
    // Luxon keeps every name it was ever asked for; this asks without being kept.
    .refine((zone) => zone === '' || IANAZone.isValidZone(zone), asText('deadlines.wrongZone'))
    .default(''),
});

/** What the public lists mean by their letters; each has its name in the catalogues. */
const namedSubjects = new Set(['ML', 'CV', 'CG', 'NLP', 'RO', 'SP', 'DM', 'AP', 'KR', 'HCI', 'IRSM', 'MISC']);
const pastDays = 180;

/** Registers the page and the calendar. */
export function deadlinesRoom(app: FastifyInstance, { house, show, links, words: wordsOf }: Room): void {
  const { db, config, now } = house;

  app.get('/deadlines', async (request, reply) => {
    const { subject, zone, kind } = readInput(query, request.query);
    const at = now();
    const all = await listDeadlines(db, new Date(at.getTime() - pastDays * dayMs));
    const words = wordsOf(request);
    const view = { subject, kind, zone: zone || config.TIMEZONE, at, words };
    return show(reply, 'deadlines', {
      title: words.say('deadlines.title'),
      here: 'deadlines',
      keepSeconds: 60,
      zones: [...new Set([view.zone, config.TIMEZONE, ...fewZones])],
      ...showAll(all, view),
      ...showCalendar(links, { subject, kind }),
    });
  });

  app.get('/deadlines.ics', async (request, reply) => {
    const { subject, kind } = readInput(query, request.query);
    const deadlines = (await listDeadlines(db, now())).filter((deadline) => isAskedFor(deadline, { subject, kind }));
    const { publication } = await loadSettings(db);
    const words = wordsIn(config.SITE_LANGUAGE);
    const filters = [...(subject === '' ? [] : [subjectName(subject, words)]), ...(kind ? [words.say('deadlines.kind', { kind })] : [])]; // prettier-ignore
    // Two that somebody follows are told apart by their names.
    const name = [words.say('deadlines.calendarOf', { publication }), ...filters].join(' · ');
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deadlines.ics"')
      .header('cache-control', 'public, max-age=3600')
      .send(renderCalendar({ name, host: new URL(links.home).hostname, now: now(), deadlines, kind, words }));
  });
}

interface Filters {
  subject: string;
  /** Which dates; all when left out. */
  kind: DateKind | undefined;
}

interface View extends Filters {
  zone: string;
  at: Date;
  words: Words;
}

function isAskedFor({ subjects, abstractDueAt }: Deadline, { subject, kind }: Filters): boolean {
  return (subject === '' || subjects.includes(subject)) && (kind !== 'abstract' || abstractDueAt !== null);
}

/** A deadline with the date that is asked for as its own. */
function datedAs(deadline: Deadline, { kind, words }: View): Deadline {
  if (kind === undefined || deadline.abstractDueAt === null) return deadline;
  if (kind === 'deadline') return { ...deadline, abstractDueAt: null };
  return asAbstract(deadline, words);
}

function asAbstract(deadline: Deadline, words: Words): Deadline {
  const { dueAt, abstractDueAt } = deadline;
  return { ...deadline, dueAt: abstractDueAt ?? dueAt, abstractDueAt: null, label: words.say('deadlines.forAbstract') };
}

/** Where the same deadlines are a calendar: to take once, and to follow. */
function showCalendar(links: Room['links'], { subject, kind }: Filters) {
  const search = new URLSearchParams({ ...(subject && { subject }), ...(kind && { kind }) }).toString();
  const calendar = `/deadlines.ics${search ? `?${search}` : ''}`;
  return { calendar, webcal: webcalOf(new URL(calendar, links.home).href) };
}

function showAll(all: readonly Deadline[], view: View) {
  const { subject, kind, zone, at, words } = view;
  const named = (code: string) => ({ code, name: subjectName(code, words) });
  const shown = all
    .filter((deadline) => isAskedFor(deadline, view))
    .map((deadline) => datedAs(deadline, view))
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const next = shown.filter(({ dueAt }) => dueAt > at);
  const past = shown.filter(({ dueAt }) => dueAt <= at).toReversed();
  return {
    subject,
    zone,
    kinds: dateKinds.map((one) => ({ kind: one, name: words.say('deadlines.kind', { kind: one }), isSet: one === kind })), // prettier-ignore
    subjects: [...new Set(all.flatMap(({ subjects }) => subjects))].toSorted().map(named),
    groups: groupBySubject(next, subject).map(([code, deadlines]) => ({
      ...named(code),
      deadlines: deadlines.map((deadline) => showDeadline(deadline, view)),
    })),
    past: past.map((deadline) => showDeadline(deadline, view)),
  };
}

function subjectName(code: string, words: Words): string {
  if (code === '') return words.say('deadlines.any');
  return namedSubjects.has(code) ? words.sayOr(`deadlines.${code}`, code) : code;
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

/** Each with the date of it that comes next as its own, whatever that is for, the next first. */
export function nextDates(deadlines: readonly Deadline[], now: Date, words: Words = english): Deadline[] {
  return deadlines
    .map((deadline) =>
      deadline.abstractDueAt && deadline.abstractDueAt > now ? asAbstract(deadline, words) : deadline,
    )
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** One line of the first page: "12 d", what is due then, and when that is. */
export function showDue(
  { title, year, label, dueAt, subjects: [first] }: Deadline,
  { zone, now, words = english }: { zone: string; now: Date; words?: Words },
) {
  const hours = Math.floor((dueAt.getTime() - now.getTime()) / hourMs);
  return {
    left: hours < 48 ? words.say('home.hours', { n: hours }) : words.say('home.days', { n: Math.floor(hours / 24) }),
    title: label ? `${title} ${year}: ${label}` : `${title} ${year}`,
    iso: dueAt.toISOString(),
    local: words.time(dueAt, zone),
    subject: first === undefined ? '' : subjectName(first, words),
  };
}

function showDeadline(deadline: Deadline, { zone, at: now, words }: View) {
  const { title, year, label, dueAt, abstractDueAt, link, place, dates, note } = deadline;
  return {
    title: `${title} ${year}`,
    label,
    link,
    place,
    dates,
    note,
    iso: dueAt.toISOString(),
    countdown: countdown(dueAt, now, words),
    isSoon: dueAt > now && dueAt.getTime() - now.getTime() < weekMs,
    local: words.time(dueAt, zone),
    aoe: words.time(dueAt, 'UTC-12'),
    abstract: abstractDueAt ? `${words.time(abstractDueAt, zone)} (${countdown(abstractDueAt, now, words)})` : null,
  };
}
