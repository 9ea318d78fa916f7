// Builds the pages: which rooms are open is an argument, listening is not done here, so tests use `inject()`.
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import type { House } from '../core/house.ts';
import { adminRooms } from './admin/rooms.ts';
import { answerErrors } from './answer-errors.ts';
import { serveAssets } from './assets.ts';
import { guardPages } from './guard-pages.ts';
import { openRoom } from './room.ts';
import { outboxRoom } from './web/outbox.ts';
import { webRooms } from './web/rooms.ts';

export type RoomName = 'web' | 'admin' | 'outbox';

/** The app with these rooms open. Everything a visitor may send stays under 64 KB. */
export async function buildApp(house: House, { rooms }: { rooms: RoomName[] }): Promise<FastifyInstance> {
  const app = fastify({ trustProxy: house.config.TRUST_PROXY, bodyLimit: 65_536, forceCloseConnections: 'idle' });
  const room = openRoom(house);
  answerErrors(app, room);
  await guardPages(app, { isSecure: house.config.PUBLIC_URL.startsWith('https:') });
  await app.register(formbody);
  await serveAssets(app);
  if (rooms.includes('web')) await app.register(async (scope) => webRooms(scope, room));
  if (rooms.includes('outbox')) await app.register(async (scope) => outboxRoom(scope, room));
  if (rooms.includes('admin')) await app.register(async (scope) => adminRooms(scope, room));
  return app;
}
