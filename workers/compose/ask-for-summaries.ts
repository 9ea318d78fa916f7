// a draft -> summaries by a model, where the operator named one: each checked against its source, the rest left as they are.
import { measureElapsed } from '../../core/elapsed.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { recordAudit } from '../../core/store/curators.ts';
import { giveUpAsking, saveSummary, storiesToAsk } from '../../core/store/asked-summaries.ts';
import type { ModelEndpoint } from './ask-chat.ts';
import { askModel } from './ask-model.ts';
import { checkSummary } from './check-summary.ts';

/** Failures in a row after which an issue is left with its quoted summaries. */
const patience = 3;

/** Asks for the picks first, then down the pool, for SUMMARY_LIMIT stories an issue; each story is asked for once. */
export async function askForSummaries(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { config, db, log, now, queue } = house;
  if (!config.SUMMARY_URL) return;
  const endpoint: ModelEndpoint = { url: config.SUMMARY_URL, key: config.SUMMARY_KEY, model: config.SUMMARY_MODEL };
  const elapsedMs = measureElapsed();
  const stories = await storiesToAsk(db, issueId, config.SUMMARY_LIMIT);
  let [asked, failures] = [0, 0];
  for (const { storyId, title, text, lang, sentences } of stories) {
    if (stop.aborted) return;
    try {
      const said = await askModel(endpoint, { title, text }, { now, stop });
      const checked = checkSummary({
        model: endpoint.model,
        said,
        source: `${title}\n${text}`,
        lang,
        quotes: sentences,
      });
      await saveSummary(db, { issueId, storyId, sentences: checked, at: now() });
      [asked, failures] = [asked + 1, 0];
    } catch (error) {
      if (stop.aborted) return;
      failures += error instanceof PermanentError ? patience : 1;
      log.warn({ event: 'summary.failed', issueId, storyId, message: messageOf(error) });
      await saveSummary(db, { issueId, storyId, sentences, at: now() });
      if (failures >= patience) {
        const action = `stop asking for summaries: ${messageOf(error)}`;
        await db.transaction(async (tx) => {
          await giveUpAsking(tx, { issueId, at: now() });
          await recordAudit(tx, { actor: endpoint.model, action, subject: `issue ${issueId}`, at: now() });
        });
        break;
      }
    }
  }
  if (stories.length > 0) log.info({ event: 'issue.summarised', issueId, asked, ms: elapsedMs() });
  if (asked > 0) await queue.enqueue('issue.rank', { issueId });
}
