// Which part of an issue a curator looks at: the query of its address, carried by every link and form of its page.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { wordsLangs } from '../../../core/words-langs.ts';
import { readInput } from '../../read-input.ts';
import { rowId } from '../../row-id.ts';

const words = z.string().trim().max(200).catch('');
const fields = {
  /** `week` is the rest of the week: what is not put before the curator. */
  show: z.enum(['all', 'check', 'picks', 'rejected', 'week']).catch('all'),
  by: z.enum(['section', 'topic', 'score']).catch('section'),
  q: words,
  kind: z.enum(['', 'paper', 'video', 'post']).catch(''),
  source: words,
  topic: words,
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  /** The story in hand; without it the opening of the letter is. */
  story: rowId().optional().catch(undefined),
  /** Of whom the letter is shown; without it of somebody new. */
  reader: rowId().optional().catch(undefined),
  /** Of somebody made up ("speech + ethics"), or what to look for among the addresses of readers. */
  as: words,
  look: z.enum(['wide', 'phone', 'text', 'archive', 'why', 'map']).catch('wide'),
  scheme: z.enum(['light', 'dark']).catch('light'),
  /** The edition that the letter and the archive are shown in; without it the publication's own language. */
  lang: z.enum(['', ...wordsLangs]).catch(''),
  /** What of the story or the opening is being worked on. */
  part: z.enum(['', 'summary', 'sources', 'history']).catch(''),
  /** The one that a phone shows. */
  pane: z.enum(['list', 'story', 'letter']).catch('list'),
};
const viewQuery = z.object(fields);
const plain = viewQuery.parse({});

export type View = z.infer<typeof viewQuery>;

/** What the address of a request says; what does not fit is left out. */
export function readView(request: FastifyRequest): View {
  return readInput(viewQuery, request.query);
}

/** The pane that an address names. */
export const readPane = (named: string | null): View['pane'] => fields.pane.parse(named ?? undefined);

/** The query of a view, with what differs from it; only what is not as it is without a query. */
export function viewQueryOf(view: View, other: Partial<View> = {}): string {
  const all = { ...view, ...other };
  const said = Object.entries(all).filter(
    ([name, value]) => value !== undefined && value !== plain[name as keyof View],
  );
  return new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)])).toString();
}

/** The address of an issue in a view. */
export function issueAddress(issueId: number, view: View, other: Partial<View> = {}): string {
  const query = viewQueryOf(view, other);
  return `/desk/issues/${issueId}${query && '?'}${query}`;
}

/** A view as hidden fields of a form that asks for another, without what the form itself asks. */
export function hiddenFields(view: View, asked: readonly (keyof View)[]): { name: string; value: string }[] {
  return [...new URLSearchParams(viewQueryOf(view))]
    .filter(([name]) => !(asked as readonly string[]).includes(name))
    .map(([name, value]) => ({ name, value }));
}
