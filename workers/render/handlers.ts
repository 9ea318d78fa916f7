// Approved issue -> compiled skeleton and cards: MJML runs once for each content, whatever the number of readers.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { compileLetter } from '../../core/letter.ts';
import { linksOf } from '../../core/links.ts';
import { approvedIssue, type ApprovedIssue } from '../../core/store/issues.ts';
import { hasRender, saveRender } from '../../core/store/renders.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { openTemplates } from '../../core/templates.ts';

/** The handlers of this folder's bells. */
export function renderHandlers(house: House): Handlers {
  const templates = openTemplates();
  const { config, db, log, now, queue } = house;
  return {
    async 'issue.render'({ issueId }) {
      const issue = await approvedIssue(db, issueId);
      const { content, contentHash } = issue;
      if (!(await hasRender(db, { issueId, contentHash }))) {
        const { publication = 'Courant' } = await loadSettings(db);
        const parts = await compileLetter(templates, content, { publication, links: linksOf(config.PUBLIC_URL) });
        await saveRender(db, { issueId, contentHash, parts });
        log.info({ event: 'issue.rendered', issueId, parts: parts.length });
      }
      if (isDue(issue, now())) await queue.ring('issue.send', { issueId });
    },
  };
}

function isDue({ status, sendAt }: ApprovedIssue, now: Date): boolean {
  return status === 'sending' || (status === 'scheduled' && sendAt !== null && sendAt <= now);
}
