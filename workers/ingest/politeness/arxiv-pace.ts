// Requests to arXiv and Crossref -> as seldom as each asks, on one connection, over all processes.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '../../../core/db.ts';
import { passTurn, takeTurn } from '../../../core/store/turns.ts';

export interface Turnstile {
  /** Runs `work` in the turn of the address's host; hosts without turns have no queue. Rejects when `stop` comes first. */
  inTurn<Result>(url: string, stop: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

export interface Pace {
  /** From the start of a request to the start of the next. */
  everyMs: number;
  /** The hosts that share their turns: with arXiv, all of its. */
  isPaced: (host: string) => boolean;
}

const arxivPace: Pace = { everyMs: 3000, isPaced: (host) => /(^|\.)arxiv\.org$/.test(host) };

/** Longer than any request may take, redirects and body included. */
const leaseMs = 120_000;

/** Up to ten a second are allowed to whoever says who they are; nobody waits for ours. */
const crossrefPace: Pace = { everyMs: 1000, isPaced: (host) => host === 'api.crossref.org' };

/** Opens the turnstile; its turns are rows, so that every process on the database passes the same one. `arxiv` is its pace unless told otherwise. */
export function createTurnstile(db: Queryable, arxiv: Pace = arxivPace): Turnstile {
  const paces = Object.entries({ arxiv, crossref: crossrefPace });
  return {
    async inTurn(url, stop, work) {
      const { hostname } = new URL(url);
      const [name, pace] = paces.find(([, { isPaced }]) => isPaced(hostname)) ?? [];
      if (name === undefined || pace === undefined) return work();
      const { everyMs } = pace;
      const turn = { name, holder: randomUUID() };
      for (;;) {
        const waitMs = await takeTurn(db, { ...turn, leaseMs });
        if (waitMs === 0) break;
        // While somebody asks nobody knows for how long, so one looks again.
        await sleep(Math.max(waitMs, everyMs / 10), undefined, { signal: stop });
      }
      const started = performance.now();
      try {
        return await work();
      } finally {
        await passTurn(db, { ...turn, pauseMs: Math.max(0, everyMs - (performance.now() - started)) });
      }
    },
  };
}
