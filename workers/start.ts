// Every stage of the pipeline, running its jobs in this process.
import type { House } from '../core/house.ts';
import { clusterHandlers } from './cluster/handlers.ts';
import { composeHandlers } from './compose/handlers.ts';
import { embedHandlers } from './embed/handlers.ts';
import { ingestHandlers } from './ingest/handlers.ts';
import { linksHandlers } from './links/handlers.ts';
import { rankHandlers } from './rank/handlers.ts';
import { renderHandlers } from './render/handlers.ts';
import { upkeepHandlers } from './upkeep/handlers.ts';
import { startSchedule } from './schedule.ts';

/** Starts all stages and, unless told otherwise, the schedule; `stop` lets running work finish. */
export async function startWorkers(house: House, { scheduled = true } = {}): Promise<{ stop(): Promise<void> }> {
  const answering = await house.queue.work({
    ...ingestHandlers(house),
    ...embedHandlers(house),
    ...clusterHandlers(house),
    ...composeHandlers(house),
    ...linksHandlers(house),
    ...renderHandlers(house),
    ...rankHandlers(house),
    ...upkeepHandlers(house),
  });
  const stopSchedule = scheduled ? startSchedule(house) : () => undefined;
  return {
    async stop() {
      stopSchedule();
      await answering.stop();
    },
  };
}
