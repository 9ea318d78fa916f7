// Builds the pages: which rooms are open is an argument, listening is not done here, so tests use `inject()`.
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { House } from '../core/house.ts';
import { readTrust } from '../core/trusted-proxies.ts';
import { adminRooms } from './admin/rooms.ts';
import { showErrors } from './show-errors.ts';
import { serveAssets } from './assets.ts';
import { guardPages } from './guard-pages.ts';
import { guardRequests, serverLimits } from './guard-requests.ts';
import { openRoom } from './room.ts';
import { outboxRoom } from './web/outbox.ts';
import { webRooms } from './web/rooms.ts';

export type RoomName = 'web' | 'admin' | 'outbox';

interface AppParts {
  rooms: RoomName[];
  /** Told of each route there is. */
  onRoute?: (route: RouteOptions) => void;
}

/** The app with these rooms open. It reads forms only, as every page of ours has them. */
export async function buildApp(house: House, { rooms, onRoute }: AppParts): Promise<FastifyInstance> {
  const { config } = house;
  const trustProxy = readTrust(config.TRUST_PROXY) ?? false;
  const app = fastify({ ...serverLimits, trustProxy, forceCloseConnections: 'idle' });
  if (onRoute) app.addHook('onRoute', onRoute);
  const room = openRoom(house);
  showErrors(app, room);
  app.removeAllContentTypeParsers();
  await guardPages(app, { isSecure: config.PUBLIC_URL.startsWith('https:') });
  guardRequests(app, config);
  await app.register(formbody);
  await serveAssets(app);
  const hasOutbox = rooms.includes('outbox');
  if (rooms.includes('web')) await app.register(async (scope) => webRooms(scope, room));
  if (hasOutbox) await app.register(async (scope) => outboxRoom(scope, room));
  if (rooms.includes('admin')) await app.register(async (scope) => adminRooms(scope, room, { hasOutbox }));
  return app;
}
