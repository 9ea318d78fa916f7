// An issue that the public may read -> the WebSub hub, which fetches the feed and hands it to whoever follows it (W3C WebSub, 4 and 6).
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { planPings } from '../../core/store/outgoing-hooks.ts';
import { deliverHooks } from './deliver-hooks.ts';

/** Tells it of both forms of the feed. How is left to hub and publisher (4.1); all hubs take PubSubHubbub's form (0.4, 7.1). */
export async function pingHub(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, now } = house;
  const { WEBSUB_HUB: hub } = config;
  if (hub === undefined) return;
  const { feed, jsonFeed } = linksOf(config.PUBLIC_URL);
  await planPings(db, { feeds: [feed, jsonFeed], now: now() });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await deliverHooks(
    house,
    {
      to: 'hub',
      write: ({ data }) => ({
        url: hub,
        body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': (data as { url: string }).url }).toString(),
        headers,
      }),
    },
    stop,
  );
}
