// `courant parse`: where the lines of `parseFiles` go, and what the exit code says.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PermanentError } from '../../core/errors.ts';
import { parseFiles } from './parse.ts';

/**
 * Parses files, or everything a manifest lists, to standard output or to `out`.
 * A file named on the command line that is no feed makes the exit code 1; a manifest is a survey, so there it is a line only.
 */
export async function runParse(options: { files: string[]; manifest?: string; out?: string }): Promise<void> {
  const { files, manifest, out } = options;
  if (files.length === 0 && !manifest)
    throw new PermanentError('Nothing to parse; name feed files, or --manifest FILE.');
  const output = out ? createWriteStream(out) : process.stdout;
  const { failed } = await parseFiles({ files, manifest, output });
  if (output !== process.stdout) {
    output.end();
    await once(output, 'finish');
  }
  if (failed > 0 && !manifest) process.exitCode = 1;
}
