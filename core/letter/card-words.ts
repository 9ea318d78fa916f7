// What an issue says of a story and its further items, as it was approved: English -> the words of a language; pure.
import { itemKindNames, type StoryItemKind } from '../item-kinds.ts';
import { withdrawnMark } from './item-marks.ts';
import { editionBadge } from '../editions/in-edition.ts';
import { shortAuthors } from './short-authors.ts';
import type { Card } from '../store/issue-content.ts';
import { english, type Words } from '../words.ts';
import { capitalise } from '../text/capitalise.ts';

const kinds = Object.entries(itemKindNames) as [StoryItemKind, string][];

/** "talk at 12:40 on Field Notes" in parts: its kind, the minute, the source; undefined for a label of any other form. */
function partsOf(label: string): { kind: StoryItemKind; at: string | null; source: string } | undefined {
  const [kind, name] = kinds.find(([, one]) => label.startsWith(`${one} `)) ?? [];
  const on = label.indexOf(' on ');
  if (kind === undefined || name === undefined || on < 0) return undefined;
  const between = label.slice(name.length, on);
  if (between !== '' && !between.startsWith(' at ')) return undefined;
  return { kind, at: between === '' ? null : between.slice(4), source: label.slice(on + 4) };
}

/** The label of a further item: "talk at 12:40 on Field Notes". */
export function alsoLabel(label: string, words: Words = english): string {
  const parts = words === english ? undefined : partsOf(label);
  if (!parts) return label;
  const { at, source } = parts;
  const kind = words.say(`kind.${parts.kind}`);
  return at === null ? words.say('card.alsoOn', { kind, source }) : words.say('card.alsoAt', { kind, source, at });
}

/** The form in which it is told, "post" or "talk at 12:40": its kind where it has one of those, and in words. */
export function alsoForm(label: string, words: Words = english): { kind: StoryItemKind | null; form: string } {
  const parts = partsOf(label);
  if (!parts) return { kind: null, form: label.split(' on ')[0]! };
  const kind = words.say(`kind.${parts.kind}`);
  if (parts.at === null) return { kind: parts.kind, form: kind };
  return { kind: null, form: words.say('card.form', { kind, at: parts.at }) };
}

const updatedTo = 'updated to version ';

/** A mark of a card: "withdrawn", "cross-listed", "updated to version 2". */
export function markWords(mark: string, words: Words = english): string {
  if (words === english) return mark;
  if (mark === withdrawnMark) return words.say('mark.withdrawn');
  if (mark === 'cross-listed') return words.say('mark.cross');
  if (mark === 'updated') return words.say('mark.updated');
  return mark.startsWith(updatedTo) ? words.say('mark.updatedTo', { version: mark.slice(updatedTo.length) }) : mark;
}

/** The line under a title: kind, authors, source, minutes, marks, and who says it in this language. */
export function cardMeta(
  card: Pick<Card, 'kind' | 'authors' | 'source' | 'minutes' | 'marks' | 'saidBy'>,
  words: Words,
): string {
  const kind = capitalise(words.say(`kind.${card.kind}`));
  const authors = card.authors.length === 0 ? [] : [shortAuthors(card.authors, words)];
  const minutes = card.minutes === null ? [] : [words.say('card.minutes', { n: card.minutes })];
  const marks = (card.marks ?? []).map((mark) => markWords(mark, words));
  const edition = card.saidBy ? [editionBadge(card.saidBy, words)] : [];
  return [kind, ...authors, card.source, ...minutes, ...marks, ...edition].join(' \u00b7 ');
}
