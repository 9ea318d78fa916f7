// Requests to arXiv -> one every three seconds on one connection, as it asks, over all processes.
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

/** Opens the turnstile; its turns are rows, so that every process on the database passes the same one. */
export function createTurnstile(db: Queryable, { everyMs, isPaced }: Pace = arxivPace): Turnstile {
  return {
    async inTurn(url, stop, work) {
      if (!isPaced(new URL(url).hostname)) return work();
      const turn = { name: 'arxiv', holder: randomUUID() };
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
