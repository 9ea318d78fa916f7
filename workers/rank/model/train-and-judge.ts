// Signals -> a model and its figures beside those of the model before; the task of a thread.
import type { RankModelFigures } from '../../../core/store/rank-models.ts';
import { judgeModel, holdOut } from './judge-model.ts';
import { deserialiseModel, ofVectorSet, serialiseModel } from './rank-model.ts';
import { trainModel, type TrainingSignal } from './train-model.ts';

export interface TrainAndJudgeInput {
  signals: readonly TrainingSignal[];
  /** Terms of each story with spaces between: a thread is handed one text much faster than its words. */
  texts: ReadonlyMap<number, string>;
  /** Mean vectors of the stories that have some, and the name of their set. */
  vectors: ReadonlyMap<number, Float32Array>;
  vectorSet: string;
  /** The model in use. */
  before: Uint8Array | undefined;
}

export type JudgedModel = Omit<RankModelFigures, 'id' | 'madeAt' | 'kept'> & { state: Uint8Array };

/** Trains without the held-out signals and measures both models on them. */
export function trainAndJudge({ signals, texts, vectors, vectorSet, before }: TrainAndJudgeInput): JudgedModel {
  const terms = new Map([...texts].map(([storyId, text]) => [storyId, text.split(' ')]));
  const known = signals.filter(({ storyId }) => terms.has(storyId));
  const { training, heldOut } = holdOut(known);
  const model = trainModel({ signals: training, terms, vectors, vectorSet });
  const earlier = before && deserialiseModel(before);
  return {
    state: serialiseModel(model),
    readers: model.readers,
    stories: model.storyIds.length,
    signals: training.length,
    heldOut: heldOut.length,
    recall: judgeModel(model, { terms, vectors, training, heldOut }),
    recallBefore: earlier ? judgeModel(ofVectorSet(earlier, vectorSet), { terms, vectors, training, heldOut }) : null,
  };
}
