// Deadlines -> a calendar that any calendar program reads (RFC 5545); pure.
import type { Deadline } from '../../core/store/deadlines.ts';
import { english, type Words } from '../../core/words.ts';

export interface Calendar {
  name: string;
  /** Where the publication is: events keep their names only while it stays. */
  host: string;
  now: Date;
  deadlines: readonly Deadline[];
  /** Which of the dates of a deadline; both when left out. */
  kind?: DateKind | undefined;
  words?: Words;
}

/** A conference closes for abstracts first, and for papers some days later. */
export const dateKinds = ['abstract', 'deadline'] as const;
export type DateKind = (typeof dateKinds)[number];

/** The same address for a program that follows a calendar instead of taking it once. */
export function webcalOf(address: string): string {
  return address.replace(/^https?:/, 'webcal:');
}

/** Renders iCalendar: one event of no length for each deadline, and one for its abstract, or those of one kind. */
export function renderCalendar({ name, host, now, deadlines, kind: only, words = english }: Calendar): string {
  const events = deadlines.flatMap((deadline) => {
    const event = (kind: string, at: Date, summary: string): string[] => [
      'BEGIN:VEVENT',
      `UID:${kind}-${deadline.id}@${host}`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(at)}`,
      `SUMMARY:${escapeText(summary)}`,
      ...(deadline.place ? [`LOCATION:${escapeText(deadline.place)}`] : []),
      ...(deadline.link ? [`URL:${deadline.link}`] : []),
      ...describe(deadline, words),
      'END:VEVENT',
    ];
    const title = `${deadline.title} ${deadline.year}`;
    return [
      ...(deadline.abstractDueAt && only !== 'deadline'
        ? event('abstract', deadline.abstractDueAt, `${title}: ${words.say('deadlines.forAbstract')}`)
        : []),
      ...(only === 'abstract'
        ? []
        : event('deadline', deadline.dueAt, `${title}: ${deadline.label ?? words.say('deadlines.deadline')}`)),
    ];
  });
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Courant//Deadlines//EN',
    `X-WR-CALNAME:${escapeText(name)}`,
  ];
  return [...head, ...events, 'END:VCALENDAR', ''].map(foldLine).join('\r\n');
}

/** A day of its own as a calendar with one event, by which a program knows it again. */
export function renderDay({
  id,
  day,
  summary,
  lines,
  url,
  now,
}: {
  id: string;
  day: string;
  summary: string;
  lines: readonly string[];
  url: string;
  now: Date;
}): string {
  // prettier-ignore
  const event = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Courant//Reading groups//EN',
    `X-WR-CALNAME:${escapeText(summary)}`,
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText([...lines, url].join('\n'))}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return event.map(foldLine).join('\r\n');
}

function describe({ dates, note, subjects }: Deadline, words: Words): string[] {
  const lines = [dates && words.say('deadlines.conference', { dates }), note, subjects.join(', ')].filter(Boolean);
  return lines.length > 0 ? [`DESCRIPTION:${escapeText(lines.join('\n'))}`] : [];
}

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks; of a lone CR some programs make one, and no other control character may stand there. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');
}

function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** RFC 5545, 3.1: at most 75 octets a line, the next one begun with a space; no character is cut. */
function foldLine(line: string): string {
  const lines: string[] = [];
  let open = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      lines.push(open);
      [open, octets] = [' ', 1];
    }
    open += character;
    octets += size;
  }
  return [...lines, open].join('\r\n');
}
