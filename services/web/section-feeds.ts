// `/sections/:key/feed.xml` and `.json`: the stories that issues had under a heading.
import type { FastifyInstance } from 'fastify';
import { sectionName } from '../../core/section-name.ts';
import { sections } from '../../core/sections.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { serveFeed } from './feed-forms.ts';
import { storyFeed } from './listed-stories.ts';

/** Registers them; there is no page of a section besides those of issues. */
export function sectionFeedsRoom(app: FastifyInstance, room: Room): void {
  serveFeed(app, room, {
    path: '/sections/:key/feed',
    make: async ({ params }, words) => {
      const section = sections.find(({ key }) => key === (params as { key: string }).key);
      if (!section)
        throw notFound({ key: 'error.noSection', values: { keys: sections.map(({ key }) => key).join(', ') } });
      return storyFeed(room, {
        title: sectionName(section, words),
        page: 'issues',
        list: { section: section.key },
        words,
      });
    },
  });
}
