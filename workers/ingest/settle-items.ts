// The items of a reading -> the same under the names they have here: what is stored already stays one thing.
import type { Queryable } from '../../core/db.ts';
import { baseOf, joinNames } from '../../core/store/item-names.ts';
import { twinsOf, unsettledAmong, type Twin, type TwinQuestion } from '../../core/store/item-twins.ts';
import type { NewItem } from '../../core/store/items.ts';
import { agrees, contradicts, isAlikeTitle, isSameDay, isSameText, isSameTitle, numbersOf } from './same-item.ts';
import { keepWhole } from './keep-whole.ts';
import { keyOf, wholeKeyOf } from '../../core/addresses/keys.ts';

interface Settling {
  items: NewItem[];
  /** The names of all items of the reading, which are things side by side; names that were given are added to it. */
  present: Set<string>;
}

/**
 * Names what is new, or not what is stored under its name, by what is stored. A name that several things have had names
 * none of them, also when only one of them is in this reading; a thing announced under another name is that thing only
 * when title or text say so, and when it is the only one that would fit.
 */
export async function settleItems(db: Queryable, sourceId: number, { items, present }: Settling): Promise<NewItem[]> {
  const { fresh, changed } = await unsettledAmong(db, sourceId, items);
  const unsure = items.filter(({ guid }) => fresh.has(guid) || changed.has(guid));
  if (unsure.length === 0) return items;
  const twins = new Map<string, Twin[]>();
  for (const twin of await twinsOf(db, sourceId, unsure.map(questionOf))) {
    twins.set(twin.given, [...(twins.get(twin.given) ?? []), twin]);
  }
  const names = new Map<NewItem, string>();
  for (const item of unsure) {
    const all = twins.get(item.guid) ?? [];
    const may = all.filter(({ guid }) => guid === item.guid || !present.has(guid));
    names.set(item, fresh.has(item.guid) ? nameOfFresh(item, { may, all }) : nameOfChanged(item, { may, all }));
  }
  for (const item of unsure) if (isTwice(names.get(item)!, names) && fresh.has(item.guid)) names.set(item, item.guid);
  for (const name of names.values()) present.add(name);
  const named = items.map((item) => ({ ...item, guid: names.get(item) ?? item.guid }));
  return keepWhole(db, sourceId, { items: named, stored: [...twins.values()].flat() });
}

function questionOf({ guid, kind, keys, url }: NewItem): TwinQuestion {
  const usual = keyOf(url);
  // Before addresses were kept whole, one without an id was called by the usual form.
  const former = guid.startsWith('url:') && usual !== undefined ? [usual] : [];
  return {
    guid,
    bases: [...new Set([baseOf(guid), ...former])],
    keys: [...new Set([...keys, usual ?? []].flat())].filter(isIdentity),
    numbers: kind === 'post' ? numbersOf(url) : null,
  };
}

/** A site's first page and a repository are where many things are published; the others may name one thing. */
function isIdentity(key: string): boolean {
  return /^(arxiv|doi|video):|^url:[^/?]+[/?]/.test(key);
}

/** Two new things cannot both be the one that is here. */
function isTwice(name: string, names: ReadonlyMap<NewItem, string>): boolean {
  let count = 0;
  for (const [item, other] of names) if (other === name && item.guid !== name) count++;
  return count > 1;
}

/** Stored items that one may be, and with them those that others of the reading are. */
interface Known {
  may: readonly Twin[];
  all: readonly Twin[];
}

function nameOfFresh(item: NewItem, { may, all }: Known): string {
  const named = all.filter(({ by }) => by === 'name');
  const found = bestOf(item, { may: may.filter(({ by }) => by === 'name'), all: named }) ?? sameElsewhere(item, may);
  if (found) return found.guid;
  // Others are called so with something behind it: this name alone would name none of them.
  const isShared = named.some(({ guid }) => baseOf(guid) === item.guid);
  return isShared ? apart(item, named) : item.guid;
}

/** Something with the same identifier, or with the same words at an address that differs in its words only. */
function sameElsewhere(item: NewItem, twins: readonly Twin[]): Twin | undefined {
  const isOneThing = item.kind !== 'post';
  const byKey = twins.filter((twin) => twin.by === 'key' && (isOneThing || agrees(item, twin)));
  if (byKey.length > 0) return byKey.length === 1 ? byKey[0] : undefined;
  const byNumber = twins.filter(
    (twin) => twin.by === 'number' && hostOf(twin.url) === hostOf(item.url) && isSameText(item, twin),
  );
  return byNumber.length === 1 ? byNumber[0] : undefined;
}

/** Under this very name something is stored that says something else: mostly a correction, but not always. */
function nameOfChanged(item: NewItem, { may, all }: Known): string {
  const own = may.find(({ guid }) => guid === item.guid);
  if (item.kind !== 'post' || !own) return item.guid;
  const named = all.filter(({ by, guid }) => by === 'name' && baseOf(guid) === item.guid);
  if (named.length > 1) {
    return (
      bestOf(item, { may: may.filter((twin) => named.includes(twin)), all: named }) ?? { guid: apart(item, named) }
    ).guid;
  }
  // An address names its page, not what stands there today; an id is the publisher's word, which only all else overrules.
  const isAddress = /^(?:https?|url):/.test(item.guid);
  const isOther = contradicts(item, own) && !(isAddress ? isSameTitle(item, own) : isAlikeTitle(item, own));
  return isOther ? apart(item, named) : item.guid;
}

/** The one that agrees most in address, title, words and date; none when no two of them do, or two are equal. */
function bestOf(item: NewItem, { may, all }: Known): Twin | undefined {
  const link = wholeKeyOf(item.url);
  const atLink = all.filter(({ url }) => wholeKeyOf(url) === link);
  // An address of several says nothing.
  const tellsLink = atLink.length === 1 && ![item.guid, atLink[0]!.guid].some((guid) => hasDetail(guid, link));
  const scored = may
    .map((twin) => {
      const isAtLink = wholeKeyOf(twin.url) === link;
      const signs = [
        tellsLink && isAtLink,
        isSameTitle(item, twin),
        isSameText(item, twin),
        isAtLink && !item.isUndated && isSameDay(item, twin),
      ];
      return { twin, score: signs.filter(Boolean).length };
    })
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && first.score > (second?.score ?? 0) ? first.twin : undefined;
}

/** Whether a name says more than id and address, since others had these too. */
function hasDetail(guid: string, link: string | undefined): boolean {
  const base = baseOf(guid);
  if (guid === base || link === undefined) return false;
  return isNamedBy(base, link) || guid !== joinNames(base, link);
}

function isNamedBy(base: string, link: string): boolean {
  return base === link || wholeKeyOf(base) === link;
}

/** A name that none of these has. */
function apart({ guid, url, title, publishedAt }: NewItem, twins: readonly Twin[]): string {
  const link = wholeKeyOf(url) ?? url;
  const isOwnLink = isNamedBy(guid, link);
  const names = [
    ...(isOwnLink ? [] : [joinNames(guid, link)]),
    joinNames(isOwnLink ? guid : joinNames(guid, link), title),
    joinNames(guid, `${title} ${publishedAt.toISOString()}`),
  ];
  return names.find((name) => twins.every((twin) => twin.guid !== name)) ?? names.at(-1)!;
}

function hostOf(url: string): string {
  return url.split('/')[2] ?? '';
}
