// The address of a source -> its feed, or the feed that the page standing there names: whoever adds a source knows its page.
import { PermanentError } from '../../../core/errors.ts';
import { isSameOrigin } from '../../../core/network/same-origin.ts';
import type { SourceToCheck } from '../../../core/store/sources.ts';
import { believePage } from '../politeness/believe-move.ts';
import { isPage } from './find-feed-link.ts';
import { outcomeOf, type Outcome, type SourceResponse, type SourceAsking } from '../source-kind.ts';

/**
 * Asks for a feed. Who adds a source may give its page, which is followed at once; when it has been a feed, a page in its place
 * is mostly a fault of the moment, and is followed when it was seen as often and as long as `believePage` wants.
 */
export async function askForFeed(source: SourceToCheck, asking: SourceAsking): Promise<Outcome> {
  const outcome = outcomeOf(await asking.ask(source.url), source);
  const names = outcome.is === 'response' ? await feedNamedIn(outcome, { source, asking }) : undefined;
  if (names === undefined) return outcome;
  const { isBelieved, ...move } = believePage(source, { feedUrl: names, at: asking.now() });
  if (source.lastSuccessAt !== null && !isBelieved) return { is: 'page', names, move };
  const fetched = await asking.ask(names, { etag: null, lastModified: null, expectedStatuses: [] });
  if (fetched.notModified) throw new PermanentError(`${names} answered 304 to an unconditional request`);
  return { ...(outcomeOf(fetched, source) as SourceResponse), permanentUrl: undefined, feedUrl: names };
}

/** On another origin no feed is looked for when the source has headers or a secret, which would go there. */
async function feedNamedIn(
  { body, contentType, url }: SourceResponse,
  { source, asking }: { source: SourceToCheck; asking: SourceAsking },
): Promise<string | undefined> {
  if (body === undefined || !mayBePage(body)) return undefined;
  const found = await asking.read({ kind: 'feedLink', input: { body, contentType, url } });
  const isPrivate = source.secretHeader !== null || Object.keys(source.headers).length > 0;
  return found !== undefined && isPrivate && !isSameOrigin(source.url, found) ? undefined : found;
}

/** By its first bytes, so that no feed is read twice; without its zeros UTF-16 reads like ASCII here. */
function mayBePage(body: Uint8Array): boolean {
  return isPage(Buffer.from(body.subarray(0, 6000)).toString('latin1').replaceAll('\0', ''));
}
