// `/desk/issues/:id/editions/:lang`: an issue in another language, section by section, the original beside the translation.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { editionSections, openingId, wordsToSay, type EditionSection, type SectionWords } from '../../../core/editions/edition-sections.ts'; // prettier-ignore
import { oneLine } from '../../../core/one-line.ts';
import { checkEditionText, editionRows, reopenSection, setEditionText, type EditionRow } from '../../../core/store/edition-texts.ts'; // prettier-ignore
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { isWordsLang, languageName, type WordsLang } from '../../../core/words-langs.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, showDesk } from '../desk.ts';
import { EditConflict } from './ask-first.ts';
import { issueParams } from './issue-params.ts';
import { issueOf } from './letter-room.ts';
import { noteEdit } from './note-edit.ts';
import { editionVersion, fieldLabels, showEdition } from './show-edition.ts';

const params = issueParams.extend({ lang: z.string().refine(isWordsLang, 'There is no such edition.') });
const sectionParams = params.extend({ storyId: z.coerce.number('There is no such story.').int().min(0).max(2_147_483_647) }); // prettier-ignore
const line = (most: number, what: string) =>
  z.string().overwrite(oneLine).max(most, `${what} may have at most ${most} characters.`).optional();
const paragraphs = (most: number, what: string) =>
  z.string().max(most, `${what} may have at most ${most} characters.`).optional();
const textForm = z.object({
  title: line(400, 'The headline'),
  preheader: line(300, 'The preheader'),
  intro: paragraphs(8_000, 'The intro'),
  summary: line(5_000, 'The summary'),
  note: line(900, 'The note'),
  /** The hash of the words that it was made from. */
  source: z.string({ error: 'Open the page again.' }).length(16, 'Open the page again.'),
  seen: z.string().max(100).optional(),
  /** Whether it is saved, found right as it stands, or no longer left as the original. */
  act: z.enum(['save', 'check', 'reopen']).catch('save'),
});

/** Registers the page and its form. */
export function editionsRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;

  desk.get('/desk/issues/:id/editions/:lang', async (request, reply) => {
    const { lang } = readParams(params, request);
    const issue = await issueOf(house.db, request);
    const name = languageName(lang);
    const page = { name: 'desk-edition', isKeepable: true, title: `${issue.title} in ${name}`, here: 'issues' };
    return showDesk(room, { request, reply }, { ...page, ...(await showEdition(house, { issue, lang })) });
  });

  desk.post('/desk/issues/:id/editions/:lang/:storyId', async (request, reply) => {
    const { name: by } = editorOf(request);
    const { id, lang, storyId } = readParams(sectionParams, request);
    const form = readInput(textForm, request.body);
    const change = async (tx: Queryable) => {
      const { section, row } = await sectionIn(tx, { id, lang, storyId });
      const toSay = wordsToSay(section, { to: lang, own: house.config.SITE_LANGUAGE });
      const words = wordsOf(form, toSay);
      refuseStale({ seen: form.seen, row, words });
      const [key, said] = [
        { issueId: id, lang, storyId },
        { sourceHash: form.source, by, at: house.now() },
      ];
      const isAsItWas = row?.words !== undefined && hashContent(row.words) === hashContent(words);
      const isEmpty = Object.keys(words).length === 0;
      // What a machine wrote stays the machine's, whoever reads it.
      if (isEmpty && (form.act === 'reopen' || Object.keys(toSay).length === 0)) await reopenSection(tx, key);
      else if (!isAsItWas || row.madeBy === 'curator') await setEditionText(tx, key, { words, ...said });
      else if (form.act === 'check') await checkEditionText(tx, key, said);
      return { before: row?.words ?? null, after: words };
    };
    const what = `${storyId === openingId ? 'the opening' : `story ${storyId}`} ${form.act === 'check' ? 'in' : 'into'} ${languageName(lang)}`;
    await noteEdit(house, { id, request, action: `${form.act === 'check' ? 'check' : 'translate'} ${what}`, before: null, after: null, storyIds: [storyId], change }); // prettier-ignore
    return reply.redirect(`/desk/issues/${id}/editions/${lang}#section-${storyId}`, 303);
  });
}

/** The section as the issue says it now, and its text. */
async function sectionIn(
  tx: Queryable,
  { id, lang, storyId }: { id: number; lang: WordsLang; storyId: number },
): Promise<{ section: EditionSection; row: EditionRow | undefined }> {
  const section = editionSections(await loadIssueContent(tx, id)).find((one) => one.storyId === storyId);
  if (!section) throw notFound('This story is not in the issue.');
  return { section, row: (await editionRows(tx, id)).find((one) => one.lang === lang && one.storyId === storyId) };
}

/** What the form says of what is to be said; with nothing in any field the original stands. */
function wordsOf(form: z.infer<typeof textForm>, toSay: SectionWords): SectionWords {
  const words = Object.fromEntries(
    fieldLabels.flatMap(([field]) => {
      const typed = (form[field] ?? '').replaceAll('\r\n', '\n').trim();
      return typed === '' || toSay[field] === undefined ? [] : [[field, typed]];
    }),
  ) as SectionWords;
  if (Object.keys(words).length > 0 && toSay.title !== undefined && words.title === undefined) {
    throw new PageError(400, 'Type the headline.', 'Or empty every field: then readers get the original.');
  }
  return words;
}

/** Throws EditConflict, with both texts, when somebody else wrote another text since the form was made. */
function refuseStale({
  seen,
  row,
  words,
}: {
  seen: string | undefined;
  row: EditionRow | undefined;
  words: SectionWords;
}): void {
  // prettier-ignore
  if (seen === undefined || seen === editionVersion(row)) return;
  const theirs = row?.words ?? {};
  const fields = fieldLabels.flatMap(([name, label]) => {
    const both = { theirs: theirs[name] ?? '', mine: words[name] ?? '' };
    return both.theirs === both.mine ? [] : [{ name, label, ...both }];
  });
  if (fields.length > 0)
    throw new EditConflict('Somebody wrote here while you did.', { fields, seen: editionVersion(row) });
}
