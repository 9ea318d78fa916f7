// The rank model in use, read from its row once and kept until another is.
import type { Database } from '../../core/db.ts';
import { rankModelInUse, rankModelState } from '../../core/store/rank-models.ts';
import { deserialiseModel, openModel, type OpenModel, ofVectorSet } from './model/rank-model.ts';

const opened = new WeakMap<Database, { id: number; vectorSet: string; open: OpenModel }>();

/**
 * The newest model that was kept, with its version; undefined before the first, or when it is of another format. Vectors of
 * another set than it learned from tell it nothing: until the next training it goes by words.
 */
export async function openRankModel(
  db: Database,
  vectorSet: string,
): Promise<{ id: number; open: OpenModel } | undefined> {
  const id = await rankModelInUse(db);
  if (id === undefined) return undefined;
  const kept = opened.get(db);
  if (kept?.id === id && kept.vectorSet === vectorSet) return kept;
  const state = await rankModelState(db, id);
  const model = state && deserialiseModel(state);
  if (!model) return undefined;
  const fresh = { id, vectorSet, open: openModel(ofVectorSet(model, vectorSet)) };
  opened.set(db, fresh);
  return fresh;
}
