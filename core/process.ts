// A process of ours: opens the house, runs until it is told to stop, and says in one line what keeps it from starting.
import closeWithGrace from 'close-with-grace';
import { readConfig, type Config } from './config.ts';
import { messageOf, PermanentError } from './errors.ts';
import { openHouse, type House } from './house.ts';
import { freePort } from './network/free-port.ts';
import { keepFilesPrivate } from './files/private-directory.ts';

/**
 * The config with a port of its own where PORT is 0: links in mails and what is printed name the port, so it is chosen before anybody
 * listens.
 */
export async function configToListen(given: Parameters<typeof readConfig>[0] = {}): Promise<Config> {
  const config = readConfig(given);
  if (config.PORT !== 0) return config;
  return readConfig({ ...given, overrides: { ...given.overrides, PORT: String(await freePort(config.HOST)) } });
}

/** Opens the house, starts `part` in it, and stops both in the right order on SIGTERM or SIGINT. */
export async function runProcess(part: (house: House) => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const house = await openHouse(await configToListen());
  const started = await part(house).catch(async (error: unknown) => {
    await house.close();
    throw error;
  });
  house.log.info({ event: 'process.started', pid: process.pid });
  closeWithGrace({ delay: 20_000 }, async ({ err, signal }) => {
    if (err) house.log.error({ event: 'process.crashed', message: messageOf(err), stack: err.stack });
    await started.stop();
    await house.close();
    house.log.info({ event: 'process.stopped', signal });
  });
}

/** Runs a program's main function; what is expected to go wrong is one line, a bug keeps its stack. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  keepFilesPrivate();
  try {
    await main();
  } catch (error) {
    process.stderr.write(`courant: ${error instanceof PermanentError ? error.message : stackOf(error)}\n`);
    process.exit(1);
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
