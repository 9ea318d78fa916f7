// A machine that has much to do starts late, but it starts.
import { expect, test } from 'vitest';
import { openApp } from './open-app.ts';

test('rooms may take two minutes to open before the start is given up', async () => {
  // Fastify waits 10 s of the clock for each, also when the loop was held by something else meanwhile.
  const { app } = await openApp();
  expect(app.initialConfig.pluginTimeout).toBe(120_000);
});
