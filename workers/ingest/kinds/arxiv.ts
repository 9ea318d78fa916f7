// arXiv: its daily lists, papers by number, and over OAI-PMH what a list announced while it was not read.
import type { SourceToCheck } from '../../../core/store/sources.ts';
import { catchUpFrom, harvestArxiv } from '../arxiv/arxiv-harvest.ts';
import { parseArxiv } from '../arxiv/arxiv.ts';
import { outcomeOf, type Outcome, type SourceAsking, type KindOfSource } from '../source-kind.ts';

async function askArxiv(given: SourceToCheck, asking: SourceAsking): Promise<Outcome> {
  const source =
    asking.oaiUrl === undefined ? given : { ...given, options: { oaiUrl: asking.oaiUrl, ...given.options } };
  const outcome = outcomeOf(await asking.ask(source.url), source);
  const from = catchUpFrom(source, asking.now());
  if (outcome.is !== 'response' || from === undefined) return outcome;
  return { ...outcome, missed: await harvestArxiv(source, from, asking) };
}

export const kindOfSource: KindOfSource = {
  fetch: askArxiv,
  read: ({ text }) => parseArxiv(text),
  // Papers by number have no rhythm; a list is empty at weekends and on holidays, which is no fault.
  judge: ({ source, feed, rhythm }) => {
    if (new URL(source.url).searchParams.has('id_list')) return 'ok';
    const isEmpty = feed ? feed.count === 0 : source.health === 'quiet';
    return rhythm === 'ok' && isEmpty ? 'quiet' : rhythm;
  },
};
