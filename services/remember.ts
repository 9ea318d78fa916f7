// What was made of something that never changes, such as an approved content, by its hash: made once in this process.
import { setTimeout as delay } from 'node:timers/promises';

/** Keeps the newest `size` results by key. Who asks while one is being made waits for it; what failed is made again. */
export function rememberLast<Result>(size: number): (key: string, make: () => Promise<Result>) => Promise<Result> {
  const kept = new Map<string, Promise<Result>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known) return known;
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > size) kept.delete(oldest);
    return made;
  };
}

/** Somebody asked for something newer before its turn came. */
export class PassedOver extends Error {}

/**
 * Makes one at a time, each after a pause in which nothing newer was asked for: of those that wait only the newest is
 * made, the others throw PassedOver.
 */
export function newestInTurn(pauseMs: number): <Result>(make: () => Promise<Result>) => Promise<Result> {
  let [last, newest]: [Promise<unknown>, object] = [Promise.resolve(), {}];
  return (make) => {
    const mine = (newest = {});
    const refuseOld = (): void => {
      if (mine !== newest) throw new PassedOver('there is something newer');
    };
    const made = last.then(async () => {
      refuseOld();
      await delay(pauseMs);
      refuseOld();
      return make();
    });
    last = made.catch(() => undefined);
    return made;
  };
}
