// The HTML of a letter -> what `lookThrough` and axe-core find in it, in threads: it takes 100 ms and more (law 8).
import { runInThread } from '../threads.ts';
import type { AxeFinding } from './ask-axe.ts';
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

/** Of the letter and of the page that the archive will have. */
export function askAxeInThread(documents: { letter: string; page: string }): Promise<AxeFinding[]> {
  return runInThread<typeof import('./ask-axe.ts'), 'askAxe'>({
    file: new URL('ask-axe.ts', import.meta.url),
    name: 'askAxe',
    input: documents,
    pool: 'gate',
    stop: new AbortController().signal,
  });
}
