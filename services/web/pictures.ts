// `/pictures/HASH.png` and `.jpg`: the pictures of letters. Their address says all of them, so that they are kept for good.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { pictureByHash } from '../../core/store/pictures.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';

const params = z.object({ name: z.string().length(68) });
const types = { '.png': 'image/png', '.jpg': 'image/jpeg' } as const;

/** What bytes that we encoded are: a PNG begins with 137 (RFC 2083, 3.1). */
const endingOf = (bytes: Buffer): keyof typeof types => (bytes[0] === 137 ? '.png' : '.jpg');

/** Registers them. */
export function picturesRoom(app: FastifyInstance, { house }: Room): void {
  app.get('/pictures/:name', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const bytes = parsed.success ? await pictureByHash(house.db, parsed.data.name.slice(0, 64)) : undefined;
    const ending = bytes && endingOf(bytes);
    if (!ending || !parsed.data?.name.endsWith(ending)) throw notFound({ key: 'error.noPicture' });
    // Mail programs show it on a page of their own.
    return reply
      .type(types[ending])
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(bytes);
  });
}
