// Keeps mails apart, so that no more than so many start in a second.

/** Returns a function that resolves when the next mail may start; `stop` ends every wait at once. */
export function createPace(perSecond: number, stop: AbortSignal): () => Promise<void> {
  let nextMs = 0;
  let last = Promise.resolve();
  const waitOne = async (): Promise<void> => {
    const nowMs = performance.now();
    const waitMs = nextMs - nowMs;
    nextMs = Math.max(nowMs, nextMs) + 1000 / perSecond;
    if (waitMs > 0 && !stop.aborted) await wait(waitMs, stop);
  };
  // One after the other, so that a batch holds one timer and one listener.
  return () => (last = last.then(waitOne));
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
