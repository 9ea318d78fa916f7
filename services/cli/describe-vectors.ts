// The sets of vectors -> one line on which is in use and how far the next is, for `courant doctor`; pure.
import type { VectorProgress } from '../../core/store/vector-sets.ts';

/** Which vectors are in use, and how far those are that will follow them. */
export function describeVectors({ inUse, filling }: VectorProgress): string {
  const now = inUse ? `${inUse.model} in use` : 'none yet';
  const fitted = inUse && inUse.items > 0 ? `, fitted on ${inUse.items} items` : '';
  const next = filling
    ? `; ${filling.done} of ${filling.texts} of ${filling.model} made, to be used when complete`
    : '';
  return `${now}${fitted}${next}`;
}
