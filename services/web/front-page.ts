// An issue -> the first page: one story leads, three stand beside it, the sections follow in columns; pure.
import { alsoForm } from '../../core/letter/card-words.ts';
import { leadOf } from '../../core/letter/letter.ts';
import { sectionName } from '../../core/section-name.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { english, type Words } from '../../core/words.ts';
import { showCard } from '../show-card.ts';
import { capitalise } from '../../core/text/capitalise.ts';

const storiesBeside = 3;
/** In all columns together; no column has fewer than three. A week of papers alone fills the page, too. */
const storiesInColumns = 9;
const fewestInColumn = 3;

/**
 * What leads, what stands beside it, and of each section what comes first of the rest. Sections are counted where these
 * are all stories of the week (`isWhole`). Undefined for an issue without a story.
 */
export function layOutFront(
  {
    sections,
    cards,
    lead: chosen,
    isWhole = true,
  }: Pick<IssueContent, 'sections' | 'cards'> & { lead?: number | undefined; isWhole?: boolean },
  words: Words = english,
) {
  const lead = leadOf({ cards, lead: chosen }) ?? cards[0];
  if (!lead) return undefined;
  const hasPicks = lead.role === 'pick';
  const others = cards.filter((card) => card !== lead && (!hasPicks || card.role === 'pick'));
  const beside = others.slice(0, storiesBeside);
  const rest = cards.filter((card) => card !== lead && !beside.includes(card));
  const sectionNames = new Map(sections.map((section) => [section.key, sectionName(section, words)]));
  const about = ({ topic, section }: Card): string => topic ?? sectionNames.get(section) ?? '';
  const filled = sections.filter(({ key }) => rest.some(({ section }) => section === key));
  const inColumn = Math.max(fewestInColumn, Math.ceil(storiesInColumns / filled.length));
  const columns = filled.map(({ key }) => {
    const own = rest.filter(({ section }) => section === key);
    return {
      key,
      name: sectionNames.get(key) ?? '',
      // What stands above is not counted twice, as on the page of the issue.
      count: isWhole ? words.say('issue.stories', { n: own.length }) : '',
      cards: own.slice(0, inColumn).map((card) => toLine(card, words)),
      more: isWhole && own.length > inColumn ? words.say('home.more', { n: own.length - inColumn }) : '',
    };
  });
  return {
    lead: {
      ...showCard(lead, words),
      label: words.say('home.lead', { topic: about(lead) }),
      length: lengthOf(lead, words),
    },
    beside: beside.map((card) => ({ ...showCard(card, words), label: about(card), forms: formsOf(card, words) })),
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

function toLine(card: Card, words: Words) {
  const shown = showCard(card, words);
  return { ...shown, line: [shown.source, shown.sources ?? shown.kind].join(' · ') };
}

/** "Paper, talk at 12:40 and 2 posts · 5 min". */
function formsOf(card: Card, words: Words): string {
  const others = new Map<string, { kind: Card['kind'] | null; times: number }>();
  for (const { label } of card.also) {
    const { form, kind } = alsoForm(label, words);
    others.set(form, { kind, times: (others.get(form)?.times ?? 0) + 1 });
  }
  const counted = [...others].map(([form, { kind, times }]) =>
    times === 1 || kind === null ? form : words.say(`kind.${kind}s`, { n: times }),
  );
  const forms = [words.say(`kind.${card.kind}`), ...counted].join(', ');
  return [capitalise(forms), ...minutesOf(card, words)].join(' · ');
}

function lengthOf(card: Card, words: Words): string {
  const sources = card.also.length + 1;
  return [...minutesOf(card, words), ...(sources > 1 ? [words.say('card.sources', { n: sources })] : [])].join(' · ');
}

function minutesOf({ minutes }: Card, words: Words): string[] {
  return minutes ? [words.say('card.minutes', { n: minutes })] : [];
}
