// Builds the pages: which rooms are open is an argument, listening is not done here, so tests use `inject()`.
import { constants } from 'node:zlib';
import { AjvCompiler } from '@fastify/ajv-compiler';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { House } from '../core/house.ts';
import { readTrust } from '../core/network/trusted-proxies.ts';
import { adminRooms } from './admin/rooms.ts';
import { hooksRoom } from './hooks/hooks-room.ts';
import { showErrors } from './show-errors.ts';
import { serveAssets } from './assets.ts';
import { guardPages } from './guard-pages.ts';
import { guardRequests, serverLimits } from './guard-requests.ts';
import { keepSharedPages } from './keep-unchanged.ts';
import { carryLanguage } from './page-words.ts';
import { openRoom } from './room.ts';
import { outboxRoom } from './web/outbox.ts';
import { webRooms } from './web/rooms.ts';

export type RoomName = 'web' | 'admin' | 'outbox';

/** Quality 4 takes a millisecond for a page and leaves a sixth of it; the best takes fifty times as long for a tenth less. */
const compression = {
  encodings: ['br' as const, 'gzip' as const],
  threshold: 1024,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
};

/** One for all apps of a process: making it is a third of what opening an app takes, and tests open hundreds. */
const schemaController = { compilersFactory: { buildValidator: AjvCompiler() } };

/** Weak, since a page has the same tag packed and plain (RFC 9110, 8.8.1). */
const sameText = { weak: true };

/** Asked for its head alone a page names the encoding it would come in: the framework drops the body before it could be packed. */
function packHeads(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' && Array.isArray(route.onSend)) route.onSend.reverse();
  });
}

interface AppParts {
  rooms: RoomName[];
  /** Told of each route there is. */
  onRoute?: (route: RouteOptions) => void;
}

/** The app with these rooms open. It reads forms only, as every page of ours has them. */
export async function buildApp(house: House, { rooms, onRoute }: AppParts): Promise<FastifyInstance> {
  const { config } = house;
  const trustProxy = readTrust(config.TRUST_PROXY) ?? false;
  const app = fastify({ ...serverLimits, trustProxy, schemaController, forceCloseConnections: 'idle' });
  if (onRoute) app.addHook('onRoute', onRoute);
  carryLanguage(app);
  const room = openRoom(house);
  showErrors(app, room);
  app.removeAllContentTypeParsers();
  await guardPages(app, { isSecure: config.PUBLIC_URL.startsWith('https:') });
  guardRequests(app, config);
  app.decorateRequest('kept', null);
  app.decorateRequest('isKeepable', false);
  await app.register(formbody);
  // The desk is left out: no browser keeps its pages, of which none is told by its hash; and a compressed page that holds a form's token beside what somebody asked for gives the token away (BREACH).
  await app.register(async (scope) => {
    await scope.register(etag, sameText);
    await scope.register(compress, compression);
    packHeads(scope);
    await serveAssets(scope);
  });
  if (rooms.includes('web')) await app.register(async (scope) => hooksRoom(scope, room));
  const hasOutbox = rooms.includes('outbox');
  if (rooms.includes('web')) {
    await app.register(async (scope) => {
      await scope.register(etag, sameText);
      await scope.register(compress, compression);
      packHeads(scope);
      keepSharedPages(scope, house);
      await webRooms(scope, room);
    });
  }
  if (hasOutbox) await app.register(async (scope) => outboxRoom(scope, room));
  if (rooms.includes('admin')) await app.register(async (scope) => adminRooms(scope, room, { hasOutbox }));
  return app;
}
