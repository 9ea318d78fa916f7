// `/stories/:id.bib` and `/stories/:id.ris`: the paper of a story, or what it was first told as, for reference managers.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { storyNow } from '../../core/store/addresses.ts';
import { storyToCite } from '../../core/store/saved-stories.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { referenceForms } from './bibliography.ts';

const params = z.object({ id: rowId() });

/** Registers both files. */
export function citeStoryRoom(app: FastifyInstance, { house }: Room): void {
  for (const { end, type, write } of referenceForms) {
    app.get(`/stories/:id.${end}`, async (request, reply) => {
      const parsed = params.safeParse(request.params);
      const id = parsed.success ? await storyNow(house.db, parsed.data.id) : undefined;
      const story = typeof id === 'number' ? await storyToCite(house.db, id) : undefined;
      if (!story) throw notFound({ key: 'story.missing' });
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="story-${story.storyId}.${end}"`)
        .header('cache-control', 'public, max-age=300')
        .send(write([story]));
    });
  }
}
