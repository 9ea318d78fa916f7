// Items of one source at addresses that differ only by a fragment or a doubtful parameter -> identifiers that keep it.
import type { Queryable } from '../../core/db.ts';
import { itemsWithLongAddress, respellKeys, type Twin } from '../../core/store/item-twins.ts';
import type { NewItem } from '../../core/store/items.ts';
import { keyOf, wholeKeyOf } from '../../core/addresses/keys.ts';

type Addressed = Pick<Twin, 'guid' | 'url' | 'keys'>;

/**
 * Gives items, and those of the source that are stored, their whole address as an identifier where the usual form would
 * be that of another as well. `stored` are items that share an identifier with these.
 */
export async function keepWhole(
  db: Queryable,
  sourceId: number,
  { items, stored }: { items: NewItem[]; stored: readonly Addressed[] },
): Promise<NewItem[]> {
  const here = new Map<string, Addressed[]>();
  for (const one of [...stored, ...(await itemsWithLongAddress(db, sourceId))]) {
    const usual = keyOf(one.url);
    if (usual?.startsWith('url:')) here.set(usual, [...(here.get(usual) ?? []), one]);
  }
  if (here.size === 0) return items;
  const spellings = new Map<string, { guid: string; from: string; to: string }>();
  const spelled = items.map((item) => {
    const [usual, whole] = [keyOf(item.url), wholeKeyOf(item.url)];
    const others = (here.get(usual ?? '') ?? []).filter(
      ({ guid, url }) => guid !== item.guid && wholeKeyOf(url) !== whole,
    );
    if (others.length === 0 || usual === undefined || whole === undefined) return item;
    for (const { guid, url, keys } of others) {
      const to = wholeKeyOf(url)!;
      if (to !== usual && keys.includes(usual)) spellings.set(guid, { guid, from: usual, to });
    }
    return { ...item, keys: item.keys.map((key) => (key === usual ? whole : key)) };
  });
  await respellKeys(db, sourceId, [...spellings.values()]);
  return spelled;
}
