// The demo server gets a free port at each start: sources of an earlier start are moved to it, and so stay the same sources.
import { sql, type Queryable } from '../../core/db.ts';
import type { DemoWeek } from './server.ts';

const earlierServer = '^http://127\\.0\\.0\\.1:\\d+';

/** Moves the sources of the week that an earlier server had, the address of their captions too; returns how many. */
export function moveDemoSources(db: Queryable, { url, sources }: Pick<DemoWeek, 'url' | 'sources'>): Promise<number> {
  const paths = sources.map(({ address }) => address.slice(url.length));
  return db.run(sql`
    update sources set url = regexp_replace(url, ${earlierServer}, ${url}),
      options = case when options ? 'captionsUrl' then options || jsonb_build_object(
        'captionsUrl', regexp_replace(options ->> 'captionsUrl', ${earlierServer}, ${url})) else options end
    where url ~ ${earlierServer} and not starts_with(url, ${`${url}/`})
      and regexp_replace(url, ${earlierServer}, '') = any(${paths}::text[])`);
}
