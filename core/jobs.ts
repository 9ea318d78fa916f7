// TABLE OF CONTENTS: every job in pipeline order. A job is a doorbell: it carries ids, its handler looks at rows,
// may run twice and may be lost; the schedule rings every bell again.
import { z } from 'zod';

const id = z.int().positive();
const nothing = z.object({});

/** The queue a job waits in, which is also the folder that handles it. */
export type Home = 'ingest' | 'embed' | 'cluster' | 'compose' | 'rank' | 'render' | 'mailer' | 'upkeep';

function job<Shape extends z.ZodObject>(home: Home, payload: Shape, attempts = 3) {
  return { home, payload, attempts };
}

export const jobs = {
  /** Fetch one source and store its new items. */
  'source.check': job('ingest', z.object({ sourceId: id })),
  /** Fetch all sources that are due; as many lanes as processes may share the work. */
  'sources.check': job('ingest', z.object({ lane: z.int().min(0) })),
  /** Get the transcripts that are due. */
  'transcripts.fetch': job('ingest', nothing),
  /** Get the articles behind teasers, where a source allows it. */
  'texts.fetch': job('ingest', nothing),
  /** Forget what was deleted a month ago. */
  'sources.forget': job('ingest', nothing),
  /** Vectors for every item and segment that lacks one. */
  'items.embed': job('embed', nothing),
  /** Stories, then topics, of the items in the window. */
  'stories.find': job('cluster', nothing),
  /** Draft the issue of this week, when it has none. */
  'issue.draft': job('compose', nothing),
  /** Sort the uncertain stories of a draft again, with what curators have corrected since. */
  'issue.sort': job('compose', z.object({ issueId: id })),
  /** Ask the model for summaries of a draft, where the operator named one. */
  'issue.summarise': job('compose', z.object({ issueId: id })),
  /** Compile skeleton and cards of an approved issue. */
  'issue.render': job('render', z.object({ issueId: id })),
  /** Learn from the signals of all readers, once a week. */
  'model.train': job('rank', nothing),
  /** Personal picks: for every active reader of an approved issue, of a draft for the few who see proofs. */
  'issue.rank': job('rank', z.object({ issueId: id })),
  /** The same for one shard of the readers of an approved issue; as many processes as there are share the shards. */
  'readers.rank': job('rank', z.object({ issueId: id, shard: z.int().min(0) })),
  /** The curators' taste, when an issue was approved that it has not seen. */
  'taste.learn': job('rank', nothing),
  /** How well the ranker did in what went out: once a day while answers come. */
  'ranking.judge': job('rank', nothing),
  /** Plan the deliveries of a due issue and send them. */
  'issue.send': job('mailer', z.object({ issueId: id })),
  /** Send confirmation, sign-in and other single mails. */
  'notices.send': job('mailer', nothing),
  /** Tell the planner about tables that changed. */
  'tables.analyse': job('upkeep', nothing),
  /** Count the boards that were counted too long ago. */
  'boards.count': job('upkeep', nothing),
  /** Count the ledgers of sent issues that have none yet. */
  'ledgers.keep': job('upkeep', nothing),
  /** Delete what was kept long enough. */
  'rows.forget': job('upkeep', nothing),
} as const;

export type JobName = keyof typeof jobs;
export type Payload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;
type Handler<Name extends JobName> = (payload: Payload<Name>, stop: AbortSignal) => Promise<void>;
export type Handlers = { [Name in JobName]?: Handler<Name> };

export const homes: readonly Home[] = [...new Set(Object.values(jobs).map((entry) => entry.home))];
