// A port is chosen before anybody listens on it: meanwhile nobody else may get it.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../core/network/free-port.ts';

async function listenOn(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

test('it is none of those that systems give to whoever asks for any', async () => {
  const chosen = await freePort();
  expect(chosen).toBeGreaterThanOrEqual(20_000);
  expect(chosen).toBeLessThan(32_768);
  await listenOn(chosen);
});

test('two that are chosen before anybody listens are two, and one that is in use is passed over', async () => {
  const [one, other] = [await freePort(), await freePort()];
  expect(other).not.toBe(one);
  // The next in line, whichever that is.
  const busy = await listenOn(other + 1).then(
    (server) => (server.address() as AddressInfo).port,
    () => other + 1,
  );
  expect(await freePort()).not.toBe(busy);
});

test('a place that is no address of this machine is an error, and not looked for on every port', async () => {
  await expect(freePort('192.0.2.1')).rejects.toThrow(/EADDRNOTAVAIL/);
});
