// `courant doctor`: looks at everything Courant needs here and says, for each, whether it is well and what to do.
import { constants, accessSync, existsSync } from 'node:fs';
import type { Resolver } from 'node:dns/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readConfig, type Config } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import { openHouse, type House } from '../../core/house.ts';
import { DirectoryInUse, holdDataDirectory } from '../../core/files/data-dir.ts';
import { makePrivate } from '../../core/files/private-directory.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { describeRankModels } from '../../core/rank-model-words.ts';
import { loadTotals } from '../../core/store/totals.ts';
import { vectorProgress } from '../../core/store/vector-sets.ts';
import { listRankModels } from '../../core/store/rank-models.ts';
import { describeEmbedder } from '../../workers/embed/describe.ts';
import { listDkimKeys } from '../../core/store/dkim-keys.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { hasReturn, senderOf } from '../mailer/sender.ts';
import { verifyTransport } from '../mailer/transport.ts';
import { describeSubscribe } from './describe-subscribe.ts';
import { describeLinks } from './describe-links.ts';
import { describeOutbox, hasOutbox } from '../web/outbox.ts';
import { createResolver } from './dkim.ts';
import { describeDkim, describeDmarc, describeSpf } from '../mailer/mail-records.ts';
import { describeVectors } from './describe-vectors.ts';
import { missingDatabase } from './existing-database.ts';
import { createProgress, drawBar } from './progress.ts';

interface Finding {
  what: string;
  well: boolean;
  words: string;
}

/** What is looked at: its name, how, and what it needs that a running Courant keeps to itself. */
type Check = [what: string, look: () => Promise<string>, needs?: 'port' | 'database'];

/** Prints one line a finding; the exit code is 1 when something is not well. */
export async function runDoctor(): Promise<void> {
  const config = readConfig();
  const checks: Check[] = [
    ['node', async () => checkNode(process.versions.node)],
    ['data', async () => checkDataDirectory(config)],
    ['port', () => checkPort(config), 'port'],
    ['database', () => inHouse(config, describeHouse), 'database'],
    ['embedder', () => checkEmbedder(config)],
    ['vectors', () => inHouse(config, async ({ db }) => describeVectors(await vectorProgress(db))), 'database'],
    ['ranker', () => inHouse(config, describeRanker), 'database'],
    ['mail', () => verifyTransport(config)],
    ...recordChecks(config),
    ['subscribe', async () => describeSubscribe(config)],
    ['links', async () => describeLinks(config)],
    ['outbox', async () => (hasOutbox(config) ? describeOutbox(config) : 'none: mails go to the mail server')],
  ];
  const holder = holderOf(config);
  const missing = missingDatabase(config);
  const canLook = ([, , needs]: Check): boolean => !(needs && holder) && !(needs === 'database' && missing);
  for (const [what, look] of checks.filter(canLook)) print(await find(what, look));
  const left = checks.filter((check) => !canLook(check)).map(([what]) => what);
  const which = `${left.slice(0, -1).join(', ')} and ${left.at(-1)}`;
  if (holder) tell('running', `${holder} runs Courant on ${config.DATA_DIR}, where the desk says how it is (/desk/queues). To have ${which} looked at, stop it and ask again.`); // prettier-ignore
  else if (missing) tell('later', `There is no database at ${missing} yet, and none was made: "courant start" makes one. To have ${which} looked at, ask again after it.`); // prettier-ignore
}

/** A line that is neither well nor amiss. */
function tell(what: string, words: string): void {
  process.stdout.write(`  · ${what.padEnd(10)} ${words}\n`);
}

/** Who has the data directory; undefined when nobody has, or when the database is elsewhere. */
function holderOf({ DATABASE_URL, DATA_DIR }: Config): string | undefined {
  if (DATABASE_URL) return undefined;
  try {
    holdDataDirectory(DATA_DIR)();
  } catch (error) {
    if (error instanceof DirectoryInUse) return error.holder;
  }
  return undefined;
}

/** Of the domain in `From`, with the keys that are in the database; where no mail leaves this machine nobody asks for its records. */
function recordChecks(config: Config): Check[] {
  if (!config.SMTP_URL)
    return ['spf', 'dkim', 'dmarc'].map((what) => [what, async () => 'not looked for: no mail leaves this machine']);
  const ofSender = (look: (dns: Resolver, domain: string, house: House) => Promise<string>) => () =>
    inHouse(config, async (house) =>
      look(createResolver(), domainOf(senderOf(config, await loadSettings(house.db)).address), house),
    );
  return [
    ['spf', ofSender((dns, domain) => describeSpf(dns, hasReturn(config) ? config.INBOX_DOMAIN : domain)), 'database'],
    ['dkim', ofSender(async (dns, domain, { db }) => describeDkim(dns, { domain, keys: await listDkimKeys(db, domain) })), 'database'], // prettier-ignore
    ['dmarc', ofSender((dns, domain) => describeDmarc(dns, domain)), 'database'],
  ];
}

async function find(what: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { what, well: true, words: await check() };
  } catch (error) {
    return { what, well: false, words: messageOf(error) };
  }
}

function print({ what, well, words }: Finding): void {
  process.stdout.write(`  ${well ? '✓' : '✗'} ${what.padEnd(10)} ${words}\n`);
  if (!well) process.exitCode = 1;
}

function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`Node ${version} is too old; install 20.19 or later.`);
  return `Node ${version}`;
}

function checkDataDirectory({ DATA_DIR }: Config): string {
  const open = writable(DATA_DIR);
  if (open) throw new Error(open);
  return `${DATA_DIR} can be written${existsSync(join(DATA_DIR, 'db')) ? ', holds a database' : ', is empty'}`;
}

/** Makes it, and returns what stays open of it, in a sentence. */
function writable(directory: string): string | undefined {
  try {
    const open = makePrivate(directory);
    accessSync(directory, constants.W_OK);
    return open;
  } catch (error) {
    throw new Error(`DATA_DIR ${directory} cannot be written: ${messageOf(error)}. Choose another directory.`, {
      cause: error,
    });
  }
}

function checkPort({ HOST, PORT }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => reject(new Error(`Port ${PORT} on ${HOST} is in use. Stop what uses it, or set PORT.`)));
    server.listen({ host: HOST, port: PORT }, () => server.close(() => resolve(`${HOST}:${PORT} is free`)));
  });
}

async function inHouse(config: Config, look: (house: House) => Promise<string>): Promise<string> {
  const house = await openHouse({ ...config, LOG_LEVEL: 'silent' });
  try {
    return await look(house);
  } finally {
    await house.close();
  }
}

async function describeHouse({ config, db, queue }: House): Promise<string> {
  const { items, stories } = await loadTotals(db);
  await queue.counts();
  const database = config.DATABASE_URL ? 'PostgreSQL' : 'embedded PGlite';
  return `${database}, queue on ${config.REDIS_URL ? 'Redis' : 'the database'}; ${items} items, ${stories} stories`;
}

async function describeRanker({ db }: House): Promise<string> {
  return describeRankModels(await listRankModels(db, 10));
}

/** The bar is on standard error, so that what is piped stays one line a finding. */
async function checkEmbedder(config: Config): Promise<string> {
  const bar = createProgress(process.stderr);
  let bytes = 0;
  const words = await describeEmbedder(config, (file, done, total) => {
    if (bytes === 0) bar.start('model');
    bytes = total;
    bar.at(`${file} ${drawBar(done, total)}`);
  });
  if (bytes > 0) bar.done(`${config.MODEL} downloaded`);
  return words;
}
