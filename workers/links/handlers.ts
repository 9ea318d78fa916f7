// open issues -> whether their links answer, for the gate before approval.
import { createGuard } from '../../core/network/address-guard.ts';
import { allowedAddresses } from '../../core/config.ts';
import { guardedFetch } from '../../core/http.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { addressesOfCard } from '../../core/gate/check-links.ts';
import { issuesToCheck, saveLinkChecks, uncheckedLinks, type LinkCheck } from '../../core/store/gate.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { issueVersion } from '../../core/store/issue-version.ts';
import { untilStopped } from '../../core/threads.ts';
import { dayMs } from '../../core/time.ts';

/** So many in one job; the next one takes the rest. One after the other: an issue has some eighty links, on as many hosts. */
const linksAtOnce = 40;
const timeoutMs = 10_000;
/** Of hosts that ask to be left alone, or that we asked for this very address already. */
const trusted = ['arxiv.org', 'www.arxiv.org', 'export.arxiv.org'];
/** What says that there is nothing at an address, and not that we may not look. */
const goneStatuses = [404, 410];

/** Answers `links.check`. */
export function linksHandlers(house: House): Handlers {
  // The state of the issues whose links were all asked, and the hour: putting their content together takes 200 ms each.
  let done = '';
  return {
    'links.check': (_nothing, stop) =>
      untilStopped(stop, async () => {
        const open = await issuesToCheck(house.db);
        const versions = await Promise.all(open.map(({ id }) => issueVersion(house.db, id)));
        const state = [house.now().toISOString().slice(0, 13), ...versions].join('\n');
        if (state !== done && (await checkLinks(house, { open, stop }))) done = state;
      }),
  };
}

/** Asks the links that are due; true when none is left. */
async function checkLinks(
  house: House,
  { open, stop }: { open: readonly { id: number }[]; stop: AbortSignal },
): Promise<boolean> {
  const { db, log, now } = house;
  const urls: string[] = [];
  for (const { id } of open) urls.push(...(await loadIssueContent(db, id)).cards.flatMap(addressesOfCard));
  const since = new Date(now().getTime() - dayMs);
  const unchecked = await uncheckedLinks(db, [...new Set(urls)], since);
  const due = unchecked.slice(0, linksAtOnce);
  const checks: LinkCheck[] = [];
  for (const url of due) {
    if (stop.aborted) break;
    checks.push(await checkLink(house, url, stop));
  }
  if (checks.length === 0) return unchecked.length === 0;
  await saveLinkChecks(db, { checks, at: now(), forgetBefore: new Date(now().getTime() - 30 * dayMs) });
  log.info({ event: 'links.checked', links: checks.length, broken: checks.filter(({ state }) => state === 'broken').length }); // prettier-ignore
  return checks.length === unchecked.length;
}

/** How one address answers. A refusal, a time-out or an error of the server is no proof that nothing is there. */
async function checkLink({ config, now }: House, url: string, stop: AbortSignal): Promise<LinkCheck> {
  const { hostname } = new URL(url);
  // The paper came from there under this number; asking for the page again would only cost them.
  if (trusted.includes(hostname)) return { url, state: 'ok', why: null };
  const allow = allowedAddresses(config.ALLOW_ADDRESSES);
  try {
    createGuard(allow).check(url);
    if (config.CHECK_LINKS === 'no') return { url, state: 'unsure', why: 'this site is set up not to try links' };
    const expectedStatuses = [...goneStatuses, 401, 403, 405, 406];
    const answer = await guardedFetch(url, {
      allow,
      timeoutMs,
      stop,
      now,
      expectedStatuses,
    });
    if (answer.notModified || answer.status < 300) return { url, state: 'ok', why: null };
    const why = `${hostname} answered ${answer.status}`;
    return { url, state: goneStatuses.includes(answer.status) ? 'broken' : 'unsure', why };
  } catch (error) {
    if (stop.aborted) throw error;
    const why = messageOf(error).replaceAll(url, hostname).slice(0, 200);
    // Too long a page is there; a private address and a certificate nobody believes are for nobody.
    if (error instanceof PermanentError && why.includes('is longer than')) return { url, state: 'ok', why: null };
    return { url, state: error instanceof PermanentError ? 'broken' : 'unsure', why };
  }
}
