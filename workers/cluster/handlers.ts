// vectors -> stories -> topics: what the items of the window are about, under ids that last.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { analyseChanged } from '../../core/store/table-statistics.ts';
import { untilStopped } from '../../core/threads.ts';
import { loadWindow } from './load-window.ts';
import { placeStories } from './place-stories.ts';
import { placeTopics } from './place-topics.ts';

/** Answers `stories.find`. */
export function clusterHandlers(house: House): Handlers {
  // A first reading of sources brings thousands of rows at once: whoever reads them next should not wait for the schedule.
  const analyse = () => analyseChanged(house.db, { vacuum: false });
  return {
    'stories.find': (_nothing, stop) =>
      untilStopped(stop, async () => {
        await analyse();
        const window = await loadWindow(house);
        await placeStories(house, window, stop);
        await placeTopics(house, window, stop);
        await analyse();
        await house.queue.enqueue('boards.count', {});
      }),
  };
}
