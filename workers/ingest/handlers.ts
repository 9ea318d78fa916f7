// The bells of this stage: source -> items, video -> transcript, teaser -> article; and deleted sources -> forgotten.
import { allowedAddresses } from '../../core/http.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { forgetDeletedSources } from '../../core/store/deleted-sources.ts';
import { checkSource } from './check-source.ts';
import { createFullTexts } from './fetch-full-texts.ts';
import { fetchTranscripts } from './fetch-transcripts.ts';
import { createHostSlots } from './host-slots.ts';
import { createTurnstile, type Pace } from './politeness.ts';

/** Answers `source.check`, `transcripts.fetch`, `texts.fetch` and `sources.forget`; `pace` is arXiv's unless told otherwise. */
export function ingestHandlers(house: House, pace?: Pace): Handlers {
  const allow = allowedAddresses(house.config.ALLOW_ADDRESSES);
  const turnstile = createTurnstile(house.db, pace);
  const slots = createHostSlots();
  const fetchFullTexts = createFullTexts(house, allow);
  return {
    'source.check': ({ sourceId }, stop) =>
      checkSource(house, sourceId, { allow, slots, turnstile, now: house.now, stop }),
    'transcripts.fetch': (_payload, stop) => fetchTranscripts(house, { allow, stop }),
    'texts.fetch': (_payload, stop) => fetchFullTexts(stop),
    'sources.forget': () => forgetSources(house),
  };
}

/** What a curator deleted can be brought back for a month; then it goes, but for what an issue carried. */
async function forgetSources({ db, log, now }: House): Promise<void> {
  const forgotten = await forgetDeletedSources(db, now());
  if (forgotten.items + forgotten.sources > 0) log.info({ event: 'sources.forgotten', ...forgotten });
}
