// vectors -> stories -> topics: what the items of the window are about, under ids that last.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { untilStopped } from '../threads.ts';
import { loadWindow } from './load-window.ts';
import { placeStories } from './place-stories.ts';
import { placeTopics } from './place-topics.ts';

/** Answers `stories.find`. */
export function clusterHandlers(house: House): Handlers {
  return {
    'stories.find': (_nothing, stop) =>
      untilStopped(stop, async () => {
        const window = await loadWindow(house);
        await placeStories(house, window, stop);
        await placeTopics(house, window, stop);
      }),
  };
}
