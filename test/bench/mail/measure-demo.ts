// The largest letter of the demo week, as it is mailed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';

/** Its bytes: the demo runs once, as `npm run demo -- --exit` does. */
export async function measureDemo() {
  const directory = mkdtempSync(join(tmpdir(), 'courant-demo-'));
  const cli = fileURLToPath(compiled(new URL('../../../services/cli/main.ts', import.meta.url)));
  try {
    const demo = spawn(process.execPath, [cli, 'demo', '--exit', '--data', directory], { stdio: 'ignore' }); // prettier-ignore
    const [code] = (await once(demo, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`the demo ended with ${code}`);
    const outbox = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /delivery-\d+\.eml$/.test(name),
    );
    return { bytes_max_demo: Math.max(...outbox.map((name) => statSync(join(directory, name)).size)) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
