// Labelled texts -> how many of a text's ten nearest neighbours are of its topic.
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { readLines } from './lines.ts';
import { innerProduct } from '../../../core/math/vectors.ts';

/** Texts and their gold topics, from NAME.items.jsonl and NAME.gold.jsonl. */
export function readTopics(path: string): { texts: string[]; topics: string[] } {
  const gold = new Map(
    readLines<{ id: string; cluster: string }>(`${path}.gold.jsonl`).map(({ id, cluster }) => [id, cluster]),
  );
  const items = readLines<{ id: string; text: string }>(`${path}.items.jsonl`);
  return { texts: items.map(({ text }) => text), topics: items.map(({ id }) => gold.get(id)!) };
}

/** Mean share over some 600 texts, drawn by a fixed seed. */
export function sameTopicNearby(vectors: readonly Float32Array[], topics: readonly string[]): number {
  const random = seededRandom(3);
  const asked = vectors.flatMap((_, at) => (random() < 600 / vectors.length ? [at] : []));
  const shares = asked.map((at) => {
    const nearest = vectors
      .map((vector, other) => ({ other, score: other === at ? -Infinity : innerProduct(vector, vectors[at]!) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 10);
    return nearest.filter(({ other }) => topics[other] === topics[at]).length / 10;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
