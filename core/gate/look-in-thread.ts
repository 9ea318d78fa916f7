// The HTML of a letter -> what `lookThrough` finds in it, in the thread that compiled it: it takes 100 ms and more (law 8).
import { runInThread } from '../threads.ts';
import type { LetterTroubles } from './look-through.ts';

export function lookInThread(html: string): Promise<LetterTroubles> {
  return runInThread<typeof import('./look-through.ts'), 'lookThrough'>({
    file: new URL('look-through.ts', import.meta.url),
    name: 'lookThrough',
    input: html,
    pool: 'letters',
    stop: new AbortController().signal,
  });
}
