// The jobs of this stage: source -> items, video -> transcript, teaser -> article; and deleted sources -> forgotten.
import { allowedAddresses } from '../../core/config.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { forgetDeletedSources } from '../../core/store/deleted-sources.ts';
import { leaseSource, releaseLeases } from '../../core/store/source-leases.ts';
import { untilStopped } from '../../core/threads.ts';
import { checkDue } from './check-due.ts';
import { checkSource } from './check-source.ts';
import { createFullTexts } from './pages/fetch-full-texts.ts';
import { fetchPapers } from './papers/fetch-papers.ts';
import { fetchTranscripts } from './talks/fetch-transcripts.ts';
import { createHostSlots } from './politeness/host-slots.ts';
import { createTurnstile, type Pace } from './politeness/arxiv-pace.ts';
import { createRecord } from './record-together.ts';

/** Answers `source.check`, `sources.check`, `transcripts.fetch`, `texts.fetch`, `papers.fetch` and `sources.forget`; `pace` is arXiv's unless told otherwise. */
export function ingestHandlers(house: House, pace?: Pace): Handlers {
  const allow = allowedAddresses(house.config.ALLOW_ADDRESSES);
  const checking = {
    allow,
    oaiUrl: house.config.ARXIV_OAI_URL,
    slots: createHostSlots(),
    turnstile: createTurnstile(house.db, pace),
    record: createRecord(house.db),
    now: house.now,
  };
  const fetchFullTexts = createFullTexts(house, allow);
  return {
    'source.check': async ({ sourceId }, stop) => {
      const source = await leaseSource(house.db, { id: sourceId, now: house.now() });
      if (!source) return;
      for (const job of await checkSource(house, source, { ...checking, stop })) await house.queue.enqueue(job, {});
      if (stop.aborted) await releaseLeases(house.db, [sourceId]);
    },
    'sources.check': (_payload, stop) => checkDue(house, { ...checking, stop }),
    'transcripts.fetch': (_payload, stop) =>
      untilStopped(stop, () =>
        fetchTranscripts(house, { allow, youtubeUrl: house.config.YOUTUBE_URL, now: house.now, stop }),
      ),
    'texts.fetch': (_payload, stop) => fetchFullTexts(stop),
    'papers.fetch': (_payload, stop) => untilStopped(stop, () => fetchPapers(house, { ...checking, stop })),
    'sources.forget': () => forgetSources(house),
  };
}

/** What a curator deleted can be brought back for a month; then it goes, but for what an issue carried. */
async function forgetSources({ db, log, now }: House): Promise<void> {
  const forgotten = await forgetDeletedSources(db, now());
  if (forgotten.items + forgotten.sources > 0) log.info({ event: 'sources.forgotten', ...forgotten });
}
