// Issues that went out without a picture to share -> one each, drawn once and kept.
import type { House } from '../../core/house.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { brandOf, loadSettings } from '../../core/store/settings.ts';
import { issuesWithoutPicture, saveSharePictures } from '../../core/store/share-pictures.ts';
import { wordsIn } from '../../core/words.ts';
import { drawShare } from './draw-share.ts';

/** Contents are hundreds of kilobytes, and an archive that had none has years of them. */
const atOnce = 5;

/** Draws what is missing, newest first. */
export async function shareIssues({ db, config, log, now }: House, stop: AbortSignal): Promise<void> {
  const { publication, ...settings } = await loadSettings(db);
  const origin = { publication, brand: brandOf(settings), words: wordsIn(config.SITE_LANGUAGE) };
  for (;;) {
    const issues = await issuesWithoutPicture(db, atOnce);
    for (const { id, content, contentHash } of issues) {
      if (stop.aborted) return;
      const { png, ...shown } = await drawShare(content, origin);
      const picture = { ...shown, picture: await savePicture(db, { bytes: png, at: now() }), type: 'png' as const };
      await saveSharePictures(db, { issueId: id, contentHash }, new Map([[0, picture]]));
      log.info({ event: 'issue.pictured', issueId: id });
    }
    if (issues.length < atOnce) return;
  }
}
