// `infra/node.sh services/main.ts all | web | admin | mailer`: the rooms people enter; `all` runs the workers too.
import { PermanentError } from '../core/errors.ts';
import { runMain } from '../core/process.ts';
import { runMode } from './cli/start.ts';
import { modes, type Mode } from './start.ts';

await runMain(async () => {
  const mode = process.argv[2] ?? 'all';
  if (!modes.includes(mode as Mode))
    throw new PermanentError(`"${mode}" is no mode; choose one of ${modes.join(', ')}.`);
  return runMode(mode as Mode);
});
