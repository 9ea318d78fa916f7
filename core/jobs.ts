// TABLE OF CONTENTS: every job in pipeline order. A job says only that there is work: it carries ids, its handler looks at rows,
// may run twice and may be lost; the schedule enqueues every job again.
import { z } from 'zod';

const id = z.int().positive();
const nothing = z.object({});

/**
 * A queue for each concern that must not wait for another, and how many of its jobs a process does at once. Sources wait
 * on the network, so many are asked together; two, where a quick job must not wait for a slow one of the same queue.
 */
export const queues = {
  ingest: { atOnce: 24 },
  understand: { atOnce: 2 },
  compose: { atOnce: 2 },
  rank: { atOnce: 1 },
  train: { atOnce: 1 },
  summarise: { atOnce: 1 },
  letters: { atOnce: 1 },
  notices: { atOnce: 1 },
  upkeep: { atOnce: 1 },
} as const;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as readonly QueueName[];

function job<Shape extends z.ZodType<object>>(queue: QueueName, payload: Shape, attempts = 3) {
  return { queue, payload, attempts };
}

/** A payload with the number of a shard; in jobs that an older release enqueued it is called `share`. */
function sharded<Shape extends z.ZodObject>(payload: Shape) {
  return z.preprocess(
    (given) => (typeof given === 'object' && given && 'share' in given ? { shard: given.share, ...given } : given),
    payload,
  );
}

export const jobs = {
  /** Fetch one source and store its new items. */
  'source.check': job('ingest', z.object({ sourceId: id })),
  /** Fetch all sources that are due; as many shards as processes may take part in the work. */
  'sources.check': job('ingest', sharded(z.object({ shard: z.int().min(0) }))),
  /** Get the transcripts that are due. */
  'transcripts.fetch': job('ingest', nothing),
  /** Get the articles behind teasers, where a source allows it. */
  'texts.fetch': job('ingest', nothing),
  /** Get the papers that readers brought by number and that are not here. */
  'papers.fetch': job('ingest', nothing),
  /** Forget what was deleted a month ago. */
  'sources.forget': job('ingest', nothing),
  /** Vectors for every item and segment that lacks one. */
  'items.embed': job('understand', nothing),
  /** Put what has a vector into the index of the search. */
  'search.index': job('upkeep', nothing),
  /** Stories, then topics, of the items in the window. */
  'stories.find': job('understand', nothing),
  /** Draft the issue of this week, when it has none. */
  'issue.draft': job('compose', nothing),
  /** Draft an issue again: what curators decided stays. */
  'issue.redraft': job('compose', z.object({ issueId: id })),
  /** Put the pool of a draft together: the rest of the week, that the ranker may choose from. */
  'issue.pool': job('compose', z.object({ issueId: id })),
  /** Sort the uncertain stories of a draft again, with what curators have corrected since. */
  'issue.sort': job('compose', z.object({ issueId: id })),
  /** Ask the links of open issues whether they answer, for the gate before approval. */
  'links.check': job('ingest', nothing),
  /** Ask the model for summaries of a draft, where the operator named one. */
  'issue.summarise': job('summarise', z.object({ issueId: id })),
  /** Draft the editions of an issue by machine, where the operator named an endpoint. */
  'issue.translate': job('summarise', z.object({ issueId: id })),
  /** Learn from the signals of all readers, once a week. */
  'model.train': job('train', nothing),
  /** Personal picks: for every active reader of an approved issue, of a draft for the few who see proofs. */
  'issue.rank': job('rank', z.object({ issueId: id })),
  /** The same for one shard of the readers of an approved issue; as many processes as there are share the shards. */
  'readers.rank': job('rank', z.object({ issueId: id, shard: z.int().min(0) })),
  /** Draw the map of an issue and fetch the pictures that curators described, for whoever looks at its proof. */
  'pictures.fetch': job('ingest', z.object({ issueId: id })),
  /** Compile the frame of an approved and ranked issue, and the cards of what somebody gets. */
  'issue.render': job('compose', z.object({ issueId: id })),
  /** The curators' taste, when an issue was approved that it has not seen. */
  'taste.learn': job('train', nothing),
  /** How well the ranker did in what went out: once a day while signals come. */
  'ranking.judge': job('train', nothing),
  /** Plan the deliveries of a due issue and send them; as many shards as processes may take part, of which 0 plans. */
  'issue.send': job('letters', sharded(z.object({ issueId: id, shard: z.int().min(0).optional() }))),
  /** Send the newest issue to whoever confirmed since it went out. */
  'readers.welcome': job('letters', nothing),
  /** Send confirmation, sign-in and other single mails. */
  'notices.send': job('notices', nothing),
  /** Tell the planner about tables that changed. */
  'tables.analyse': job('upkeep', nothing),
  /** Count the boards that were counted too long ago. */
  'boards.count': job('upkeep', nothing),
  /** Count the ledgers of sent issues that have none yet. */
  'ledgers.keep': job('upkeep', nothing),
  /** Remind curators of an issue that nobody approved, as its time nears and when it is over. */
  'issue.remind': job('upkeep', nothing),
  /** Count what came of issues that went out, each hour while readers answer. */
  'figures.count': job('upkeep', nothing),
  /** Draw the picture to share of issues that went out without one. */
  'issues.picture': job('upkeep', nothing),
  /** Tell another system what happened, where the operator named one. */
  'hooks.send': job('upkeep', nothing),
  /** Tell the WebSub hub of new issues, where the operator named one. */
  'hub.ping': job('upkeep', nothing),
  /** Delete what was kept long enough. */
  'rows.forget': job('upkeep', nothing),
} as const;

export type JobName = keyof typeof jobs;
export type Payload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;
type Handler<Name extends JobName> = (payload: Payload<Name>, stop: AbortSignal) => Promise<void>;
export type Handlers = { [Name in JobName]?: Handler<Name> };
