// Sources -> those whose silence or failure a draft tells its curator about; pure.
import type { Source } from '../../core/store/sources.ts';

/** Those a reader would miss: read now, not muted, counting for one or more, and late or broken. */
export function troubledSources(
  sources: readonly Pick<Source, 'title' | 'health' | 'status' | 'muted' | 'weight'>[],
): { title: string; health: 'late' | 'broken' }[] {
  return sources.flatMap(({ title, health, status, muted, weight }) =>
    status === 'active' && !muted && weight >= 1 && (health === 'late' || health === 'broken')
      ? [{ title, health }]
      : [],
  );
}
