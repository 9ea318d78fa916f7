// Signals of all readers -> this week's model, kept only when it finds held-out signals better than the one in use.
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import { signalWeight } from '../../core/signal-weight.ts';
import {
  isTrainingDue,
  newestLikedStories,
  rankModelInUse,
  rankModelState,
  saveRankModel,
} from '../../core/store/rank-models.ts';
import { modelInUse } from '../../core/embedder/open-embedder.ts';
import { runInThread } from '../../core/threads.ts';
import { loadStories } from './load-stories.ts';
import type { TrainAndJudgeInput } from './model/train-and-judge.ts';
import type { TrainingSignal } from './model/train-model.ts';
import { storyDirection } from './lay-rows.ts';
import { weekMs } from '../../core/time.ts';

/** Below, what others read says too little; see `trustIn`. */
const fewestReaders = 100;
/** The newest signals: two years of 10,000 readers who give two a week. */
const mostSignals = 2_000_000;
const storiesAtOnce = 500;
/** Title and abstract; what comes after says the same again. */
const mostTerms = 250;

/** Trains when the last training is a week old. Nothing is written before the end, so one that was killed begins again. */
export async function trainRankModel(house: House, stop: AbortSignal): Promise<void> {
  const { db, log, now } = house;
  const since = new Date(now().getTime() - weekMs);
  if (!(await isTrainingDue(db, { since, readers: fewestReaders }))) return;
  const elapsedMs = measureElapsed();
  const inUse = await rankModelInUse(db);
  const input = await loadTraining(house, stop);
  if (stop.aborted) return;
  const judged = await runInThread<typeof import('./model/train-and-judge.ts'), 'trainAndJudge'>({
    file: new URL('model/train-and-judge.ts', import.meta.url),
    name: 'trainAndJudge',
    pool: 'training',
    input: { ...input, before: inUse === undefined ? undefined : await rankModelState(db, inUse) },
    stop,
  });
  const { state, ...figures } = judged;
  const kept = figures.recallBefore === null || figures.recall > figures.recallBefore;
  await saveRankModel(db, { ...figures, madeAt: now(), kept, state: kept ? state : undefined });
  log.info({ event: 'model.trained', ...figures, kept, bytes: state.length, ms: elapsedMs() });
}

async function loadTraining({ db, now }: House, stop: AbortSignal): Promise<Omit<TrainAndJudgeInput, 'before'>> {
  const likings = await newestLikedStories(db, mostSignals);
  const strongest = new Map<string, TrainingSignal>();
  for (const { readerId, storyId, kind } of likings) {
    // In training age says nothing: what belonged together a year ago still does.
    const weight = signalWeight({ kind, at: now() }, now());
    const key = `${readerId} ${storyId}`;
    if (weight > (strongest.get(key)?.weight ?? 0)) strongest.set(key, { readerId, storyId, weight });
  }
  const signals = [...strongest.values()];
  const storyIds = [...new Set(signals.map(({ storyId }) => storyId))];
  const vectorSet = await modelInUse({ db });
  const texts = new Map<number, string>();
  const vectors = new Map<number, Float32Array>();
  for (let start = 0; start < storyIds.length && !stop.aborted; start += storiesAtOnce) {
    const some = await loadStories(db, { storyIds: storyIds.slice(start, start + storiesAtOnce), model: vectorSet });
    for (const story of some.values()) {
      texts.set(story.storyId, story.terms.slice(0, mostTerms).join(' '));
      const vector = storyDirection(story.vectors);
      if (vector) vectors.set(story.storyId, vector);
    }
  }
  return { signals, texts, vectors, vectorSet };
}
