// Folders of ../shared/bench/recsys -> recall on dev of each kind of evidence alone, and the fusion weights that find most.
import { expandProfile } from '../../../workers/rank/expand-profile.ts';
import { fusionWeights, poseQuery, type FusionWeights } from '../../../workers/rank/pose-query.ts';
import { scorePool } from '../../../workers/rank/score-pool.ts';
import { embedItems, openBench, showProfile, trainOn, type Bench } from '../rank/open-bench.ts';
import { numberOf, readPairs, readProfiles } from '../rank/read-dataset.ts';

const kinds = ['words', 'meaning', 'neighbourWords', 'neighbourMeaning', 'factors'] as const;
const conditions = ['all', 'k10', 'k5', 'k3', 'k1', 'kw'];
const none: FusionWeights = { words: 0, meaning: 0, neighbourWords: 0, neighbourMeaning: 0, factors: 0 };
const factors = [0.5, 0.75, 1.33, 2];
/** Every third reader of each group is enough to climb by; figures are of all. */
const climbStep = 3;

/** One reader in one condition: a score of every candidate by each kind of evidence, and what is to be found. */
interface Case {
  scores: Record<keyof FusionWeights, Float32Array>;
  wanted: ReadonlySet<number>;
}

interface Group {
  name: string;
  cases: Case[];
  /** Candidates looked at: as large a share of dev's as 50 are of the hidden part's, which is 2.33 times as large. */
  depth: number;
}

const groups: Group[] = [];
for (const folder of process.argv.slice(2)) groups.push(...(await openFolder(folder)));
for (const kind of kinds) report(`${kind} alone`, { ...none, [kind]: 1 });
report('weights in use', fusionWeights);
report('best on dev', climb(fusionWeights));

async function openFolder(folder: string): Promise<Group[]> {
  const texts = await embedItems([`${folder}/items.jsonl`]);
  const signals = readPairs(`${folder}/train.tsv`).map(([readerId, storyId]) => ({ readerId, storyId, weight: 1 }));
  const bench = openBench(texts, trainOn(signals, texts), 'dev');
  const places = new Map(bench.pool.stories.map(({ storyId }, place) => [storyId, place]));
  const wanted = new Map<number, Set<number>>();
  for (const [user, item] of readPairs(`${folder}/dev_qrels.tsv`))
    wanted.set(user, (wanted.get(user) ?? new Set()).add(places.get(item)!));
  const profiles = readProfiles(`${folder}/dev_profiles.jsonl`).filter(({ user }) => wanted.has(numberOf(user)));
  const opened: Group[] = [];
  for (const condition of conditions) {
    const cases: Case[] = [];
    for (const profile of profiles)
      cases.push({ scores: await scoreKinds(bench, showProfile(condition, profile)), wanted: wanted.get(numberOf(profile.user))! }); // prettier-ignore
    opened.push({ name: `${folder.at(-1)} ${condition}`, cases, depth: Math.round(50 / 2.335) }); // prettier-ignore
  }
  return opened;
}

async function scoreKinds(
  { pool, storyOf, profileOf }: Bench,
  profile: Parameters<Bench['profileOf']>[0],
): Promise<Case['scores']> {
  const facets = await profileOf(profile);
  const expansion = expandProfile(facets, pool.model!);
  const scored = kinds.map((kind) => {
    const query = poseQuery({ facets, expansion, neighbourOf: storyOf }, pool, { ...none, [kind]: 1 });
    return [kind, Float32Array.from(scorePool(query, pool))] as const;
  });
  return Object.fromEntries(scored) as Case['scores'];
}

/** Mean recall of a group among its first `depth` candidates. */
function recallOf({ cases }: Group, weights: FusionWeights, depth: number): number {
  let sum = 0;
  for (const { scores, wanted } of cases) {
    const total = scores.words.map((_, place) =>
      kinds.reduce((all, kind) => all + weights[kind] * scores[kind][place]!, 0),
    );
    const bar = total.toSorted().at(-depth)!;
    // Of those that share the last score, as many as there is room for.
    const [above, ties] = [total.filter((score) => score > bar).length, total.filter((score) => score === bar).length];
    const room = (depth - above) / ties;
    for (const place of wanted) sum += (total[place]! > bar ? 1 : total[place] === bar ? room : 0) / wanted.size;
  }
  return sum / cases.length;
}

function report(name: string, weights: FusionWeights): void {
  const figures = groups.map((group) => `${group.name} ${recallOf(group, weights, group.depth).toFixed(3)} (${recallOf(group, weights, 50).toFixed(3)})`); // prettier-ignore
  process.stdout.write(`${name} ${JSON.stringify(weights)}\n  ${figures.join('  ')}\n`);
}

/** Coordinate ascent on the mean recall of all groups; a step must gain .0005, so that noise is not followed. */
function climb(start: FusionWeights): FusionWeights {
  const sampled = groups.map((group) => ({ ...group, cases: group.cases.filter((_, at) => at % climbStep === 0) }));
  const worth = (weights: FusionWeights): number => sampled.reduce((sum, group) => sum + recallOf(group, weights, group.depth), 0) / sampled.length; // prettier-ignore
  let [best, most] = [start, worth(start)];
  for (let round = 0; round < 3; round++) {
    const before = most;
    for (const kind of kinds) {
      for (const factor of factors) {
        const tried = { ...best, [kind]: Math.round(100 * best[kind] * factor) / 100 };
        const found = worth(tried);
        if (found > most + 0.0005) [best, most] = [tried, found];
      }
    }
    if (most === before) break;
  }
  return best;
}
