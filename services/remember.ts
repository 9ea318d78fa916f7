// What was made of something that never changes, such as an approved content, by its hash: made once in this process.

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

/** Makes one at a time: of those that wait only the newest is made; the others throw PassedOver. */
export function newestInTurn(): <Result>(make: () => Promise<Result>) => Promise<Result> {
  let [last, newest]: [Promise<unknown>, object] = [Promise.resolve(), {}];
  return (make) => {
    const mine = (newest = {});
    const made = last.then(() => {
      if (mine !== newest) throw new PassedOver('there is something newer');
      return make();
    });
    last = made.catch(() => undefined);
    return made;
  };
}
