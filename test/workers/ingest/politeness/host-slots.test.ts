// Two requests to one host at a time, one to arXiv, as many hosts as there are.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHostSlots } from '../../../../workers/ingest/politeness/host-slots.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);

async function mostAtOnce(urls: string[]): Promise<number> {
  const slots = createHostSlots();
  let busy = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++busy);
    await sleep(5);
    busy--;
  };
  await Promise.all(urls.map((url) => slots.inTurn(url, never, work)));
  return most;
}

test.each([
  ['one host', 2, (at: number) => `https://a.example/${at}`],
  ['arXiv', 1, (at: number) => `https://rss.arxiv.org/rss/${at}`],
  ['four hosts', 8, (at: number) => `https://${at % 4}.example/`],
])('%s: %d at once', async (_, most, address) => {
  expect(await mostAtOnce(Array.from({ length: 20 }, (__, at) => address(at)))).toBe(most);
});

test('who waits is served in order, also after one that failed', async () => {
  const slots = createHostSlots({ perHost: 1 });
  const served: number[] = [];
  const answers = await Promise.allSettled(
    [1, 2, 3].map((at) =>
      slots.inTurn('https://a.example/', never, async () => {
        served.push(at);
        if (at === 1) throw new Error('no');
      }),
    ),
  );
  expect(served).toEqual([1, 2, 3]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

test('who is told to stop leaves the line, and the slot goes to the next', async () => {
  const slots = createHostSlots({ perHost: 1 });
  const stop = new AbortController();
  let finish = (): void => undefined;
  const first = slots.inTurn('https://a.example/', never, () => new Promise<void>((resolve) => (finish = resolve)));
  const second = slots.inTurn('https://a.example/', stop.signal, async () => 'second');
  const third = slots.inTurn('https://a.example/', never, async () => 'third');
  stop.abort();
  await expect(second).rejects.toThrow('abort');
  finish();
  await first;
  expect(await third).toBe('third');
});
