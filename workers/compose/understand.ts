// stories that were chosen -> their sections, summaries and places on the map.
import type { House } from '../../core/house.ts';
import type { SectionChoice } from '../../core/store/section-labels.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';
import type { MapPoint } from './lay-out-map.ts';
import { placeOnMap } from './place-on-map.ts';
import { sortIntoSections } from './sort-sections.ts';
import { summariseStories } from './summarise-stories.ts';
import type { Summary } from './summarise-texts.ts';

export type Understood = SectionChoice & Summary & { place: MapPoint | undefined };

/** More points than that are no map a person reads; their places would be those of the ones beside them. */
export const maxMapped = 300;

/** What is understood of each story, in their order; `mapReach` is the frame of the map. */
export async function understand(
  house: House,
  stories: readonly UncarriedStory[],
  { stop, mapped = maxMapped }: { stop: AbortSignal; mapped?: number },
): Promise<{ understood: Understood[]; mapReach: number }> {
  const headlines = stories.map(({ items }) => items[0]!);
  const choices = await sortIntoSections(house, headlines, stop);
  const summaries = await summariseStories(house.db, stories.map(({ id }) => id), stop); // prettier-ignore
  const { points: places, reach } = await placeOnMap(house, headlines.slice(0, mapped).map(({ id }) => id), stop); // prettier-ignore
  const understood = stories.map((_story, at) => ({
    ...choices[at]!,
    ...summaries[at]!,
    place: places.get(headlines[at]!.id),
  }));
  return { understood, mapReach: reach };
}
