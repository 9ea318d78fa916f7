// The week so far -> whether it may be drafted: when what is due was checked, embedded and placed, at most an hour late.
import { modelInUse } from '../../core/embedder/open-embedder.ts';
import type { House } from '../../core/house.ts';
import { missingNews, type MissingNews } from '../../core/store/missing-news.ts';
import { loadSettings, saveSettings } from '../../core/store/settings.ts';
import { hourMs } from '../../core/time.ts';

/** After that long a draft of what is there is better than none. */
const longestWaitMs = hourMs;

export interface Readiness {
  isReady: boolean;
  missing?: MissingNews | undefined;
}

/** Whether to draft the week that starts on `monday` now. The first look at which something is missing begins the hour. */
export async function waitForNews(
  { db, log, now }: House,
  { monday, newsSince }: { monday: string; newsSince: Date },
): Promise<Readiness> {
  const { draftWait } = await loadSettings(db);
  const begun = draftWait?.week === monday ? new Date(draftWait.since) : undefined;
  const waitingSince = begun ?? now();
  const missing = await missingNews(db, { model: await modelInUse({ db }), newsSince, waitingSince, now: now() });
  if (!missing) return { isReady: true };
  if (!begun) await saveSettings(db, { draftWait: { week: monday, since: waitingSince.toISOString() } });
  const isReady = now().getTime() - waitingSince.getTime() >= longestWaitMs;
  if (!isReady) log.info({ event: 'issue.draft_waits', week: monday, ...missing });
  return { isReady, missing };
}

/** The week had nothing to draft from: what comes later begins an hour of its own. */
export async function endWait({ db }: House): Promise<void> {
  if ((await loadSettings(db)).draftWait) await saveSettings(db, { draftWait: null });
}
