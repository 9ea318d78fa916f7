// `/desk/issues/:id/letter`, `/archive` and `/test-mail`: the letter as somebody gets it, as the archive will show it, and sent to oneself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Queryable } from '../../../core/db.ts';
import { inEdition } from '../../../core/editions/in-edition.ts';
import { wordsIn } from '../../../core/words.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { issueById, type Issue } from '../../../core/store/issues.ts';
import { noticesTo, planNotice } from '../../../core/store/notices.ts';
import { allowFrame, sendFramed } from '../../guard-pages.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { curatorOf, editorOf, note, seesReaders } from '../desk.ts';
import { issueParams } from './issue-params.ts';
import { issueAddress, readView } from './issue-view.ts';
import { madeUp } from './letter-pane.ts';
import { showArchived } from './show-archived.ts';
import type { PreviewLetter } from './preview.ts';
import { hourMs } from '../../../core/time.ts';

/** A mailbox full of tests helps nobody. */
const testsAnHour = 20;
/** A page that waits for the ranker asks again so often. */
const askAgainSeconds = 2;

/** The issue of an address. */
export async function issueOf(db: Queryable, request: FastifyRequest): Promise<Issue> {
  const issue = await issueById(db, readParams(issueParams, request).id);
  if (!issue) throw notFound('There is no such issue.');
  return issue;
}

/** Registers the frames and the button. */
export function letterRoom(desk: FastifyInstance, room: Room, preview: PreviewLetter): void {
  const { db, now, queue } = room.house;
  const letterOf = async (request: FastifyRequest) => {
    const issue = await issueOf(db, request);
    const view = readView(request);
    // A reader's letter is in their own language, whatever edition was looked at before.
    const whose = { readerId: view.reader, words: view.reader ? [] : madeUp(view), showsAddress: seesReaders(request), lang: view.reader ? undefined : view.lang || undefined }; // prettier-ignore
    return { issue, view, letter: await preview(issue, whose) };
  };

  desk.get('/desk/issues/:id/letter', async (request, reply) => {
    const { view, letter } = await letterOf(request);
    // Somebody made up has no letter before the ranker has chosen for them.
    if (!letter.isRanked && !view.reader) return showBusy(room, reply);
    if (view.look === 'text') return reply.type('text/plain; charset=utf-8').send(letter.text);
    if (view.look !== 'why') return sendFramed(reply, letter.html);
    allowFrame(reply);
    return room.show(reply, 'desk-letter-why', {
      title: 'Why each story is in it',
      why: letter.why,
      pair: letter.pair,
    });
  });

  desk.get('/desk/issues/:id/archive', async (request, reply) => {
    const issue = await issueOf(db, request);
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    allowFrame(reply);
    const { lang: asked } = readView(request);
    const own = room.house.config.SITE_LANGUAGE;
    const lang = asked || own;
    // The desk is English; what readers will see of an edition is not.
    request.pageLang = lang;
    return room.show(reply, 'issue', showArchived(issue, inEdition(content, { lang, own }), wordsIn(lang))); // prettier-ignore
  });

  desk.post('/desk/issues/:id/test-mail', async (request, reply) => {
    const curator = editorOf(request);
    const { issue, view, letter } = await letterOf(request);
    const at = now();
    const { email } = curatorOf(request);
    const before = await noticesTo(db, { kind: 'test-letter', email, since: new Date(at.getTime() - hourMs) });
    if (before.length >= testsAnHour) throw new PageError(429, `${testsAnHour} test mails went to you within an hour.`, 'Look at those, or wait a while.'); // prettier-ignore
    const detail = { issueId: issue.id, subject: `Test: ${letter.title}`, html: letter.html, text: letter.text };
    await db.transaction(async (tx) => {
      await planNotice(tx, { kind: 'test-letter', email, detail, at });
      await note(tx, curator, { action: 'send a test mail', subject: `issue ${issue.id}`, at });
    });
    await queue.enqueue('notices.send', {});
    return reply.redirect(issueAddress(issue.id, view, { pane: 'letter' }), 303);
  });
}

function showBusy(room: Room, reply: FastifyReply): Promise<FastifyReply> {
  reply.header('refresh', String(askAgainSeconds));
  allowFrame(reply);
  return room.show(reply, 'desk-letter-busy', { title: 'The ranker is choosing' });
}
