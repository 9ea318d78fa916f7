// `courant opml export|import`: the sources as a list that other readers understand.
import { readFile, writeFile } from 'node:fs/promises';
import { readConfig } from '../../core/config.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { openHouse, type House } from '../../core/house.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { listSources } from '../../core/store/sources.ts';
import { decodeText } from '../../workers/ingest/clean/decode.ts';
import { importOpml } from '../../core/opml/import-opml.ts';
import { readOpml } from '../../core/opml/read-opml.ts';
import { writeOpml } from '../../core/opml/write-opml.ts';
import { withDatabaseThere } from './existing-database.ts';

/** Writes the list to `file`, or to standard output. */
export async function runOpmlExport({ file }: { file: string | undefined }): Promise<void> {
  withDatabaseThere(readConfig());
  await withHouse(async ({ db, now }) => {
    const { publication } = await loadSettings(db);
    const list = writeOpml(await listSources(db), { title: `Sources of ${publication}`, at: now() });
    if (file === undefined) process.stdout.write(list);
    else await writeFile(file, list);
  });
}

/** Adds what `file` lists and is not here yet; the workers read it when they run. */
export async function runOpmlImport({ file }: { file: string }): Promise<void> {
  const text = await readText(file);
  await withHouse(async ({ db }) => {
    const { added, known, refused, repeated } = await importOpml(db, readOpml(text));
    for (const { name, line } of refused) {
      process.stderr.write(`courant: line ${line}: "${name}" has no address that can be read; left out.\n`);
    }
    const twice = repeated > 0 ? `, ${repeated} twice in the list` : '';
    process.stdout.write(`${added} added, ${known} here already, ${refused.length} left out${twice}\n`);
  });
}

/** The text of a list, decoded as feeds are. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new PermanentError(`${file} cannot be read: ${messageOf(error)}; give the path of an OPML file.`);
  });
  return decodeText(bytes);
}

async function withHouse(work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(readConfig({ defaults: { LOG_LEVEL: 'error' } }));
  try {
    await work(house);
  } finally {
    await house.close();
  }
}
