// Items, signals and profiles -> the product's ranking of the candidates for each profile, as ../shared/bench/recsys/eval.py reads it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { expandProfile } from '../../../workers/rank/expand-profile.ts';
import { findTop } from '../../../workers/rank/top/find-top.ts';
import { poseQuery } from '../../../workers/rank/pose-query.ts';
import { orderPool } from '../../../workers/rank/order-pool.ts';
import { embedItems, openBench, showProfile, trainOn } from './open-bench.ts';
import { numberOf, readItems, readPairs, readProfiles } from './read-dataset.ts';

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
    out: { type: 'string', default: 'run.jsonl' },
  },
});
const { candidates, condition, out, profiles, train } = values;
const readers = readProfiles(profiles).map((profile) => showProfile(condition, profile));
// The product learns from every reader's signals, those of the readers it ranks for among them: what a profile shows counts, too.
const signals = [
  ...readPairs(train),
  ...readers.flatMap(({ user, history }) => history.map((item) => [numberOf(user), item] as const)),
].map(([readerId, storyId]) => ({ readerId, storyId, weight: 1 }));
const texts = await embedItems(readItems([...values.items, ...positionals]));
const { pool, storyOf, profileOf } = openBench(texts, trainOn(signals, texts), candidates);
const lines: string[] = [];
for (const reader of readers) {
  const facets = await profileOf(reader);
  const expansion = expandProfile(facets, pool.model!);
  const query = poseQuery({ facets, expansion, neighbourOf: storyOf }, pool);
  const wanting = { facets, expansion, query, neighbourOf: storyOf };
  const [top] = await findTop([query], pool, { keep: Math.min(listed, pool.stories.length) });
  const { order } = orderPool({
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
