// `/desk/issues/:id/stories/:storyId/scores`: how good curators find the lead and the picks, and how far they agree.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { krippendorffAlpha } from '../../../core/math/krippendorff.ts';
import { rubricOf, saveScores, scales, type RubricScore, type Scale } from '../../../core/store/rubric.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { curatorOf, note } from '../desk.ts';
import { backTo } from './edits.ts';
import { issueParams } from './issue-params.ts';

/** What each scale asks. */
const questions: Record<Scale, string> = {
  decisive: 'Decisive: it matters, and says what',
  comprehensive: 'Comprehensive: nothing that is needed is missing',
  justified: 'Justified: what it claims is shown',
  accurate: 'Accurate: the words fit the source',
  kind: 'Kind: fair to whoever made it',
};
/** From here on two curators mean different things by a word. */
const apart = 2;
const params = issueParams.extend({ storyId: rowId() });
const score = z.coerce.number({ error: 'Give every scale a score from 1 to 5.' }).int().min(1, 'Scores go from 1 to 5.').max(5, 'Scores go from 1 to 5.'); // prettier-ignore
const form = z.object({ decisive: score, comprehensive: score, justified: score, accurate: score, kind: score });

/** Registers the form. Reviewers send it, too: it changes nothing of the issue. */
export function rubricRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;
  desk.post('/desk/issues/:id/stories/:storyId/scores', { config: { isOwn: true } }, async (request, reply) => {
    const curator = curatorOf(request);
    const { id: issueId, storyId } = readParams(params, request);
    const scores = readInput(form, request.body);
    await db.transaction(async (tx) => {
      const isThere = await saveScores(tx, { issueId, storyId, curatorId: curator.id, scores, at: now() });
      if (!isThere) throw notFound('This story is not in the issue.');
      await note(tx, curator, { action: `score story ${storyId}`, subject: `issue ${issueId}`, after: scores, at: now() }); // prettier-ignore
    });
    return backTo({ request, reply }, issueId);
  });
}

/** How a story was scored. The scores of others are shown to whoever gave their own: nobody is led. */
function showScores(scores: readonly RubricScore[], curatorId: number) {
  const mine = scores.find((one) => one.curatorId === curatorId);
  const disputes = disputesIn(scores);
  return {
    scales: scales.map((scale) => ({ name: scale, question: questions[scale], mine: mine?.[scale] ?? 0 })),
    isScored: mine !== undefined,
    others: mine ? scores.filter((one) => one !== mine).map((one) => ({ name: one.name, words: scales.map((scale) => `${scale} ${one[scale]}`).join(', ') })) : [], // prettier-ignore
    given: scores.length,
    disputes: mine ? disputes : [],
  };
}

/** "decisive: Ada 5, Ben 2" for each scale on which two are far apart. */
function disputesIn(scores: readonly RubricScore[]): string[] {
  return scales.flatMap((scale) => {
    const given = scores.map((one) => one[scale]);
    if (Math.max(...given) - Math.min(...given) < apart) return [];
    return [`${scale}: ${scores.map((one) => `${one.name} ${one[scale]}`).join(', ')}`];
  });
}

/** Of an issue: what its picks were given, how far curators agree, and what they should talk about. */
export async function showRubric(
  db: Queryable,
  { issueId, picks, storyId, curatorId }: { issueId: number; picks: readonly number[]; storyId: number | undefined; curatorId: number }, // prettier-ignore
) {
  const all = await rubricOf(db, issueId);
  const of = (id: number): RubricScore[] => all.filter((one) => one.storyId === id);
  const alpha = krippendorffAlpha(picks.flatMap((id) => scales.map((scale) => of(id).map((one) => one[scale]))));
  return {
    rubric: storyId !== undefined && picks.includes(storyId) ? showScores(of(storyId), curatorId) : null,
    agreement: {
      picks: picks.length,
      twice: picks.filter((id) => of(id).length > 1).length,
      alpha: alpha === undefined ? null : alpha.toFixed(2),
      // Krippendorff (2004) trusts nothing below; newsroom judgements seldom reach more.
      isLow: alpha !== undefined && alpha < 0.667,
      disputed: picks.filter((id) => of(id).length > 1 && disputesIn(of(id)).length > 0).length,
    },
  };
}
