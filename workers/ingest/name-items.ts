// The items of one reading -> what each is called within its source, judged by all of them together; pure.
// An id or an address that items bear which differ in link or title names none of them.
import { hashContent } from '../../core/content-hash.ts';
import { joinNames } from '../../core/store/item-names.ts';
import { clip, tidy } from './clean/clean-title.ts';
import { mayHaveMore } from '../../core/addresses/canonical-url.ts';
import { keyOf, wholeKeyOf } from '../../core/addresses/keys.ts';
import type { ParsedItem } from './parsed-item.ts';
import { collapseSpaces } from '../../core/text/collapse-spaces.ts';

/** What a reading says of an item beside its words. */
interface Named {
  item: ParsedItem;
  /** With fragment and doubtful parameters; undefined when it has no address of its own. */
  link: string | undefined;
  title: string;
}

/**
 * Gives each item its `name`: the publisher's id; where that names several things, the id and the address; else the
 * address; and where items still are called the same, title, date or words as well. `isWhole` marks addresses that are
 * told apart only by a fragment or a doubtful parameter. In place: of 100,000 items a copy is 20 MB.
 */
export function nameItems(items: readonly ParsedItem[], ownAddress: (item: ParsedItem) => string | undefined): void {
  const sameId = new Map<string, ParsedItem[]>();
  const sameKey = new Map<string, Named[]>();
  const named = (item: ParsedItem): Named => {
    const address = ownAddress(item);
    return { item, link: address && wholeKeyOf(address), title: collapseSpaces(item.title) };
  };
  for (const item of items) {
    const id = clip(tidy(item.id ?? ''), 1000);
    // All versions of a paper are one, whatever each is titled.
    if (item.kind === 'paper' && id !== '') item.name = id;
    else if (id !== '') add(sameId, id, item);
    else nameByAddress(named(item), sameKey);
  }
  for (const [id, bearers] of sameId) {
    for (const item of bearers) item.name = id;
    if (bearers.length > 1) nameApart(id, bearers.map(named));
  }
  for (const [key, bearers] of sameKey) if (bearers.length > 1) nameApart(key, bearers);
  markWhole(items, ownAddress);
}

/** A paper, DOI or video is what it is; a repository has many releases, so that its address says more. */
function nameByAddress(named: Named, sameKey: Map<string, Named[]>): void {
  const known = named.item.keys.map(tidy)[0];
  const name = known ?? (named.link?.startsWith('repo:') ? undefined : named.link);
  if (name === undefined && named.link === undefined) return;
  named.item.name = name ?? named.link!;
  add(sameKey, named.item.name, named);
}

/** Two of the same link and title are one, however often they are listed; what differs gets as much more as it needs. */
function nameApart(base: string, bearers: readonly Named[]): void {
  const first = bearers[0]!;
  if (bearers.every((other) => isSame(first, other))) return;
  const sharing = new Map<string, Named[]>();
  for (const one of bearers) add(sharing, one.link ?? '', one);
  for (const [link, those] of sharing) {
    const name = link === '' || link === base || `url:${link}` === base ? base : joinNames(base, link);
    const isOne = those.every((other) => isSame(those[0]!, other));
    for (const one of those) one.item.name = isOne ? name : joinNames(name, detailOf(one, those));
  }
}

function isSame(one: Named, other: Named): boolean {
  if (one.link !== other.link || one.title !== other.title) return false;
  // With an id of the publisher's that is enough; without, two days of "The morning news" are two.
  return one.item.id !== null || (dayOf(one.item) === dayOf(other.item) && one.item.recording === other.item.recording);
}

/** The title, else the date, else the words; a title that others under this name have too, with its date. */
function detailOf(one: Named, those: readonly Named[]): string {
  const { title, item } = one;
  const isAlone = those.every((other) => other === one || other.title !== title);
  const isSameDay = those.every((other) => dayOf(other.item) === dayOf(item));
  const recording = isSameDay ? item.recording : undefined;
  const day = recording ?? dayOf(item) ?? hashContent(item.content ?? item.summary ?? '').slice(0, 12);
  return title === '' ? day : isAlone ? clip(title, 200) : `${clip(title, 200)} ${day}`;
}

function dayOf({ published }: ParsedItem): string | undefined {
  return published?.toISOString();
}

/** Only where some address has more than is usually kept is anything compared at all. */
function markWhole(items: readonly ParsedItem[], ownAddress: (item: ParsedItem) => string | undefined): void {
  if (!items.some(({ link }) => link !== null && mayHaveMore(link))) return;
  const wholes = new Map<string, Set<string>>();
  const keys = items.map((item) => {
    const address = ownAddress(item);
    const key = address && keyOf(address);
    if (key?.startsWith('url:')) wholes.set(key, (wholes.get(key) ?? new Set()).add(wholeKeyOf(address!)!));
    return key;
  });
  items.forEach((item, at) => {
    if ((wholes.get(keys[at] ?? '')?.size ?? 0) > 1) item.isWhole = true;
  });
}

function add<T>(map: Map<string, T[]>, name: string, one: T): void {
  const there = map.get(name);
  if (there) there.push(one);
  else map.set(name, [one]);
}
