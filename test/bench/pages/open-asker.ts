// Starts the process that asks, and hands it one page after the other.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import type { Asked } from './ask-pages.ts';

export interface Asker {
  /** Asks for the page so many times, four at once; throws for an answer that is not 200. */
  ask(url: string, times: number, cookie?: string): Promise<void>;
  stop(): void;
}

export function openAsker(): Asker {
  const file = fileURLToPath(compiled(new URL('ask-pages.ts', import.meta.url)));
  const child = fork(file, { env: childEnvironment({}) });
  let visitors = 0;
  return {
    async ask(url, times, cookie = '') {
      visitors++;
      child.send({ url, cookie, times, network: `127.${1 + (visitors % 250)}` } satisfies Asked);
      const [said] = (await once(child, 'message')) as [string];
      if (said !== 'done') throw new Error(said);
    },
    stop: () => void child.kill(),
  };
}
