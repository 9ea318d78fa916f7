// A mail server that allows few connections for a while: once it allows more, more are opened.
import { expect, test } from 'vitest';
import { scene } from './misbehaving-scene.ts';
import { sendAt } from './sending-fixture.ts';

test('each minute without a refused connection one more is tried, up to as many as were asked for', async () => {
  const at = { letters: 0, most: 0 };
  const scenery = await scene(
    ({ stage, connections }) => {
      if (stage === 'greeting') {
        if (at.letters < 40 && connections > 2) return { reply: '421 4.7.0 too many connections' };
        at.most = Math.max(at.most, connections);
      }
      // After 40 letters each takes a minute.
      if (stage === 'end' && ++at.letters > 40) scenery.clock.now = new Date(sendAt.getTime() + at.letters * 60_000);
      return undefined;
    },
    { readers: 200, settings: { MAIL_CONNECTIONS: '6' } },
  );
  await scenery.ring();
  expect(scenery.server.taken).toHaveLength(200);
  expect(at.most).toBe(6);
});
