// What a curator changes in an issue; every change brings it back to review and is written into the audit.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { sections } from '../../../core/sections.ts';
import { introHtml, introSource, type Intro } from '../../../core/letter/intro.ts';
import { oneLine } from '../../../core/one-line.ts';
import { setOpening, type Opening } from '../../../core/store/issue-edits.ts';
import { issueById } from '../../../core/store/issues.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { EditConflict } from './ask-first.ts';
import { changeStories, type StoryChange } from './change-stories.ts';
import { editorOf } from '../desk.ts';
import { timeOfField } from '../desk-time.ts';
import { issueParams } from './issue-params.ts';
import { issueAddress, readView, viewQueryOf, type View } from './issue-view.ts';
import { noteEdit } from './note-edit.ts';

const storyParams = issueParams.extend({ storyId: rowId() });
const openingForm = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Type a subject: it is what readers see before they open the letter.')
    .max(200, 'The subject may have at most 200 characters; mail readers show some 60.')
    .transform((title) => title.replace(/\s+/g, ' '))
    .optional(),
  intro: z.string({ error: 'Type the intro.' }).max(5000, 'The intro may have at most 5,000 characters.'),
  preheader: z
    .string()
    .overwrite(oneLine)
    .max(300, 'The preheader may have at most 300 characters; mail readers show some 100.')
    .optional(),
  number: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'The number is a whole number from 1.')
    .transform(Number)
    .optional(),
  date: z
    .string()
    .refine(
      (typed) => timeOfField(typed, 'utc') !== undefined && typed.length === 10,
      'Choose the day that the issue is dated.',
    )
    .optional(),
  seen: z.string().max(100).optional(),
});
const previewForm = openingForm.pick({ intro: true });
const section = z.enum(sections.map(({ key }) => key));
/** What is restored is again what it was when it was rejected. */
const role = z.enum(['pick', 'pool', 'removed', 'restored']);
const storyForm = z.discriminatedUnion(
  'change',
  [
    z.object({ change: z.literal('move'), direction: z.enum(['up', 'down']) }),
    z.object({ change: z.literal('place'), before: rowId('Say before which story.') }),
    z.object({ change: z.literal('section'), section }),
    z.object({ change: z.literal('lead') }),
    z.object({ change: z.literal('role'), role }),
  ],
  'Say what to change: move, section, lead or role.',
);
const ticked = z.preprocess((value) => [value ?? []].flat(), z.array(rowId('There is no such story.')).max(1000));
/** A button says what is to happen: `role-pick`, or the section that is chosen beside it. */
const bulkForm = z.object({
  stories: ticked,
  act: z.enum(['pick', 'pool', 'removed', 'section'], 'Say what is to happen to the stories.'),
  section: section.optional(),
});

interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers the forms of the desk. */
export function editsRoom(desk: FastifyInstance, room: Room): void {
  const { db } = room.house;

  desk.post('/desk/issues/:id/intro', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(issueParams, request);
    const form = readInput(openingForm, request.body);
    const issue = await issueById(db, id);
    if (!issue) throw notFound('There is no such issue.');
    const { title, preheader, number, date } = issue;
    const before = { title, preheader, intro: introSource(issue), number, date };
    const after = {
      title: form.title ?? title,
      preheader: form.preheader ?? preheader,
      intro: form.intro.replaceAll('\r\n', '\n').trim(),
      number: form.number ?? number,
      date: form.date ?? date,
    };
    const change = async (tx: Queryable): Promise<void> => {
      await refuseStaleOpening(tx, { id, seen: form.seen, after });
      await setOpening(tx, id, { ...after, by: curator.name });
    };
    await noteEdit(room.house, { id, request, action: 'edit the subject and the intro', before, after, change });
    return backTo({ request, reply }, id);
  });

  // What the intro will look like, while it is typed.
  desk.post('/desk/issues/:id/intro/preview', async (request, reply) => {
    editorOf(request);
    const { intro } = readInput(previewForm, request.body);
    const blocks = introHtml({ intro, introIsMarkdown: true });
    return reply.type('text/html; charset=utf-8').send(blocks.join('\n'));
  });

  desk.post('/desk/issues/:id/stories/:storyId', async (request, reply) => {
    const { id, storyId } = readParams(storyParams, request);
    const change = readInput(storyForm, request.body);
    const { next } = await changeStories(room.house, { id, storyIds: [storyId], change, request });
    return backTo({ request, reply }, id, next);
  });

  desk.post('/desk/issues/:id/bulk', async (request, reply) => {
    const { id } = readParams(issueParams, request);
    const { stories, act, section: chosen = sections[0]!.key } = readInput(bulkForm, request.body);
    if (stories.length === 0) return askToTick({ request, reply }, id);
    const change: StoryChange = act === 'section' ? { change: 'section', section: chosen } : { change: 'role', role: act }; // prettier-ignore
    await changeStories(room.house, { id, storyIds: [...new Set(stories)], change, request });
    return backTo({ request, reply }, id);
  });
}

/** What a form saw of the opening. */
export function openingVersion({ title, preheader, number, date, ...intro }: Omit<Opening, 'intro'> & Intro): string {
  return hashContent([title, preheader, number, date, introSource(intro)]).slice(0, 16);
}

/** Throws EditConflict, with both texts, when somebody else wrote another opening since the form was made. */
async function refuseStaleOpening(
  tx: Queryable,
  {
    id,
    seen,
    after,
  }: { id: number; seen: string | undefined; after: { [Field in keyof Opening]-?: NonNullable<Opening[Field]> } },
): Promise<void> {
  const current = await issueById(tx, id);
  if (!current || seen === undefined) return;
  const version = openingVersion(current);
  if (version === seen || version === openingVersion({ ...after, introIsMarkdown: true })) return;
  // A proposal follows the picks while somebody types: of nobody's words nothing is lost.
  if (!current.openedBy) return;
  const fields = [
    { name: 'title', label: 'Subject', theirs: current.title, mine: after.title },
    { name: 'preheader', label: 'Preheader', theirs: current.preheader, mine: after.preheader },
    { name: 'intro', label: 'Intro', theirs: introSource(current), mine: after.intro },
    { name: 'number', label: 'Number', theirs: String(current.number), mine: String(after.number) },
    { name: 'date', label: 'Day', theirs: current.date, mine: after.date },
  ];
  throw new EditConflict('Somebody wrote here while you did.', { fields, seen: version });
}

/** To the view the form was sent from. Without a script the list stands at the story in hand again. */
export function backTo({ request, reply }: Visit, id: number, other: Partial<View> = {}): FastifyReply {
  const view = { ...readView(request), ...other };
  return reply.redirect(`${issueAddress(id, view)}${view.story ? `#story-${view.story}` : ''}`, 303);
}

/** To the list, which says that nothing was ticked. */
function askToTick({ request, reply }: Visit, id: number): FastifyReply {
  const query = new URLSearchParams(viewQueryOf(readView(request), { pane: 'list' }));
  query.set('said', 'tick');
  return reply.redirect(`/desk/issues/${id}?${query.toString()}#bulk`, 303);
}
