// Vitest's global setup: what tests start as processes and threads of their own is compiled before.
import { execFileSync } from 'node:child_process';

export function setup(): void {
  execFileSync(process.execPath, ['infra/compile.js'], { stdio: 'inherit' });
}
