// an issue under review -> machine drafts of its editions, where the operator named an endpoint: what is missing or behind, batch by batch.
import { readEditions } from '../../../core/editions/edition-langs.ts';
import { editionSections, openingId, wordsToSay, type SectionField } from '../../../core/editions/edition-sections.ts';
import { stateSections, wantsDraft } from '../../../core/editions/edition-state.ts';
import { measureElapsed } from '../../../core/elapsed.ts';
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { editionFailures, editionRows, saveDrafts, saveFailure, type EditionFailure, type MachineDraft } from '../../../core/store/edition-texts.ts'; // prettier-ignore
import { loadIssueContent, type IssueContent } from '../../../core/store/issue-content.ts';
import { issueVersion } from '../../../core/store/issue-version.ts';
import { issueById } from '../../../core/store/issues.ts';
import type { WordsLang } from '../../../core/words-langs.ts';
import { checkDraft, type SaidField } from './check-draft.ts';
import { isAllKept, keepMarks } from './keep-marks.ts';
import { createTranslator, UnreadableResponse, type Translator } from './translator.ts';
import { hourMs } from '../../../core/time.ts';

/** Characters and sections of one request. */
const batchCharacters = 4_000;
const batchSections = 8;
/** Responses in a row that cannot be read, after which an edition waits. */
const patience = 2;
const [firstWaitMs, longestWaitMs] = [60_000, 6 * hourMs];
/** A title of fewer characters may be a common word. */
const shortestName = 12;

/** A section that is asked for. */
interface Wanted {
  storyId: number;
  sourceHash: string;
  fields: (Omit<SaidField, 'said'> & { from: string })[];
}

/** Returns what drafts the editions of an issue; while its tables stay as they were at the end of the last run, nothing is looked at. */
export function createDrafting(house: House, translator: Translator | undefined = createTranslator(house.config)) {
  const { config, db, log, now, queue } = house;
  const finished = new Map<number, string>();

  return async function draftEditions(issueId: number, stop: AbortSignal): Promise<void> {
    const langs = readEditions(config.EDITIONS);
    if (!translator || langs.length === 0) return;
    const failures = await editionFailures(db, issueId);
    const isWaiting = ({ tryAgainAt }: EditionFailure): boolean => tryAgainAt > now();
    if (failures.length === 0 && finished.get(issueId) === (await issueVersion(db, issueId))) return;
    if (langs.every((lang) => failures.some((one) => one.lang === lang && isWaiting(one)))) return;
    const issue = await issueById(db, issueId);
    if (issue?.status !== 'draft' && issue?.status !== 'in_review') return;
    const elapsedMs = measureElapsed();
    const content = await loadIssueContent(db, issueId);
    let [drafted, isWhole] = [0, true];
    for (const lang of langs) {
      const failure = failures.find((one) => one.lang === lang);
      if (stop.aborted || (failure && isWaiting(failure))) isWhole = false;
      else {
        const count = await draftEdition(house, translator, { issueId, content, lang, failure, stop });
        if (count === undefined) isWhole = false;
        drafted += count ?? 0;
      }
    }
    if (drafted > 0) {
      log.info({ event: 'issue.translated', issueId, drafted, ms: elapsedMs() });
      await queue.enqueue('issue.rank', { issueId });
    }
    // What a curator changed while the endpoint was asked is drafted by the next job.
    else if (isWhole) finished.set(issueId, await issueVersion(db, issueId));
  };
}

interface Edition {
  issueId: number;
  content: IssueContent;
  lang: WordsLang;
  failure: EditionFailure | undefined;
  stop: AbortSignal;
}

/** Drafts one edition; the number of sections that were saved, undefined when it gave up or was stopped. */
async function draftEdition(house: House, translator: Translator, edition: Edition): Promise<number | undefined> {
  const { db, now, log } = house;
  const { issueId, lang, failure, stop } = edition;
  const wanted = await wantedSections(house, edition);
  // After a failure one at a time: a section that the endpoint cannot bear holds no other up.
  const batches = failure ? wanted.map((one) => [one]) : batchesOf(wanted);
  let [saved, unread, trouble] = [0, 0, undefined as unknown];
  for (const batch of batches) {
    if (stop.aborted) return undefined;
    try {
      const drafts = await draftBatch(translator, { batch, lang, asking: { now, stop } });
      await saveDrafts(db, { issueId, lang, name: translator.name, at: now(), drafts });
      [saved, unread] = [saved + drafts.length, 0];
    } catch (error) {
      if (stop.aborted) return undefined;
      if (!(error instanceof PermanentError) && !(error instanceof TemporaryError)) throw error;
      log.warn({ event: 'edition.failed', issueId, lang, message: messageOf(error) });
      trouble = error;
      // One response that cannot be read says nothing of the next.
      if (!(error instanceof UnreadableResponse) || ++unread === patience) break;
    }
  }
  if (trouble === undefined) return saved;
  await saveFailure(db, { issueId, lang, message: messageOf(trouble).slice(0, 500), tryAgainAt: nextTry(trouble, { failures: failure?.failures ?? 0, now: now() }) }); // prettier-ignore
  return undefined;
}

/** A minute from the first failure, then four times as long each time, six hours at most; later where the endpoint says so. */
function nextTry(trouble: unknown, { failures, now }: { failures: number; now: Date }): Date {
  const askedMs = trouble instanceof TemporaryError ? (trouble.retryAfterMs ?? 0) : 0;
  const waitMs = Math.min(Math.max(firstWaitMs * 4 ** Math.min(failures, 10), askedMs), longestWaitMs);
  return new Date(now.getTime() + waitMs);
}

/** The opening, then picks, then the others, as far as TRANSLATE_LIMIT goes. */
async function wantedSections({ db, config }: House, { issueId, content, lang }: Edition): Promise<Wanted[]> {
  const own = config.SITE_LANGUAGE;
  const picks = new Set(content.cards.flatMap(({ storyId, role }) => (role === 'pick' ? [storyId] : [])));
  const rank = (storyId: number): number => (storyId === openingId ? 0 : picks.has(storyId) ? 1 : 2);
  const stated = stateSections(editionSections(content), { rows: await editionRows(db, issueId), to: lang, own });
  const names = content.cards.map(({ title }) => title).filter(({ length }) => length >= shortestName);
  return stated
    .toSorted((a, b) => rank(a.section.storyId) - rank(b.section.storyId))
    .slice(0, 1 + config.TRANSLATE_LIMIT)
    .filter(wantsDraft)
    .map(({ section }) => ({
      storyId: section.storyId,
      sourceHash: section.hash,
      fields: Object.entries(wordsToSay(section, { to: lang, own })).map(([name, source]) => {
        const field = name as SectionField;
        // A headline is the name of its paper, and is what is to be said.
        const isHeadline = field === 'title' && section.storyId !== openingId;
        return { field, source, marked: keepMarks(source, isHeadline ? [] : names), from: field === 'note' ? own : (section.lang ?? own) }; // prettier-ignore
      }),
    }));
}

function batchesOf(wanted: readonly Wanted[]): Wanted[][] {
  const batches: Wanted[][] = [];
  let room = 0;
  for (const one of wanted) {
    const length = one.fields.reduce((sum, { marked }) => sum + marked.text.length, 0);
    if (length > room || batches.at(-1)!.length === batchSections) [room] = [batchCharacters, batches.push([])];
    batches.at(-1)!.push(one);
    room -= length;
  }
  return batches;
}

interface Asked {
  batch: readonly Wanted[];
  lang: WordsLang;
  asking: Parameters<Translator['translate']>[2];
}

/** What names and formulas are the whole of is not sent. A response to one section that cannot be read is that section's fault. */
async function draftBatch({ translate }: Translator, { batch, lang, asking }: Asked): Promise<MachineDraft[]> {
  const sent = batch.flatMap(({ fields }) => fields.filter(({ marked }) => !isAllKept(marked)));
  const said = new Map<unknown, string>();
  try {
    const texts = sent.map(({ marked, from }) => ({ text: marked.text, from }));
    const translated = texts.length === 0 ? [] : await translate(texts, lang, asking);
    for (const [at, field] of sent.entries()) said.set(field, translated[at]!);
  } catch (error) {
    if (batch.length > 1 || !(error instanceof UnreadableResponse)) throw error;
    const [{ storyId, sourceHash }] = batch as [Wanted];
    return [{ storyId, sourceHash, words: null, refused: 'The response for it could not be read.' }];
  }
  return batch.map(({ storyId, sourceHash, fields }) => ({
    storyId,
    sourceHash,
    ...checkDraft(fields.map((field) => ({ ...field, said: said.get(field) ?? field.marked.text }))),
  }));
}
