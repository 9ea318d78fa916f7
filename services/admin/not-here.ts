// An address of the desk that leads nowhere: the desk's own page says so to whoever is signed in, and everybody else is led to the sign-in page.
import type { FastifyInstance } from 'fastify';
import { notFound } from '../page-error.ts';

/** Registers what no other room of the desk answers. */
export function notHereRoom(desk: FastifyInstance): void {
  desk.route({
    method: ['GET', 'POST'],
    url: '/desk/*',
    handler: () => {
      throw notFound('There is no such page at the desk.');
    },
  });
}
