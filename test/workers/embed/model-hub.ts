// A hub on the loopback that has one model, honours Range, and breaks off when it is told to.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tinyModelFiles } from './tiny-model.ts';

/** Serves the tiny model as `us/tiny`; `asked` lists path and range of each request, `breakAfter` cuts answers short once `isKept` says that what was said is kept. */
export async function openModelHub() {
  const files = tinyModelFiles();
  const hub = { url: '', asked: [] as string[], breakAfter: Infinity, isKept: () => true, close: () => server.close() };
  const server = createServer((request, response) => {
    const { range } = request.headers;
    const path = (request.url ?? '').replace('/us/tiny/resolve/main/', '');
    hub.asked.push(range ? `${path} ${range}` : path);
    const bytes = files.get(path);
    if (!bytes) return response.writeHead(404).end();
    const etag = `"${bytes.length}"`;
    const isResumed = range !== undefined && request.headers['if-range'] === etag;
    const rest = isResumed ? bytes.subarray(Number(/\d+/.exec(range)![0])) : bytes;
    response.writeHead(isResumed ? 206 : 200, { etag, 'content-length': rest.length });
    if (rest.length <= hub.breakAfter) return response.end(rest);
    response.write(rest.subarray(0, hub.breakAfter));
    const timer = setInterval(() => hub.isKept() && response.destroy(), 5);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;
}
