// `/desk/muted`: what the desk never wants to see again, words and sources; said beside a story, taken back here.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mutedAmong } from '../../core/muted-stories.ts';
import { oneLine } from '../../core/one-line.ts';
import { canMatch } from '../../core/readers/reader-rules.ts';
import { setRole } from '../../core/store/issue-edits.ts';
import { askForOpenPools, poolsToLay } from '../../core/store/issue-pool.ts';
import { listMutedWords, muteWords, unmuteWords } from '../../core/store/muted-words.ts';
import { listDeskStories } from '../../core/store/desk-stories.ts';
import { muteSource, mutedSources } from '../../core/store/source-settings.ts';
import { sourceById } from '../../core/store/sources.ts';
import type { House } from '../../core/house.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { AskFirst } from './issue/ask-first.ts';
import { editorOf, note, showDesk } from './desk.ts';
import { deskTime } from './desk-time.ts';
import { backTo } from './issue/edits.ts';
import { issueParams } from './issue/issue-params.ts';
import { noteEdit, saidAnyway } from './issue/note-edit.ts';

const wordsForm = z.object({
  words: z
    .string({ error: 'Type the words.' })
    .overwrite(oneLine)
    .max(80, 'Mute at most 80 characters: a phrase, not a sentence.')
    .refine((words) => words.length > 1 && canMatch(words), 'Type words of two letters or more.'),
});
const sourceForm = z.object({ source: rowId('There is no such source.') });
const idForm = z.object({ id: rowId('There is no such phrase.') });

/** Registers the list and the forms beside a story. */
export function mutesRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, config, now } = house;

  desk.get('/desk/muted', async (request, reply) => {
    const words = await listMutedWords(db);
    return showDesk(room, { request, reply }, {
      name: 'desk-muted', isKeepable: true,
      title: 'Muted',
      here: 'sources',
      words: words.map(({ at, ...one }) => ({ ...one, at: deskTime(at, config.TIMEZONE) })),
      sources: await mutedSources(db),
    }); // prettier-ignore
  });

  desk.post('/desk/muted/take-back', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readInput(idForm, request.body);
    await db.transaction(async (tx) => {
      const words = await unmuteWords(tx, id);
      if (words === undefined) throw notFound('There is no such phrase.');
      await askForOpenPools(tx, now());
      await note(tx, curator, { action: 'hear words again', subject: 'muted words', before: { words }, at: now() });
    });
    await layPools(house);
    return reply.redirect('/desk/muted', 303);
  });

  muteFromStory(desk, house);
}

function muteFromStory(desk: FastifyInstance, house: House): void {
  const { db, now } = house;

  desk.post('/desk/issues/:id/mute-words', async (request, reply) => {
    const { name: by } = editorOf(request);
    const { id } = readParams(issueParams, request);
    const { words } = readInput(wordsForm, request.body);
    const stories = (await listDeskStories(db, id)).filter(({ role }) => role !== 'removed');
    const muted = mutedAmong(stories.map(({ title }) => ({ items: [{ title }] })), [words]); // prettier-ignore
    const storyIds = stories.filter((_, at) => muted.has(at)).map(({ storyId }) => storyId);
    await noteEdit(house, {
      id,
      request,
      action: `mute the words “${words}”`,
      before: null,
      after: { words, storyIds },
      storyIds,
      change: async (tx) => {
        await muteWords(tx, { words, by, at: now() });
        await setRole(tx, { issueId: id, storyIds, role: 'removed', by });
        await askForOpenPools(tx, now());
      },
    });
    await layPools(house);
    return backTo({ request, reply }, id, { part: '' });
  });

  desk.post('/desk/issues/:id/mute-source', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(issueParams, request);
    const { source: sourceId } = readInput(sourceForm, request.body);
    const source = await sourceById(db, sourceId);
    if (!source) throw notFound('There is no such source.');
    const anyway = `mute ${sourceId}`;
    if (!saidAnyway(request, anyway)) {
      throw new AskFirst(`Never again from ${source.title}?`, {
        todo: 'What it alone tells is in no draft, no letter and no board from now on; it is still read. The page of the source takes it back.',
        anyway,
        button: `Mute ${source.title}`,
      });
    }
    await db.transaction(async (tx) => {
      await muteSource(tx, sourceId);
      await askForOpenPools(tx, now());
      await note(tx, curator, { action: 'mute', subject: `source ${sourceId}`, before: { muted: source.muted }, after: { muted: true }, at: now() }); // prettier-ignore
    });
    await layPools(house);
    return backTo({ request, reply }, id);
  });
}

async function layPools({ db, queue }: House): Promise<void> {
  for (const { id } of await poolsToLay(db)) await queue.enqueue('issue.pool', { issueId: id });
}
