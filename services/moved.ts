// An address that leads elsewhere for good, until that one moves on.
import type { FastifyReply } from 'fastify';

/** Sends the visitor to `path`; kept for an hour only, since stories that were joined can be split again. */
export function moved(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('cache-control', 'public, max-age=3600').redirect(path, 301);
}
