// Issues that went out without a picture to share -> one each, drawn once and kept.
import { messageOf } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { brandOf, loadSettings } from '../../core/store/settings.ts';
import { issuesWithoutPicture, saveSharePictures } from '../../core/store/share-pictures.ts';
import { wordsIn } from '../../core/words.ts';
import { drawShare } from './draw-share.ts';
import { hourMs } from '../../core/time.ts';

/** Contents are hundreds of kilobytes, and an archive that had none has years of them. */
const atOnce = 5;
/** What cannot be drawn is tried once an hour; the job runs every half minute. */
const tryAgainMs = hourMs;

/** Returns what draws the pictures that are missing, newest first; one that fails is logged and holds up none behind it. */
export function createSharing({ db, config, log, now }: House) {
  const failedAt = new Map<string, number>();

  return async function shareIssues(stop: AbortSignal): Promise<void> {
    const { publication, ...settings } = await loadSettings(db);
    const origin = { publication, brand: brandOf(settings), words: wordsIn(config.SITE_LANGUAGE) };
    let before: number | null = null;
    for (;;) {
      const issues = await issuesWithoutPicture(db, { before, limit: atOnce });
      for (const { id, number, content, contentHash } of issues) {
        before = number;
        if (stop.aborted) return;
        if (now().getTime() - (failedAt.get(contentHash) ?? -Infinity) < tryAgainMs) continue;
        const drawn = await drawShare(content, origin).catch((error: unknown) => {
          failedAt.set(contentHash, now().getTime());
          log.error({ event: 'picture.failed', issueId: id, message: messageOf(error), stack: error instanceof Error ? error.stack : undefined }); // prettier-ignore
        });
        if (!drawn) continue;
        const { png, ...shown } = drawn;
        const picture = { ...shown, picture: await savePicture(db, { bytes: png, at: now() }), type: 'png' as const };
        await saveSharePictures(db, { issueId: id, contentHash }, new Map([[0, picture]]));
        log.info({ event: 'issue.pictured', issueId: id });
      }
      if (issues.length < atOnce) return;
    }
  };
}
