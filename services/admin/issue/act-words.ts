// What a curator made of stories, as the audit keeps it -> the words of the desk for it; pure.
import { z } from 'zod';
import { sectionOf, sections } from '../../../core/sections.ts';
import type { ActWording } from '../../../core/store/audit-log.ts';

export const roleNames: Readonly<Record<string, string>> = { pick: 'pick', pool: 'pool', removed: 'rejected', week: 'the rest of the week' }; // prettier-ignore
const [leadAct, moveAct] = ['made the lead', 'moved'];
const roleActs: Readonly<Record<string, string>> = { pick: 'picked', pool: 'made a candidate', removed: 'rejected' };

/** "picked", "rejected": what gives a story this role. */
export const roleAct = (role: string): string => roleActs[role] ?? 'changed';
/** "put into Tools & Datasets". */
export const sectionAct = (section: string): string => `put into ${sectionOf(section).name}`;

const line = /^(?:move|place|section|role|lead) (story \d+|\d+ stories)$/;

/** The same words for a search among the lines as they are kept. */
export const actWording: ActWording = {
  line: line.source,
  words: Object.fromEntries([
    ['lead', leadAct],
    ...['move', 'place'].map((change) => [change, moveAct]),
    ...Object.entries(roleActs).map(([role, words]) => [`role ${role}`, words]),
    ...sections.map(({ key }) => [`section ${key}`, sectionAct(key)]),
  ]),
};
const made = z.object({
  change: z.enum(['move', 'place', 'section', 'role', 'lead']),
  role: z.string().optional(),
  section: z.string().optional(),
  storyIds: z.array(z.number()),
});
const stood = z.object({ role: z.string().optional(), section: z.string().optional() });

export interface Act {
  words: string;
  changes: { name: string; before: string; after: string }[];
}

/** Of the line of an act on stories; undefined of any other. The line itself stays as it is kept: the taste is learned from it. */
export function tellAct({
  action,
  before,
  after,
}: {
  action: string;
  before: unknown;
  after: unknown;
}): Act | undefined {
  const [, what] = line.exec(action) ?? [];
  const { data: act } = made.safeParse(after);
  if (what === undefined || !act) return undefined;
  const was = z.array(stood).safeParse([before ?? []].flat()).data ?? [];
  const several = (values: (string | undefined)[]): string => [...new Set(values.filter((one) => one !== undefined))].join(', '); // prettier-ignore
  const role = { name: 'role', before: several(was.map((one) => one.role && (roleNames[one.role] ?? one.role))), after: act.role ? (roleNames[act.role] ?? act.role) : '' }; // prettier-ignore
  const section = { name: 'section', before: several(was.map((one) => one.section && sectionOf(one.section).name)), after: act.section ? sectionOf(act.section).name : '' }; // prettier-ignore
  const stories = { name: 'stories', before: '', after: act.storyIds.join(', ') };
  const changes = [...(act.role ? [role] : []), ...(act.section ? [section] : []), ...(act.storyIds.length > 1 ? [stories] : [])]; // prettier-ignore
  return { words: `${wordsOf(act)} ${what}`, changes: changes.filter((one) => one.before !== one.after) };
}

function wordsOf({ change, role, section }: z.infer<typeof made>): string {
  if (change === 'lead') return leadAct;
  if (change === 'role') return roleAct(role ?? '');
  return change === 'section' && section !== undefined ? sectionAct(section) : moveAct;
}
