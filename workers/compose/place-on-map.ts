// stories of a draft -> their points on its map, anchored on the maps before.
import type { House } from '../../core/house.ts';
import { earlierMaps } from '../../core/store/maps.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import { modelInUse } from '../../core/embedder/open-embedder.ts';
import { runInThread } from '../../core/threads.ts';
import type { MapPoint } from './lay-out-map.ts';

/** The points of stories by headline item, and the frame they are in; a story without a vector yet has no point. */
export async function placeOnMap(
  { db }: House,
  itemIds: readonly number[],
  stop: AbortSignal,
): Promise<{ points: Map<number, MapPoint>; reach: number }> {
  const { reach, points: earlier } = await earlierMaps(db);
  const model = await modelInUse({ db });
  const stored = await vectorsOf(db, model, [...itemIds, ...earlier.map(({ itemId }) => itemId)]);
  const vectors = new Map(stored.flatMap(({ itemId, segment, vector }) => (segment === 0 ? [[itemId, vector]] : [])));
  const shown = itemIds.filter((id) => vectors.has(id));
  const own = new Set(shown);
  const layout = await runInThread<typeof import('./lay-out-map.ts'), 'layOutMap'>({
    file: new URL('lay-out-map.ts', import.meta.url),
    name: 'layOutMap',
    pool: 'drafts',
    input: {
      stories: shown.map((id) => vectors.get(id)!),
      anchors: earlier.flatMap(({ itemId, x, y }) => {
        const vector = vectors.get(itemId);
        return vector && !own.has(itemId) ? [{ x, y, vector }] : [];
      }),
      reach,
    },
    stop,
  });
  return { points: new Map(shown.map((id, at) => [id, layout.points[at]!])), reach: layout.reach };
}
