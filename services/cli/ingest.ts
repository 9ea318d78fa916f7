// `courant ingest`: checks sources now and waits until their items are in stories.
import { pathToFileURL } from 'node:url';
import { PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { ringDueSources } from '../../core/ring-due-sources.ts';
import { loadFigures } from '../../core/store/figures.ts';
import { addSources, askCatchUp, dueSourceIds, listSources, type NewSource } from '../../core/store/sources.ts';
import { sourceAddress } from '../admin/source-address.ts';
import { waitUntilQuiet, workOnce } from './once.ts';
import { createProgress } from './progress.ts';

const kinds = ['arxiv', 'youtube', 'feed', 'folder', 'deadlines'] as const;

/** Nothing that can be counted changes while some ten thousand items are put into stories. */
const longestStepMs = 30 * 60_000;

export interface IngestOptions {
  addresses: string[];
  kind: string;
  /** The day from which on arXiv lists are caught up. */
  since?: string | undefined;
}

/** Adds the addresses that are new, checks them (or everything due), and prints what came of each. */
export async function runIngest({ addresses, kind, since }: IngestOptions): Promise<void> {
  const wanted = addresses.map((address) => newSource(address, kind));
  if (since !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(since) || Number.isNaN(Date.parse(since)))) {
    throw new PermanentError(`--since holds "${since}"; it may hold a day such as 2026-11-01.`);
  }
  await workOnce(async (house) => {
    await addSources(house.db, wanted);
    const ids = wanted.length > 0 ? await idsOf(house, wanted) : await dueSourceIds(house.db, house.now());
    if (since !== undefined) await askCatchUp(house.db, { ids, from: since });
    if (wanted.length === 0) await ringDueSources(house);
    else for (const sourceId of ids) await house.queue.ring('source.check', { sourceId });
    const before = (await loadFigures(house.db)).items;
    const progress = createProgress(process.stdout);
    progress.start('ingest');
    const added = async (): Promise<string> => `${(await loadFigures(house.db)).items - before} new items`;
    const detail = async (): Promise<string> => {
      const { items, itemsWithoutVector, stories } = await loadFigures(house.db);
      return `${items - before} new items, ${itemsWithoutVector} without a vector yet, ${stories} stories`;
    };
    await waitUntilQuiet(house, ['ingest', 'embed', 'cluster'], { progress, detail, timeoutMs: longestStepMs });
    progress.done(`${ids.length} sources checked, ${await added()}`);
    await reportFailures(house, ids);
  });
}

function newSource(address: string, kind: string): NewSource {
  if (!kinds.includes(kind as NewSource['kind'])) {
    throw new PermanentError(`--kind holds "${kind}"; it may hold one of ${kinds.join(', ')}.`);
  }
  const known = kind as NewSource['kind'];
  const url = known === 'folder' ? pathToFileURL(address).href : sourceAddress(known, address);
  if (url === undefined) {
    throw new PermanentError(
      `"${address}" is no address; give one such as https://example.org/feed.xml, --kind arxiv with a list (cs.CL) or papers (1706.03762), or --kind folder with a directory.`,
    );
  }
  return { kind: known, title: address, url };
}

async function idsOf({ db }: House, wanted: NewSource[]): Promise<number[]> {
  const urls = new Set(wanted.map(({ url }) => url));
  return (await listSources(db)).filter(({ url }) => urls.has(url)).map(({ id }) => id);
}

/** A source that failed is kept and tried again later; the command still says so with its exit code. */
async function reportFailures({ db }: House, ids: number[]): Promise<void> {
  for (const source of await listSources(db)) {
    if (!ids.includes(source.id) || source.failures === 0) continue;
    process.stderr.write(`courant: source ${source.id} (${source.url}): ${source.lastError}\n`);
    process.exitCode = 1;
  }
}
