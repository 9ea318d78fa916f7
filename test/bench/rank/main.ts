// Items, signals and profiles -> the product's ranking of the candidates for each profile, as ../shared/bench/recsys/eval.py reads it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { expandProfile } from '../../../workers/rank/expand-profile.ts';
import { findTop } from '../../../workers/rank/top/find-top.ts';
import { poseQuery } from '../../../workers/rank/pose-query.ts';
import { orderForReader } from '../../../workers/rank/order-for-reader.ts';
import { embedItems, openBench, showProfile, trainOn } from './open-bench.ts';
import { bringLikes, openStories, ways, type Brought, type Way } from './bring-likes.ts';
import { numberOf, readItems, readPairs, readProfiles, type BenchProfile } from './read-dataset.ts';

/** What a letter takes; MMR orders these, the score the rest. */
const letter = 12;
const listed = 200;

const started = Date.now();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    items: { type: 'string', multiple: true, default: [] },
    train: { type: 'string', default: '' },
    profiles: { type: 'string', default: '' },
    candidates: { type: 'string', default: 'dev' },
    condition: { type: 'string', default: 'all' },
    // As if each reader pasted the likes that the condition shows: bibtex, numbers, or unknown (a bibliography of which nothing is here).
    bring: { type: 'string', default: '' },
    out: { type: 'string', default: 'run.jsonl' },
  },
});
const { candidates, condition, out, profiles, train } = values;
const allItems = readItems([...values.items, ...positionals]);
const shown = readProfiles(profiles).map((profile) => showProfile(condition, profile));
const pasted = ways.find((one) => one === values.bring);
const readers = pasted ? await bringAll(pasted) : shown.map((profile) => ({ ...profile, works: [] }));
// The product learns from every reader's signals, those of the readers it ranks for among them: what a profile shows counts, too.
const signals = [
  ...readPairs(train),
  ...readers.flatMap(({ user, history }) => history.map((item) => [numberOf(user), item] as const)),
].map(([readerId, storyId]) => ({ readerId, storyId, weight: 1 }));
const texts = await embedItems(allItems);
const { pool, storyOf, profileOf } = openBench(texts, trainOn(signals, texts), candidates);
const lines: string[] = [];
for (const reader of readers) {
  const facets = await profileOf(reader, reader.works);
  const expansion = expandProfile(facets, pool.model!);
  const query = poseQuery({ facets, expansion, neighbourOf: storyOf }, pool);
  const wanting = { facets, expansion, query, neighbourOf: storyOf };
  const [top] = await findTop([query], pool, { keep: Math.min(listed, pool.stories.length) });
  const { order } = orderForReader({
    pool,
    readerQuery: wanting,
    top: top!,
    count: letter,
    isOpen: () => true,
    isPinnedByRule: () => false,
  });
  const items = order.slice(0, listed).map((place) => `i${pool.stories[place]!.storyId}`);
  lines.push(`${JSON.stringify({ user: reader.user, items })}\n`);
}
writeFileSync(out, lines.join(''));
const cpu = process.cpuUsage();
process.stdout.write(
  `${condition}: ${readers.length} readers, ${pool.stories.length} candidates, ${((Date.now() - started) / 1000).toFixed(1)} s (CPU ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s), peak ${(process.resourceUsage().maxRSS / 1024).toFixed()} MB\n`,
);

async function bringAll(way: Way) {
  const db = await openStories(allItems);
  const itemOf = new Map(allItems.map((item) => [item.id, item]));
  const all: (BenchProfile & Brought)[] = [];
  for (const profile of shown)
    all.push({ ...profile, ...(await bringLikes(db, profile.history.map((id) => itemOf.get(id)!), way)) }); // prettier-ignore
  await db.close();
  const count = (of: (reader: (typeof all)[number]) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  process.stdout.write(
    `brought as ${way}: ${count(({ history }) => history.length)} likes of stories and ${count(({ works }) => works.length)} works by their words, of ${shown.reduce((sum, { history }) => sum + history.length, 0)}\n`,
  );
  return all;
}
