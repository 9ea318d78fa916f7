// A TypeScript file of ours -> the JavaScript that Node runs for it in a thread or a process of its own.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
let isMade = false;

/** The file itself where the program runs from dist/ already; where tests or a loader run the sources its copy there, made anew if it is old. */
export function compiled(file: URL): URL {
  if (!file.pathname.endsWith('.ts')) return file;
  if (!isMade) execFileSync(process.execPath, [fileURLToPath(new URL('infra/compile.js', root))], { stdio: 'inherit' });
  isMade = true;
  const path = file.href.slice(root.href.length);
  return new URL(`dist/${path.replace(/\.ts$/, '.js')}`, root);
}
