// `/accent/b4371f.css`: the tokens of an accent that a curator chose; the address says all of it, so it is kept for good.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { accentOf, isColour, whyNoAccent } from '../../core/brand.ts';
import { notFound } from '../page-error.ts';

const params = z.object({ sheet: z.string().length(10).endsWith('.css') });

/** Registers it. */
export function accentSheetRoom(app: FastifyInstance): void {
  app.get('/accent/:sheet', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const colour = parsed.success ? `#${parsed.data.sheet.slice(0, 6)}` : '';
    if (!isColour(colour) || whyNoAccent(colour) !== undefined) throw notFound('There is no such colour.');
    const { light, lightSoft, dark, darkSoft } = accentOf(colour);
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(
        `:root{--accent:${light};--accent-soft:${lightSoft}}@media (prefers-color-scheme:dark){:root{--accent:${dark};--accent-soft:${darkSoft}}}`,
      );
  });
}
