// The rank model in use, read from its row once and kept until another is.
import type { Database } from '../../core/db.ts';
import { rankModelInUse, rankModelState } from '../../core/store/rank-models.ts';
import { deserialiseModel, openModel, type OpenModel } from './model/rank-model.ts';

const opened = new WeakMap<Database, { id: number; open: OpenModel }>();

/** The newest model that was kept, with its version; undefined before the first, or when it is of another format. */
export async function openRankModel(db: Database): Promise<{ id: number; open: OpenModel } | undefined> {
  const id = await rankModelInUse(db);
  if (id === undefined) return undefined;
  const kept = opened.get(db);
  if (kept?.id === id) return kept;
  const state = await rankModelState(db, id);
  const model = state && deserialiseModel(state);
  if (!model) return undefined;
  const fresh = { id, open: openModel(model) };
  opened.set(db, fresh);
  return fresh;
}
