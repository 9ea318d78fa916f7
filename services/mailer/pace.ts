// Keeps mails apart, so that no more than so many start in a second.

/** Returns a function that resolves when the next mail may start; `stop` ends every wait at once. */
export function createPace(perSecond: number, stop: AbortSignal): () => Promise<void> {
  let nextMs = 0;
  return () => {
    const nowMs = performance.now();
    const waitMs = Math.max(0, nextMs - nowMs);
    nextMs = Math.max(nowMs, nextMs) + 1000 / perSecond;
    return waitMs === 0 || stop.aborted ? Promise.resolve() : wait(waitMs, stop);
  };
}

function wait(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', done);
  });
}
