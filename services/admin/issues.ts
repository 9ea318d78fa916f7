// `/desk`: every issue and where it stands; the next one can be drafted from here.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { editionLangsOf } from '../../core/store/edition-texts.ts';
import { issueOfWeek, listIssues } from '../../core/store/issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { nextTime, weekOf } from '../../core/week.ts';
import { isWordsLang, languageName } from '../../core/words-langs.ts';
import { onPage, pageNumber } from '../on-page.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { deskTime } from './desk-time.ts';
import { editorOf, note, showDesk } from './desk.ts';

const saidWords = {
  setup: 'Set up. The sources are being read now; the first stories are here in a minute or two.',
  drafting: 'Drafting. Look again in a moment. If nothing comes, there is no story of this week yet.',
} as const;
/** A year of issues. */
const issuesOnPage = 52;
const query = z.object({ said: z.enum(['setup', 'drafting']).optional().catch(undefined), page: pageNumber() });

/** How each state reads. */
export const issueStatusWords = {
  draft: 'draft',
  in_review: 'in review',
  approved: 'approved, not scheduled',
  scheduled: 'scheduled',
  sending: 'being sent',
  sent: 'sent',
} as const;

/** Registers the list and the button for a draft. */
export function issuesRoom(desk: FastifyInstance, room: Room): void {
  const { db, config, now, queue } = room.house;

  desk.get('/desk', async (request, reply) => {
    const { said, page } = readInput(query, request.query);
    const { rows: issues, ...pages } = onPage(await listIssues(db), page, issuesOnPage);
    const { draftWait } = await loadSettings(db);
    const langs = await editionLangsOf(
      db,
      issues.map(({ id }) => id),
    );
    const { monday } = weekOf(now(), config.TIMEZONE);
    const thisWeek = await issueOfWeek(db, monday);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-issues',
        isKeepable: true,
        title: 'Issues',
        here: 'issues',
        isWide: false,
        said: said ? saidWords[said] : null,
        canDraft: thisWeek === undefined,
        waitsSince:
          thisWeek === undefined && draftWait?.week === monday
            ? deskTime(new Date(draftWait.since), config.TIMEZONE)
            : null,
        nextDraft: deskTime(nextTime(config.DRAFT_AT, now(), config.TIMEZONE), config.TIMEZONE),
        ...pages,
        issues: issues.map(({ id, number, title, status, approvedBy, sendAt, sentAt, skippedAt }) => ({
          editions: (langs.get(id) ?? []).filter(isWordsLang).map((lang) => ({ lang, name: languageName(lang) })),
          mayBegin: status !== 'sending' && status !== 'sent',
          id,
          number,
          title,
          status: skippedAt === null ? issueStatusWords[status] : 'skipped: nobody approved it in time',
          approvedBy,
          at: deskTime(sentAt ?? sendAt, config.TIMEZONE),
        })),
      },
    );
  });

  desk.post('/desk/draft', async (request, reply) => {
    await note(db, editorOf(request), { action: 'ask for a draft', subject: 'issues', at: now() });
    await queue.enqueue('issue.draft', {});
    return reply.redirect('/desk?said=drafting', 303);
  });
}
