// `/desk/issues/:id/stories/:storyId/summary` and `/note`: what a curator writes of a story, sentence by sentence.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { oneLine } from '../../../core/one-line.ts';
import { takeFromPool } from '../../../core/store/issue-pool.ts';
import { quotableItems } from '../../../core/store/quotable-items.ts';
import { setNote, setSummary, storyWords, type StoryWords } from '../../../core/store/story-words.ts';
import type { KeptSentence } from '../../../core/store/summaries.ts';
import { placeSentences, quotableSentences } from '../../../core/text/place-sentences.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { EditConflict } from './ask-first.ts';
import { editorOf } from '../desk.ts';
import { backTo } from './edits.ts';
import { issueParams } from './issue-params.ts';
import { noteEdit } from './note-edit.ts';

const mostSentences = 8;
const longestSentence = 600;
const params = issueParams.extend({ storyId: rowId() });
const place = z.coerce.number().int().min(0).max(100).optional().catch(undefined);
const summaryForm = z.object({
  sentences: z.preprocess((value) => [value ?? []].flat(), z.array(z.string())),
  own: z.literal('yes').optional().catch(undefined),
  /** A button beside a sentence: which to take out, to move up, to mark as the editor's. */
  drop: place,
  up: place,
  mark: place,
  /** A button at a sentence of a source: "34.0.120.245", the item, the segment, where it begins and ends. */
  add: z.string().max(60).optional(),
  seen: z.string().max(100).optional(),
});
const noteForm = z.object({
  note: z.string().overwrite(oneLine).max(600, 'A note may have at most 600 characters.').default(''),
  alt: z.string().overwrite(oneLine).max(300, 'Say in at most 300 characters what the picture shows.').default(''),
  seen: z.string().max(100).optional(),
});
type SummaryForm = z.infer<typeof summaryForm>;

/** What a form saw of a summary, whoever placed its sentences. */
export function summaryVersion(texts: readonly string[]): string {
  return hashContent(texts).slice(0, 16);
}

/** What a form saw of note and alternative text. */
export function noteVersion({ note, altText }: Pick<StoryWords, 'note' | 'altText'>): string {
  return hashContent([note, altText]).slice(0, 16);
}

/** Registers both forms. */
export function storyWordsRoom(desk: FastifyInstance, { house }: Room): void {
  desk.post('/desk/issues/:id/stories/:storyId/summary', async (request, reply) => {
    const { name: by } = editorOf(request);
    const { id, storyId } = readParams(params, request);
    const form = readInput(summaryForm, request.body);
    const change = async (tx: Queryable) => {
      const kept = await wordsOf(tx, { issueId: id, storyId, by });
      const quotable = quotableSentences(await quotableItems(tx, storyId));
      const added = quotable.find((one) => form.add === [one.itemId, one.segment, one.start, one.end].join('.'));
      const texts = textsOf(form, added?.text);
      refuseStale(form, { now: kept.summary, texts });
      const placed = placeSentences(texts, { known: kept.sentences, quotable: added ? [added, ...quotable] : quotable, writer: by, isOwn: form.own === 'yes' }); // prettier-ignore
      const sentences = placed.map((one, at) => (one.by === 'desk' && at === form.mark ? markOwn(one) : one));
      await setSummary(tx, { issueId: id, storyId, by, sentences });
      return { before: kept.summary, after: texts };
    };
    await noteEdit(house, { id, request, action: `write the summary of story ${storyId}`, before: null, after: null, storyIds: [storyId], change }); // prettier-ignore
    const isGoingOn = [form.drop, form.up, form.add].some((pressed) => pressed !== undefined);
    return backTo({ request, reply }, id, isGoingOn ? {} : { part: '' });
  });

  desk.post('/desk/issues/:id/stories/:storyId/note', async (request, reply) => {
    const { name: by } = editorOf(request);
    const { id, storyId } = readParams(params, request);
    const { note, alt: altText, seen } = readInput(noteForm, request.body);
    const change = async (tx: Queryable) => {
      const kept = await wordsOf(tx, { issueId: id, storyId, by });
      const version = noteVersion(kept);
      if (seen !== undefined && seen !== version && version !== noteVersion({ note, altText })) {
        const fields = [
          { name: 'note', label: 'Note', theirs: kept.note, mine: note },
          { name: 'alt', label: 'What the picture shows', theirs: kept.altText, mine: altText },
        ];
        throw new EditConflict('Somebody wrote here while you did.', { fields, seen: version });
      }
      await setNote(tx, { issueId: id, storyId, by, note, altText });
      return { before: { note: kept.note, alt: kept.altText }, after: { note, alt: altText } };
    };
    await noteEdit(house, { id, request, action: `write the note of story ${storyId}`, before: null, after: null, storyIds: [storyId], change }); // prettier-ignore
    return backTo({ request, reply }, id);
  });
}

/** What the issue says of the story now. One of the rest of the week is taken up: nobody writes what no one can see. */
async function wordsOf(
  tx: Queryable,
  { issueId, storyId, by }: { issueId: number; storyId: number; by: string },
): Promise<StoryWords> {
  await takeFromPool(tx, { issueId, storyIds: [storyId], role: 'pool', by });
  const words = await storyWords(tx, { issueId, storyId });
  if (!words) throw notFound('This story is not in the issue.');
  return words;
}

/** The sentences of the form, each on one line, after what its button says. Throws PageError for too many or too long ones. */
function textsOf({ sentences, drop, up, add }: SummaryForm, added: string | undefined): string[] {
  const rows = sentences.map((row) => row.split('\n').map((line) => oneLine(line)).filter((line) => line !== '')); // prettier-ignore
  if (up !== undefined && up > 0 && up < rows.length) [rows[up - 1], rows[up]] = [rows[up]!, rows[up - 1]!];
  const texts = rows.flatMap((row, at) => (at === drop ? [] : row));
  if (add !== undefined && added === undefined) {
    throw new PageError(409, 'This sentence is not in its source any more.', 'Choose another one.');
  }
  const all = [...new Set([...texts, ...(added === undefined ? [] : [added])])];
  if (all.length > mostSentences) throw new PageError(400, `A summary has at most ${mostSentences} sentences.`, 'Take one out first.'); // prettier-ignore
  const long = all.find((text) => text.length > longestSentence);
  if (long) throw new PageError(400, `A sentence may have at most ${longestSentence} characters: “${long.slice(0, 60)}…” has ${long.length}.`, 'Make two of it.'); // prettier-ignore
  return all;
}

/** Throws EditConflict, with both texts, when the summary is another than the form saw. */
function refuseStale(
  { seen }: SummaryForm,
  { now, texts }: { now: readonly string[]; texts: readonly string[] },
): void {
  const version = summaryVersion(now);
  if (seen === undefined || seen === version || version === summaryVersion(texts)) return;
  const fields = [{ name: 'sentences', label: 'Summary, a sentence a line', theirs: now.join('\n'), mine: texts.join('\n') }]; // prettier-ignore
  throw new EditConflict('Somebody changed this summary while you did.', { fields, seen: version, done: ['add', 'drop', 'up', 'mark'] }); // prettier-ignore
}

function markOwn(sentence: KeptSentence): KeptSentence {
  return sentence.by === 'desk' ? { ...sentence, by: 'editor' } : sentence;
}
