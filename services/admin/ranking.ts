// `/desk/ranking`: how well the ranker did week by week, beside three plain ones, and what it takes the curators to like.
import type { FastifyInstance } from 'fastify';
import { describeRankModels } from '../../core/rank-model-words.ts';
import { sectionOf } from '../../core/sections.ts';
import {
  listJudgements,
  type JudgedMean,
  type Judgement,
  type Metric,
  type RankerName,
} from '../../core/store/judgements.ts';
import { pairFigures, type PairFigures } from '../../core/store/pairs.ts';
import { listRankModels, type RankModelFigures } from '../../core/store/rank-models.ts';
import { listSources } from '../../core/store/sources.ts';
import { currentTaste, type Taste } from '../../core/store/tastes.ts';
import { readableDate } from '../../core/week.ts';
import type { Room } from '../room.ts';
import { showDesk } from './desk.ts';
import { drawLines } from './draw-chart.ts';
import { plural } from '../../core/plural.ts';
import { percent, percentOf } from '../../core/percent.ts';

const weeksShown = 26;
/** With fewer answered letters an interval is wider than any difference between rankers seen so far. */
const fewestLetters = 30;
const likesShown = 8;
const modelsShown = 10;

const rankers: readonly { key: RankerName; name: string }[] = [
  { key: 'ours', name: 'Courant' },
  { key: 'tfidf', name: 'TF-IDF' },
  { key: 'recency', name: 'Newest' },
  { key: 'random', name: 'Chance' },
];
const metrics: readonly { key: Metric; name: string; meaning: string }[] = [
  { key: 'ndcg', name: 'nDCG', meaning: 'How near the order comes to the best one, 1 for the best: answers that stand early count more, a like or a save twice a click.' }, // prettier-ignore
  { key: 'hitRate', name: 'Hit rate', meaning: 'The share of answered letters with an answer among their first three personal picks.' }, // prettier-ignore
  { key: 'auc', name: 'AUC', meaning: 'The chance that a story that was answered stands before one that was not; .5 is chance.' }, // prettier-ignore
];

/** Registers the page. */
export function rankingRoom(desk: FastifyInstance, room: Room): void {
  const { db, config } = room.house;
  desk.get('/desk/ranking', async (request, reply) => {
    const judgements = await listJudgements(db, weeksShown);
    const weeks = judgements.map(({ week }) => readableDate(week, 'UTC').replace(/^\w+ /, ''));
    const latest = judgements.at(-1);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-ranking',
        isKeepable: true,
        title: 'Ranking',
        here: 'ranking',
        isWide: false,
        rankers,
        metrics: await Promise.all(metrics.map((metric) => showMetric(metric, judgements, weeks))),
        weeks: judgements.map((judgement, at) => showWeek(judgement, weeks[at]!)).toReversed(),
        rests: latest ? restsOn(latest) : null,
        judgedAt: latest ? readableDate(latest.madeAt, config.TIMEZONE) : null,
        models: (await listRankModels(db, modelsShown)).map(showModel),
        model: describeRankModels(await listRankModels(db, modelsShown)),
        taste: await showTaste(await currentTaste(db)),
        pairs: showPairs(await pairFigures(db)),
      },
    );
  });

  async function showTaste(taste: Taste | undefined) {
    if (!taste) return null;
    const titles = new Map((await listSources(db)).map(({ id, title }) => [`source:${id}`, title]));
    const order = Object.entries(taste.weights).toSorted(([, a], [, b]) => b - a);
    const show = ([name, weight]: [string, number]) => ({ words: titles.get(name) ?? featureWords(name), weight: signed(weight) }); // prettier-ignore
    return {
      choices: plural(taste.choices, 'choice', 'choices'),
      accuracy: taste.accuracy === null ? null : percent(taste.accuracy),
      likes: order.filter(([, weight]) => weight > 0.05).slice(0, likesShown).map(show), // prettier-ignore
      dislikes: order.filter(([, weight]) => weight < -0.05).slice(-likesShown).toReversed().map(show), // prettier-ignore
    };
  }
}

/** With fewer answers the share that was foreseen may lie .18 beside the true one (normal approximation). */
const fewestAnswers = 30;

/** What "this or that?" taught: of answers that were not given yet, how many were foreseen without and with the ones before. */
function showPairs({ answers, readers, byLot, informed }: PairFigures) {
  return {
    answers: plural(answers, 'answer', 'answers'),
    readers: plural(readers, 'reader', 'readers'),
    isAny: answers > 0,
    isEnough: informed.answers >= fewestAnswers,
    fewest: fewestAnswers,
    rows: [
      { name: 'All drawn by lot', count: byLot.answers, alone: percentOf(byLot.alone, byLot.answers), informed: '–' },
      { name: 'Of those, from readers who had answered before', count: informed.answers, alone: percentOf(informed.alone, informed.answers), informed: percentOf(informed.informed, informed.answers) }, // prettier-ignore
    ],
  };
}

/** A version, and why it is used or not. */
function showModel({ id, madeAt, readers, stories, signals, heldOut, recall, recallBefore, kept }: RankModelFigures) {
  const before = recallBefore === null ? null : percent(recallBefore, 1);
  const why = before === null ? 'the first' : kept ? 'finds more than the one before' : 'finds no more than the one before'; // prettier-ignore
  const made = readableDate(madeAt, 'UTC');
  return { id, made, readers, stories, signals, heldOut, recall: percent(recall, 1), before, outcome: kept ? 'Kept' : 'Refused', why }; // prettier-ignore
}

const plainFeatures: Record<string, string> = {
  breadth: 'told by many sources',
  kinds: 'told in several forms',
  freshness: 'fresh',
  'kind:paper': 'papers',
  'kind:video': 'talks',
  'kind:post': 'posts',
};

/** A feature of the taste in words; a source that is gone keeps its number. */
function featureWords(name: string): string {
  const [group, key = ''] = name.split(':');
  if (group === 'section') return `in ${sectionOf(key).name}`;
  return plainFeatures[name] ?? `source ${key}, gone`;
}

async function showMetric(
  { key, name, meaning }: (typeof metrics)[number],
  judgements: readonly Judgement[],
  weeks: readonly string[],
) {
  const series = rankers.map((ranker) => ({
    name: ranker.name,
    isOurs: ranker.key === 'ours',
    values: judgements.map(({ figures }) => figures.metrics[key][ranker.key]?.mean ?? null),
  }));
  const rows = judgements.map(({ figures }, at) => ({
    week: weeks[at]!,
    count: figures.metrics[key].ours?.count ?? 0,
    values: rankers.map((ranker) => showMean(figures.metrics[key][ranker.key], ranker.key !== 'random')),
  }));
  const label = `${name} by week, ${weeks[0]} to ${weeks.at(-1)}; the numbers stand below.`;
  const chart = await drawLines({ series, steps: weeks, most: 1, unit: 'share', label });
  return { key, name, meaning, chart, rows: rows.toReversed() };
}

function showWeek({ figures, number }: Judgement, week: string) {
  const { letters, exposures, answers, coverage, diversity, exploration } = figures;
  return {
    week,
    number,
    letters,
    exposures,
    answers,
    coverage: percent(coverage),
    diversity: showMean(diversity, false),
    exploration: percent(exploration),
  };
}

/** Says how much the newest figures can be trusted. */
function restsOn({ figures }: Judgement): { words: string; isEnough: boolean } {
  const count = figures.metrics.ndcg.ours?.count ?? 0;
  const which = count === 1 ? 'the one' : 'those';
  const of = `${count} of ${figures.letters} letters, ${which} in which a personal pick was answered`;
  if (count < fewestLetters)
    return { isEnough: false, words: `The newest figures rest on ${of}: too few to tell rankers apart. From ${fewestLetters} on they begin to.` }; // prettier-ignore
  return { isEnough: true, words: `The newest figures rest on ${of}.` };
}

function showMean(mean: JudgedMean, withInterval: boolean): string {
  if (!mean) return '–';
  const value = mean.mean.toFixed(2);
  return withInterval && mean.count > 1 ? `${value} ± ${mean.halfWidth.toFixed(2)}` : value;
}

function signed(weight: number): string {
  return `${weight > 0 ? '+' : '−'}${Math.abs(weight).toFixed(2)}`;
}
