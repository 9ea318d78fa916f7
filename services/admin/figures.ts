// `/desk/figures`: what came of an issue, against the eight before it and against what the newest first would have given.
import type { FastifyInstance } from 'fastify';
import { correctionsOf } from '../../core/store/corrections.ts';
import { sectionOf } from '../../core/sections.ts';
import { listJudgements, type Judgement } from '../../core/store/judgements.ts';
import {
  countedIssues,
  type SignalCounts,
  type CountedIssue,
  type IssueFigures,
} from '../../core/store/issue-figures.ts';
import { readableDate } from '../../core/week.ts';
import { notFound } from '../page-error.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { showDesk } from './desk.ts';
import { deskTime } from './desk-time.ts';
import { drawLines } from './draw-chart.ts';
import { z } from 'zod';
import { percent, percentOf } from '../../core/percent.ts';

/** So many issues are held side by side. */
const issuesShown = 9;
const storiesShown = 12;
const params = z.object({ number: rowId() });

/** Registers the page of the newest issue that went out, and of each. */
export function figuresRoom(desk: FastifyInstance, room: Room): void {
  const { db, config } = room.house;

  desk.get('/desk/figures', (request, reply) => showFigures({ request, reply }, undefined));
  desk.get('/desk/figures/:number', (request, reply) =>
    showFigures({ request, reply }, readParams(params, request).number),
  );

  async function showFigures(visit: Parameters<typeof showDesk>[1], number: number | undefined) {
    const issues = await countedIssues(db, { upTo: number, limit: issuesShown });
    const issue = issues.at(-1);
    if (number !== undefined && issue?.number !== number) throw notFound('No issue with this number went out.');
    const [newest] = await countedIssues(db, { limit: 1 });
    const judged = new Map((await listJudgements(db, 60)).map((judgement) => [judgement.issueId, judgement]));
    const counted = issues.filter(isCounted);
    return showDesk(room, visit, {
      name: 'desk-figures',
      isKeepable: true,
      title: issue ? `How No ${issue.number} did` : 'Figures',
      here: 'figures',
      issue: issue ? { ...issue, figures: null, at: readableDate(issue.sentAt, config.TIMEZONE) } : null,
      countedAt: issue?.countedAt ? deskTime(issue.countedAt, config.TIMEZONE) : null,
      numbers: issue?.figures ? tellNumbers(issue.figures) : null,
      opened: await showOpened(counted, judged),
      stories: issue?.figures?.stories.slice(0, storiesShown).map((story) => ({ ...story, ...tellAnswers(story), sectionName: sectionOf(story.section).name })) ?? [], // prettier-ignore
      sections: issue?.figures?.sections.map((one) => ({ name: sectionOf(one.section).name, ...one, ...tellAnswers(one) })) ?? [], // prettier-ignore
      corrections: issue ? (await correctionsOf(db, issue.issueId)).map(({ words, madeBy, at }) => ({ words, madeBy, at: readableDate(at, config.TIMEZONE) })) : [], // prettier-ignore
      before: issues.at(-2)?.number ?? null,
      after: issue && newest && newest.number > issue.number ? issue.number + 1 : null,
    });
  }
}

type Counted = CountedIssue & { figures: IssueFigures };

function isCounted(issue: CountedIssue): issue is Counted {
  return issue.figures !== null;
}

function tellNumbers(figures: IssueFigures) {
  const { planned, submitted, openers, clicks, machineClicks } = figures;
  return {
    ...figures,
    submittedShare: percentOf(submitted, planned, 1),
    openedShare: percentOf(openers, submitted),
    machineShare: clicks > 0 ? percentOf(machineClicks, clicks) : null,
  };
}

function tellAnswers({ shown, opened }: SignalCounts) {
  return { openedShare: percentOf(opened, shown) };
}

/** The share of readers who opened a story, by issue, as a chart and in numbers; where nothing came back at all the lines have a gap. */
async function showOpened(counted: readonly Counted[], judged: ReadonlyMap<number, Judgement>) {
  const rows = counted.map(({ issueId, number, figures }) => {
    const share = figures.submitted === 0 ? null : figures.openers / figures.submitted;
    return { number, figures, share, recency: !share ? null : byRecency(share, judged.get(issueId)) };
  });
  const steps = rows.map(({ number }) => `No ${number}`);
  const most = Math.max(0.1, ...rows.flatMap(({ share, recency }) => [share ?? 0, recency ?? 0]));
  const series = [
    {
      name: 'this letter',
      isOurs: true,
      values: rows.map(({ share, figures }) => (figures.clicks > 0 ? share : null)),
    },
    { name: 'newest first', isOurs: false, values: rows.map(({ recency }) => recency) },
  ];
  const label = `Share of readers who opened a story, ${steps[0]} to ${steps.at(-1)}; the numbers stand below.`;
  return {
    chart: await drawLines({ series, steps, most: Math.ceil(most * 10) / 10, unit: 'percent', label }),
    rows: rows.toReversed().map(({ number, figures, share, recency }) => ({
      number,
      submitted: figures.submitted,
      openers: figures.openers,
      share: percent(share),
      recency: percent(recency),
      likes: figures.likes,
      left: figures.left,
      came: figures.came,
    })),
  };
}

/**
 * An estimate of what the newest stories first would have got: the share, times how often they would have put an answered
 * story among the first three against how often ours did, in the letters that were answered. Null where nothing was judged.
 */
function byRecency(share: number, judgement: Judgement | undefined): number | null {
  const { ours, recency } = judgement?.figures.metrics.hitRate ?? {};
  if (!ours || !recency || ours.mean === 0) return null;
  return Math.min(1, (share * recency.mean) / ours.mean);
}
