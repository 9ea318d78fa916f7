// A list of deadlines in YAML, in the form of the public ai-deadlines -> deadlines, each entry judged alone; pure.
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { oneLine } from '../../core/one-line.ts';
import type { DeadlineList, NewDeadline } from '../../core/store/deadlines.ts';
import { clip, tidy } from './clean/clean-title.ts';
import { readDeadlineTime } from './dates/read-deadline-time.ts';

const maxEntries = 5000;

const words = (max: number) =>
  z
    .union([z.string(), z.number()])
    .transform((value) => clip(oneLine(String(value)), max))
    .nullish();
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.array(schema), schema.transform((one) => [one])]).nullish();

const entrySchema = z.object({
  title: z.string().trim().min(1),
  year: z.coerce.number().int().min(1990).max(2100),
  id: words(100),
  link: z.string().nullish(),
  deadline: listOf(z.string()),
  /** Several kinds, as in later lists. */
  deadlines: z
    .array(z.object({ type: words(60), label: words(60), date: z.string(), timezone: z.string().nullish() }))
    .nullish(),
  abstract_deadline: z.string().nullish(),
  timezone: z.string().nullish(),
  place: words(200),
  date: words(100),
  start: words(30),
  end: words(30),
  sub: listOf(z.string()),
  tags: listOf(z.string()),
  note: words(500),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * Parses a list; an entry that does not fit gives a line, one whose date is yet to be announced gives nothing.
 * Throws PermanentError for what is no list at all.
 */
export function parseDeadlines(text: string): DeadlineList {
  const entries = readYaml(text);
  if (!Array.isArray(entries)) throw new PermanentError('this is no list of deadlines; give the address of its YAML');
  const list = { deadlines: [] as NewDeadline[], unreadKeys: [] as string[], refused: [] as string[] };
  for (const [at, raw] of entries.slice(0, maxEntries).entries()) {
    const read = readEntry(raw);
    if (Array.isArray(read)) list.deadlines.push(...read);
    else {
      list.refused.push(`entry ${at + 1}${read.name ? ` (${read.name})` : ''}: ${read.reason}`);
      if (read.name) list.unreadKeys.push(read.name);
    }
  }
  return list;
}

function readYaml(text: string): unknown {
  try {
    // Aliases multiply: a few lines of them can stand for gigabytes.
    return parseYaml(text, { maxAliasCount: 50, logLevel: 'error' });
  } catch (error) {
    throw new PermanentError(`this is no YAML: ${messageOf(error).split('\n')[0]}`, { cause: error });
  }
}

function readEntry(raw: unknown): NewDeadline[] | { name: string | undefined; reason: string } {
  const parsed = entrySchema.safeParse(raw);
  const name = nameOf(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { name, reason: `${issue?.path.join('.') || 'the entry'} does not fit (${issue?.message})` };
  }
  const entry = parsed.data;
  const dated = datesOf(entry).filter(({ date }) => !/^tb[acd]\b/i.test(date.trim()));
  const deadlines = dated.map((one, at) => toDeadline(entry, one, at));
  const missing = deadlines.findIndex((deadline) => deadline === undefined);
  if (missing >= 0) {
    const { date, zone } = dated[missing]!;
    return { name, reason: `"${clip(date, 40)}" in "${clip(zone, 40)}" is no time` };
  }
  return deadlines.filter((deadline) => deadline !== undefined);
}

/** Its key, or how its key begins. */
function nameOf(raw: unknown): string | undefined {
  const { id, title } = (typeof raw === 'object' && raw !== null ? raw : {}) as { id?: unknown; title?: unknown };
  if (typeof id === 'string' && id !== '') return clip(tidy(id), 100);
  return typeof title === 'string' && title !== '' ? clip(tidy(title).toLowerCase(), 100) : undefined;
}

interface Dated {
  date: string;
  zone: string;
  label: string | null;
}

/** Without a zone a deadline is where the day ends last, as authors expect. */
function datesOf({ deadline, deadlines, timezone }: Entry): Dated[] {
  const zone = timezone ?? 'AoE';
  return [
    ...(deadline ?? []).map((date) => ({ date, zone, label: null })),
    ...(deadlines ?? []).map((one) => ({
      date: one.date,
      zone: one.timezone ?? zone,
      label: one.label ?? one.type ?? null,
    })),
  ];
}

function toDeadline(entry: Entry, { date, zone, label }: Dated, at: number): NewDeadline | undefined {
  const dueAt = readDeadlineTime(date, zone);
  if (dueAt === undefined) return undefined;
  const { start, end, abstract_deadline: abstractDate } = entry;
  const key = entry.id || `${entry.title} ${entry.year}`.toLowerCase();
  return {
    key: `${clip(key, 100)}${at === 0 ? '' : `/${label ?? at + 1}`}`,
    title: clip(oneLine(entry.title), 120),
    year: entry.year,
    label,
    dueAt,
    abstractDueAt: abstractDate ? (readDeadlineTime(abstractDate, zone) ?? null) : null,
    link: webLink(entry.link),
    place: entry.place || null,
    dates: entry.date || (start && end ? `${start} to ${end}` : start) || null,
    subjects: [...new Set([...(entry.sub ?? []), ...(entry.tags ?? [])].map((name) => clip(tidy(name).trim(), 40)))]
      .filter((name) => name !== '')
      .slice(0, 10),
    note: entry.note || null,
  };
}

function webLink(link: string | null | undefined): string | null {
  if (!link || link.length > 2000 || !URL.canParse(link)) return null;
  const { protocol, href } = new URL(link);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
