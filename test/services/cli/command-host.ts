// A process that runs one command after the other: the main file is read anew for each, what it imports is loaded once.
// `fork`ed with what it writes to both outputs when a command is over: they and the channel have no order among each other.
import { once } from 'node:events';
import type { Command } from './courant.ts';

class Exit extends Error {}

const endMark = process.argv[2]!;

// A list that is printed leaves its listeners on the output, which otherwise ends with the process.
process.stdout.setMaxListeners(0);
process.exit = (code) => {
  process.exitCode = code ?? process.exitCode;
  throw new Exit();
};

async function run({ args, environment }: Command, count: number): Promise<void> {
  process.exitCode = 0;
  process.env = environment;
  process.argv.splice(2, Infinity, ...args);
  try {
    await import(`../../../services/cli/main.ts?command=${count}`);
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
}

for (let count = 0; ; count++) {
  const [command] = (await once(process, 'message')) as [Command];
  await run(command, count);
  process.stdout.write(endMark);
  process.stderr.write(endMark);
  process.send!(Number(process.exitCode));
}
