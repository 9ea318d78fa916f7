// `courant ingest`: checks sources now and waits until their items are in stories.
import type { House } from '../../core/house.ts';
import { enqueueDueSources } from '../../core/enqueue-due-sources.ts';
import { countItemsWithoutStory, loadTotals } from '../../core/store/totals.ts';
import { addSources, askCatchUp, dueSourceIds, listSources } from '../../core/store/sources.ts';
import { importOpml } from '../../core/opml/import-opml.ts';
import { readOpml } from '../../core/opml/read-opml.ts';
import { nameSources, type NamedSources } from './named-sources.ts';
import { readText } from './opml.ts';
import { waitUntilQuiet, workOnce } from './once.ts';
import { createProgress } from './progress.ts';
import { sinceDay } from './since-day.ts';
import { plural } from '../../core/plural.ts';

/** Nothing that can be counted changes while some ten thousand items are put into stories. */
const longestStepMs = 30 * 60_000;

export interface IngestOptions {
  addresses: string[];
  /** What the new addresses are; told from each when left out. */
  kind?: string | undefined;
  /** The day from which on arXiv lists are caught up. */
  since?: string | undefined;
}

function newItems(count: number): string {
  return plural(count, 'new item', 'new items');
}

/** Adds the addresses that are new, checks them (or everything due), and prints what came of each. */
export async function runIngest({ addresses, kind, since }: IngestOptions): Promise<void> {
  const named = await nameSources(addresses, kind);
  if (since !== undefined) sinceDay(since);
  await workOnce(async (house) => {
    const started = house.now();
    const ids = addresses.length > 0 ? await addNamed(house, named) : await dueSourceIds(house.db, house.now());
    if (since !== undefined) await askCatchUp(house.db, { ids, from: since });
    if (addresses.length === 0) await enqueueDueSources(house);
    else for (const sourceId of ids) await house.queue.enqueue('source.check', { sourceId });
    const before = (await loadTotals(house.db)).items;
    const progress = createProgress(process.stdout);
    progress.start('ingest');
    const added = async (): Promise<string> => newItems((await loadTotals(house.db)).items - before);
    const detail = async (): Promise<string> => {
      const { items, itemsWithoutVector, stories } = await loadTotals(house.db);
      return `${newItems(items - before)}, ${itemsWithoutVector} without a vector yet, ${stories} stories`;
    };
    await waitUntilQuiet(house, ['ingest', 'understand'], { progress, detail, timeoutMs: longestStepMs });
    progress.done(`${plural(ids.length, 'source', 'sources')} checked, ${await added()}`);
    await reportSources(house, { ids, since: started });
  });
}

/** Adds what is not here yet; returns the ids of all that were named. */
async function addNamed({ db }: House, { sources, lists }: NamedSources): Promise<number[]> {
  const urls = new Set(sources.map(({ url }) => url));
  await addSources(db, sources);
  for (const file of lists) {
    const list = readOpml(await readText(file));
    for (const { url } of list.sources) urls.add(url);
    const { refused } = await importOpml(db, list);
    for (const { name, line } of refused) {
      process.stderr.write(`courant: ${file}: line ${line}: "${name}" has no address; left out.\n`);
    }
  }
  return (await listSources(db)).filter(({ url }) => urls.has(url)).map(({ id }) => id);
}

/**
 * What there is to say of each source, and which new items no story tells, since nobody would miss them otherwise. A source that failed
 * is kept and tried again later; the command still says so with its exit code.
 */
async function reportSources({ db }: House, { ids, since }: { ids: number[]; since: Date }): Promise<void> {
  for (const { id, url, failures, lastError, note } of await listSources(db)) {
    if (!ids.includes(id)) continue;
    if (note !== null) process.stdout.write(`  · source ${id} (${url}): ${note}\n`);
    if (failures === 0) continue;
    process.stderr.write(`courant: source ${id} (${url}): ${lastError}\n`);
    process.exitCode = 1;
  }
  const { background, digests } = await countItemsWithoutStory(db, { sourceIds: ids, since });
  if (background > 0) process.stdout.write(`  · ${newItems(background)} in no story: too old to be news, or without a date at a first reading; "courant list items" shows when each is dated. They are kept, and count when a newer item speaks of them.\n`); // prettier-ignore
  if (digests > 0) process.stdout.write(`  · ${newItems(digests)} in no story: newsletters, whose links count for what they name.\n`); // prettier-ignore
}
