// `/desk/sources`: every source and how it fares in words; add one, look at one now.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { oneLine } from '../../../core/one-line.ts';
import type { House } from '../../../core/house.ts';
import { mailboxUrl, newMailboxToken } from '../../../core/mail/mailbox.ts';
import { enqueueDueSources } from '../../../core/enqueue-due-sources.ts';
import { sourceAddress, whyNoAddress } from '../../../core/addresses/source-address.ts';
import { sourceKinds, webKinds } from '../../../core/source-kinds.ts';
import { deletedSources, keptDays } from '../../../core/store/deleted-sources.ts';
import { listSourceFigures, type SourceFigures } from '../../../core/store/source-figures.ts';
import { addSources, checkSourceNow } from '../../../core/store/sources.ts';
import { onPage, pageNumber } from '../../on-page.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { deskTime } from '../desk-time.ts';
import { editorOf, note, showDesk } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';
import { describeSource, tellNextLook } from './source-words.ts';
import { drawWeeks } from '../../weeks-chart.ts';
import { plural } from '../../../core/plural.ts';

const form = z.object({
  kind: z.enum(webKinds, 'Choose what kind of source it is.'),
  address: z
    .string({ error: 'Type the address of the source.' })
    .trim()
    .min(1, 'Type the address of the source.')
    .max(2000),
  title: z.string().overwrite(oneLine).max(200, 'The name may have at most 200 characters.').default(''),
});

const examples = webKinds.map((kind) => sourceKinds[kind].example).join(', ');
const saidWords = {
  added: 'Added. It is being read now.',
  known: 'This source is here already.',
  asked: 'It is being read now.',
  deleted: 'Deleted. It is not read any more.',
};
/** Some 25 KB; what needs a look comes first. */
const sourcesOnPage = 50;
const query = z.object({
  said: z.enum(['added', 'known', 'asked', 'deleted']).optional().catch(undefined),
  page: pageNumber(),
  q: z.string().trim().max(200).catch(''),
});

/** What a curator should see first. */
const troubleFirst = ['broken', 'late', 'not read yet', 'quiet', 'ok', 'paused', 'ended'];

/** Registers the table and its forms. */
export function sourcesRoom(desk: FastifyInstance, room: Room): void {
  const { db, config, now } = room.house;

  desk.get('/desk/sources', async (request, reply) => {
    const { said, page, q } = readInput(query, request.query);
    const all = (await listSourceFigures(db, now())).map((source) => ({
      source,
      state: describeSource(source, now()).state,
    }));
    const found = all.filter(({ source }) => isFound(source, q));
    const sorted = found.toSorted((a, b) => troubleFirst.indexOf(a.state) - troubleFirst.indexOf(b.state));
    const { rows, ...pages } = onPage(sorted, page, sourcesOnPage);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-sources',
        isKeepable: true,
        title: 'Sources',
        here: 'sources',
        said: said ? saidWords[said] : null,
        counts: countStates(all),
        total: all.length,
        search: q,
        kinds: webKinds.map((kind) => ({ kind, words: sourceKinds[kind].words })),
        examples,
        keptDays,
        deleted: (await deletedSources(db, now())).map(({ id, title, deletedAt }) => ({
          id,
          title,
          at: deskTime(deletedAt, config.TIMEZONE),
        })),
        ...pages,
        sources: rows.map(({ source }) => showSource(source, now(), config.TIMEZONE)),
      },
    );
  });
  takeSources(desk, room.house);
}

function takeSources(desk: FastifyInstance, house: House): void {
  const { db, now, queue } = house;

  desk.post('/desk/sources', async (request, reply) => {
    const curator = editorOf(request);
    const { kind, address, title } = readInput(form, request.body);
    const url = sourceAddress(kind, address);
    if (!url)
      throw new PageError(
        400,
        whyNoAddress(address) ?? `"${address}" is not an address that can be read.`,
        `Give one such as ${examples}.`,
      );
    const name = title || new URL(url).hostname.replace(/^www\./, '');
    // What was typed is the newsletter's page; its mails come to an address of their own.
    const place = sourceKinds[kind].hasMailbox ? { url: mailboxUrl(newMailboxToken()), homeUrl: url } : { url };
    const added = await db.transaction(async (tx) => {
      const count = await addSources(tx, [{ kind, title: name, ...place }]);
      if (count > 0)
        await note(tx, curator, { action: 'add a source', subject: 'sources', after: { kind, url }, at: now() });
      return count;
    });
    await enqueueDueSources(house);
    return reply.redirect(`/desk/sources?said=${added > 0 ? 'added' : 'known'}`, 303);
  });

  desk.post('/desk/sources/:id/check', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const asked = await db.transaction(async (tx) => {
      const count = await checkSourceNow(tx, { sourceId: id, now: now() });
      if (count > 0) await note(tx, curator, { action: 'check now', subject: `source ${id}`, at: now() });
      return count;
    });
    if (asked > 0) await queue.enqueue('source.check', { sourceId: id });
    return reply.redirect('/desk/sources?said=asked', 303);
  });
}

function showSource(source: SourceFigures, now: Date, timezone: string) {
  const { id, kind, title, url, homeUrl, status, muted } = source;
  return {
    id,
    kind,
    title,
    // Who knows the address of a mailbox can write into it.
    url: sourceKinds[kind].hasMailbox ? (homeUrl ?? '') : url,
    status,
    muted,
    ...describeSource(source, now),
    chart: drawWeeks(source.weeks),
    lastSuccess: deskTime(source.lastSuccessAt, timezone) ?? 'never',
    nextLook: tellNextLook(source, { now, timezone }),
  };
}

/** By what its line says of it. */
function isFound({ title, url, homeUrl, kind }: SourceFigures, search: string): boolean {
  const address = sourceKinds[kind].hasMailbox ? homeUrl : url;
  return `${title} ${address ?? ''}`.toLowerCase().includes(search.toLowerCase());
}

/** "14 sources: 1 broken, 2 late, 11 ok". */
function countStates(sources: readonly { state: string }[]): string {
  const parts = troubleFirst.flatMap((state) => {
    const count = sources.filter((source) => source.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  return `${plural(sources.length, 'source', 'sources')}: ${parts.join(', ')}`;
}
