// An issue -> the first page: one story leads, three stand beside it, the sections follow in columns; pure.
import { leadOf } from '../../core/letter.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { showCard } from '../show-card.ts';

const storiesBeside = 3;
/** In all columns together; no column has fewer than three. A week of papers alone fills the page, too. */
const storiesInColumns = 9;
const fewestInColumn = 3;

/**
 * What leads, what stands beside it, and of each section what comes first of the rest. Sections are counted where these
 * are all stories of the week (`isWhole`). Undefined for an issue without a story.
 */
export function layOutFront({
  sections,
  cards,
  lead: chosen,
  isWhole = true,
}: Pick<IssueContent, 'sections' | 'cards'> & { lead?: number | undefined; isWhole?: boolean }) {
  const lead = leadOf({ cards, lead: chosen }) ?? cards[0];
  if (!lead) return undefined;
  const hasPicks = lead.role === 'pick';
  const others = cards.filter((card) => card !== lead && (!hasPicks || card.role === 'pick'));
  const beside = others.slice(0, storiesBeside);
  const rest = cards.filter((card) => card !== lead && !beside.includes(card));
  const sectionNames = new Map(sections.map(({ key, name }) => [key, name]));
  const about = ({ topic, section }: Card): string => topic ?? sectionNames.get(section) ?? '';
  const filled = sections.filter(({ key }) => rest.some(({ section }) => section === key));
  const inColumn = Math.max(fewestInColumn, Math.ceil(storiesInColumns / filled.length));
  const columns = filled.map(({ key, name }) => {
    const own = rest.filter(({ section }) => section === key);
    const count = cards.filter(({ section }) => section === key).length;
    return {
      key,
      name,
      count: isWhole ? counted(count, 'story', 'stories') : '',
      cards: own.slice(0, inColumn).map(toLine),
    };
  });
  return {
    lead: { ...showCard(lead), label: `The lead · ${about(lead)}`, length: lengthOf(lead) },
    beside: beside.map((card) => ({ ...showCard(card), label: about(card), forms: formsOf(card) })),
    columns,
  };
}

/** The names that most stories of an issue stand under, for people who do not know yet what to ask for. */
export function topicsOf(cards: readonly Pick<Card, 'topic'>[], most = 6): string[] {
  const counts = new Map<string, number>();
  for (const { topic } of cards) if (topic !== null) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts]
    .toSorted(([, m], [, n]) => n - m)
    .slice(0, most)
    .map(([topic]) => topic);
}

function toLine(card: Card) {
  const shown = showCard(card);
  return { ...shown, line: [shown.source, shown.sources ?? shown.kind].join(' · ') };
}

/** "Paper, talk at 12:40 and 2 posts · 5 min". */
function formsOf(card: Card): string {
  const shown = showCard(card);
  const others = new Map<string, number>();
  for (const { label } of card.also) {
    const form = label.split(' on ')[0]!;
    others.set(form, (others.get(form) ?? 0) + 1);
  }
  const forms = [shown.kind, ...[...others].map(([form, times]) => (times === 1 ? form : `${times} ${form}s`))].join(
    ', ',
  );
  return [forms[0]!.toUpperCase() + forms.slice(1), ...(card.minutes ? [`${card.minutes} min`] : [])].join(' · ');
}

function lengthOf(card: Card): string {
  const { sources } = showCard(card);
  return [card.minutes ? `${card.minutes} min` : null, sources].filter((part) => part !== null).join(' · ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
