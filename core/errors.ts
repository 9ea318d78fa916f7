// The two errors that are instructions to the queue; anything else is a bug and keeps its stack.

/** Try again later: a time-out, a 503, a busy server. `retryAfterMs` when the other side said how long. */
export class TemporaryError extends Error {
  readonly retryAfterMs: number | undefined;
  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'TemporaryError';
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Trying again will not help: say what happened, to what, and what to do. */
export class PermanentError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'PermanentError';
  }
}

/** The message of anything thrown, for a row or a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
