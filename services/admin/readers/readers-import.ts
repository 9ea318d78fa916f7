// `/desk/readers/import`: a list of another program is read and shown first, line by line; a second form adds it.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import { consentWords } from '../../../core/readers/list-columns.ts';
import { readReaderList, type ListOrigin } from '../../../core/readers/read-reader-list.ts';
import {
  fatesOf,
  foresee,
  importById,
  keepImport,
  takeImport,
  type ImportFate,
} from '../../../core/store/reader-imports.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, editorsOnly, note, showDesk } from '../desk.ts';
import { showReaders, readerStatusWords } from './readers.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** 100,000 lines, as a form sends them. */
const bodyLimit = 24_000_000;
/** Fewer characters say nothing. */
const leastBasis = 10;
const problemsShown = 100;
const rowsShown = 50;
const form = z.object({
  list: z.string({ error: 'Paste the list.' }).min(1, 'Paste the list, or choose the file.'),
  basis: z.string({ error: 'Say how they agreed.' }).trim().max(300, 'Say in at most 300 characters how they agreed.'),
});
const originWords: Record<ListOrigin, string> = {
  courant: 'a list that Courant wrote',
  listmonk: 'a list that listmonk wrote',
  mailchimp: 'a list that Mailchimp wrote',
  ghost: 'a list of members that Ghost wrote',
  plain: 'a list of addresses',
};

/** Registers the dry run, its page and the form that adds. */
export function readersImportRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, now } = house;

  desk.post('/desk/readers/import', { bodyLimit }, async (request, reply) => {
    const curator = editorOf(request);
    const { list, basis } = readInput(form, request.body);
    const { origin, rows, problems } = readReaderList(list);
    if (rows.length === 0) {
      const [first] = problems;
      const wrong = `No reader is in this list. Line ${first?.line ?? 1}: ${first?.what ?? 'it is empty.'} Nothing was added. Export it again as CSV, with a first line that names the columns.`;
      return showReaders(room, { request, reply }, { list, basis, errors: { list: wrong } });
    }
    if (basis.length < leastBasis && rows.some(({ saysHow }) => !saysHow)) {
      const wrong = 'Say how these readers agreed to get mail: where, and to what. It is kept with each of whom the list does not say it. Nothing was added.'; // prettier-ignore
      return showReaders(room, { request, reply }, { list, basis, errors: { basis: wrong } });
    }
    const from = { by: curator.name, origin: originWords[origin], basis };
    const worded = rows.map((row) => ({ ...row, consent: consentWords(row, from) }));
    const id = await keepImport(db, { madeBy: curator.name, at: now(), basis, rows: worded, problems });
    return reply.redirect(`/desk/readers/import/${id}`, 303);
  });

  desk.get('/desk/readers/import/:id', { onRequest: editorsOnly }, async (request, reply) => {
    const list = await importById(db, { id: readParams(idParams, request).id, now: now() });
    if (!list) throw notFound('This list was imported already, or is older than a day.');
    const hashOf = await departedHash(house);
    const outlook = await foresee(db, { rows: list.rows, hashOf });
    const sample = list.rows.slice(0, rowsShown);
    const fates = new Map((await fatesOf(db, { rows: sample, hashOf })).map((fate) => [fate.email, fate]));
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-readers-import',
        title: 'Import readers',
        here: 'readers',
        list: { id: list.id, lines: list.rows.length + list.problems.length },
        outlook,
        adds: outlook.active + outlook.paused + outlook.unsubscribed + outlook.suppressed,
        problems: list.problems.slice(0, problemsShown),
        moreProblems: Math.max(0, list.problems.length - problemsShown),
        sample: sample.map((row) => ({ ...row, becomes: fateWords(fates.get(row.email)) })),
        silent: list.rows.filter(({ saysHow }) => !saysHow).length,
        basis: list.basis,
      },
    );
  });

  desk.post('/desk/readers/import/:id', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const done = await takeImport(db, { id, now: now(), hashOf: await departedHash(house) }, (tx, outlook) =>
      note(tx, curator, { action: 'import readers', subject: 'readers', after: outlook, at: now() }),
    );
    if (!done) throw notFound('This list was imported already, or is older than a day.');
    return reply.redirect('/desk/readers?said=imported', 303);
  });
}

/** What will happen to one line, in words. */
function fateWords(fate: ImportFate | undefined): string {
  if (fate === undefined || fate.fate === 'refused') return 'left out: no mail may go there';
  if (fate.fate === 'known') return fate.status ? `stays as they are: they ${readerStatusWords[fate.status]}` : 'stays as they are'; // prettier-ignore
  return { active: 'gets the next issue', paused: 'stays paused', unsubscribed: 'kept as one who left', suppressed: 'kept as one who gets no mail' }[fate.fate]; // prettier-ignore
}
