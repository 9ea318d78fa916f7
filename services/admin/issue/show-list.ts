// The list of an issue's page: its tabs, its filters, a page of lines, and what of the rest of the week fits the search.
import type { Queryable } from '../../../core/db.ts';
import { sectionOf } from '../../../core/sections.ts';
import { poolPage } from '../../../core/store/issue-pool.ts';
import { itemKindNames } from '../../../core/item-kinds.ts';
import { arrangeLines, countLines, filtersOf, linesAtOnce, type ListLine } from './issue-list.ts';
import { hiddenFields, issueAddress, type View } from './issue-view.ts';

/** Of the rest of the week beside what the search finds before the curator. */
const poolBeside = 10;
/** A list of all topics of a year is no choice. */
const mostChoices = 100;

interface Listed {
  issueId: number;
  /** The pick that opens the letter, where a curator chose it. */
  leadStoryId: number | null;
  lines: readonly ListLine[];
  view: View;
  /** How many stories the pool has. */
  pooled: number;
  /** Of the rows that the lines were made of. */
  version: string;
  /** Whether who looks may tick them. */
  canTick: boolean;
}

/** What the left pane shows. */
export async function showList(db: Queryable, { issueId, leadStoryId, lines, view, pooled, version, canTick }: Listed) {
  const to = (other: Partial<View>): string => issueAddress(issueId, view, other);
  const counts = countLines(lines);
  const tabs = { all: ['All', counts.all], check: ['To check', counts.check], picks: ['Picks', counts.picks], rejected: ['Rejected', counts.rejected], week: ['Rest of the week', pooled] } as const; // prettier-ignore
  const leadNumber = leadNumberOf(lines, leadStoryId);
  const arranged = arrangeLines(lines, view, leadNumber);
  const rest = await restOfWeek(db, { issueId, view });
  const { sources, topics } = filtersOf(lines);
  const isWeek = view.show === 'week';
  const pages = isWeek ? Math.ceil(rest.count / linesAtOnce) : arranged.pages;
  return {
    ...counts,
    canTick,
    pooled,
    // A search finds what was rejected and what was left out, too.
    findable: lines.length + pooled,
    leadNumber,
    tabs: Object.entries(tabs).map(([show, [name, count]]) => ({ show, name, count, href: to({ show: show as View['show'], page: 1, pane: 'list' }) })), // prettier-ignore
    orders: (['section', 'topic', 'score'] as const).map((by) => ({ by, href: to({ by, page: 1, pane: 'list' }) })),
    groups: arranged.groups.map((group) => ({
      ...group,
      lines: group.lines.map((line) => {
        const href = to({ story: line.storyId, part: '', pane: 'story' });
        // All that a line shows: its rows, the view in its address, and what of it is another on each page.
        const shown = [
          version,
          href,
          line.place,
          line.number === leadNumber,
          line.storyId === view.story,
          canTick,
        ].join(' ');
        return { ...line, href, shown };
      }),
    })),
    rest: { ...rest, lines: rest.lines.map((line) => ({ ...line, href: to({ story: line.storyId, part: '', pane: 'story' }) })) }, // prettier-ignore
    weekHref: to({ show: 'week', page: 1, pane: 'list' }),
    // What is found below the issue is found, too.
    count: arranged.count + rest.count,
    isFiltered: view.q !== '' || view.kind !== '' || view.source !== '' || view.topic !== '',
    clearHref: to({ q: '', kind: '', source: '', topic: '', page: 1, pane: 'list' }),
    sources: withChosen(sources, view.source),
    topics: withChosen(topics, view.topic),
    pages,
    before: view.page > 1 ? to({ page: view.page - 1, pane: 'list' }) : null,
    after: view.page < pages ? to({ page: view.page + 1, pane: 'list' }) : null,
    findFields: hiddenFields(view, ['q', 'kind', 'source', 'topic', 'page', 'pane']),
  };
}

/** The story after this one as the list shows them, before it at its end; null for the only one, and where the list has it not. */
export function storyAfter(
  { groups, rest }: Pick<Awaited<ReturnType<typeof showList>>, 'groups' | 'rest'>,
  storyId: number,
): number | null {
  const shown = [...groups.flatMap(({ lines }) => lines.map((line) => line.storyId)), ...rest.lines.map((line) => line.storyId)]; // prettier-ignore
  const at = shown.indexOf(storyId);
  return at === -1 ? null : (shown[at + 1] ?? shown[at - 1] ?? null);
}

/** As `loadIssueContent` has it: the pick that a curator chose, else the first by position. */
function leadNumberOf(lines: readonly ListLine[], leadStoryId: number | null): number {
  const picks = lines.filter(({ role, number }) => role === 'pick' && number !== null);
  const byPosition = picks.toSorted((a, b) => a.position - b.position);
  return (picks.find(({ storyId }) => storyId === leadStoryId) ?? byPosition[0])?.number ?? 0;
}

/** What was chosen stays a choice, also where no line before the curator has it. */
function withChosen(choices: readonly string[], chosen: string): string[] {
  const some = choices.slice(0, mostChoices);
  return chosen === '' || some.includes(chosen) ? some : [chosen, ...some];
}

/** A page of the pool where it is shown alone, its beginning beside what a search finds, nothing else. */
async function restOfWeek(db: Queryable, { issueId, view }: Pick<Listed, 'issueId' | 'view'>) {
  const isAlone = view.show === 'week';
  if (!isAlone && (view.q === '' || view.show !== 'all')) return { lines: [], count: 0 };
  const { lines, count } = await poolPage(db, {
    issueId,
    search: view.q,
    kind: view.kind || null,
    source: view.source || null,
    topic: view.topic || null,
    from: isAlone ? (view.page - 1) * linesAtOnce : 0,
    limit: isAlone ? linesAtOnce : poolBeside,
  });
  return {
    lines: lines.map((line) => ({ ...line, kind: itemKindNames[line.kind], section: sectionOf(line.section).name })),
    count,
  };
}
