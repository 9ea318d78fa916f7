// The first page of an issue: what leads, what stands beside it, and what somebody's letter would have begun with.
import { describe, expect, test } from 'vitest';
import { layOutFront, topicsOf } from '../../../services/web/front-page.ts';
import { wholeTitle } from '../../../services/web/whole-title.ts';
import { createPeek } from '../../../services/web/peek.ts';
import { showTrends } from '../../../services/topic-weather.ts';
import { topicsToOffer } from '../../../services/web/topics-now.ts';
import type { TopicWeather } from '../../../core/store/topic-weeks.ts';
import { sql } from '../../../core/db.ts';
import { openApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';
import { madeUpCard as card, madeUpSections as sections } from './made-up-card.ts';

describe('the layout', () => {
  test('a pick leads though others come first, three stand beside it, and no story is there twice', () => {
    const cards = Array.from({ length: 12 }, (_, at) => card(at + 1, at >= 5 ? { role: 'pick' } : {}));
    const front = layOutFront({ sections, cards: [...cards, card(13, { section: 'tools' })] })!;
    expect(front.lead.id).toBe(6);
    expect(front.beside.map(({ id }) => id)).toEqual([7, 8, 9]);
    expect(front.columns.map(({ name, count }) => `${name}: ${count}`)).toEqual([
      'Publications: 8 stories',
      'Tools: 1 story',
    ]);
    expect(front.columns[0]!.cards.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    // Nine in all: of one section alone all nine, and three where there are many.
    const alone = layOutFront({ sections, cards: Array.from({ length: 20 }, (_, at) => card(at + 1)) })!;
    expect(alone.columns.map(({ cards: own }) => own.length)).toEqual([9]);
    // A count of more than stand there says where the others are.
    expect(alone.columns.map(({ count, more }) => [count, more])).toEqual([['16 stories', '7 more in the issue']]);
    expect(front.columns.map(({ more }) => more)).toEqual(['3 more in the issue', '']);
    const part = layOutFront({ sections, cards: Array.from({ length: 20 }, (_, at) => card(at + 1)), isWhole: false })!;
    expect(part.columns.map(({ count, more }) => [count, more])).toEqual([['', '']]);
  });

  test('an issue without picks begins with its first story, and one without stories has no front', () => {
    expect(layOutFront({ sections, cards: [card(4), card(2)] })!.lead.id).toBe(4);
    expect(layOutFront({ sections, cards: [] })).toBeUndefined();
  });

  test('says in which forms a story is told', () => {
    const also = ['talk at 12:40 on Talks', 'post on A', 'post on B'].map((label) => ({
      label,
      url: 'https://a.example/',
    }));
    const front = layOutFront({ sections, cards: [card(1), card(2, { also, minutes: 5 })] })!;
    expect(front.beside[0]!.forms).toBe('Paper, talk at 12:40, 2 posts · 5 min');
  });

  test('offers the topics that most stories have', () => {
    expect(topicsOf([card(1, { topic: 'Speech' }), card(2, { topic: 'Vision' }), card(3, { topic: 'Vision' }), card(4)])).toEqual(['Vision', 'Speech']); // prettier-ignore
  });
});

test('the way to the whole issue gives titles whole that were cut for its subject, and what a curator wrote as it is', () => {
  const cards = [
    card(1, { title: 'ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators' }),
    card(2, { title: 'Sampling in $O(n^2)$ steps, and how to make do with less of them' }),
  ];
  expect(wholeTitle('Momentum Contrast; Pre-training Text Encoders as Discriminators Rather Than…', cards)).toBe(
    'Momentum Contrast; ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators',
  );
  expect(wholeTitle('Sampling in O(n²) steps, and how…; What now…', cards)).toBe(
    'Sampling in O(n²) steps, and how to make do with less of them; What now…',
  );
});

test('so does the first page', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  const link = async () => /<strong>Read the whole issue<\/strong>: ([^<]*)/.exec((await app.inject('/')).body)?.[1];
  await db.run(sql`update issues set title = 'Attention…; and more' where id = 1`);
  expect(await link()).toBe('Attention pays; and more');
});

describe('the peek', () => {
  const { picks, count } = createPeek(
    [
      card(1, { role: 'pick', title: 'A story for all' }),
      card(2, { title: 'Recognising speech on a phone', summary: ['Speech recognition without a network.'] }),
      card(3, { title: 'Speech synthesis' }),
      card(4, { title: 'Graphs' }),
    ],
    new Set(),
  );

  const stated = (...all: string[]) => all.map((words) => ({ words, weight: 100 }));

  test('what counts less comes later, and what is there is counted', () => {
    const both = (first: number, second: number) =>
      picks([{ words: 'speech', weight: first }, { words: 'graphs', weight: second }])[0]!.id; // prettier-ignore
    expect([both(10, 100), both(100, 10)]).toEqual([4, 3]);
    expect(['speech', 'speech recognition', 'knitting', 'the'].map(count)).toEqual([2, 1, 0, 0]);
  });

  test('a reason is given only where every word of the interest stands in the story', () => {
    expect(picks(stated('speech recognition')).map(({ id, why }) => `${id} ${why}`)).toEqual([
      "2 matches 'speech recognition'",
      '1 everybody gets this one',
      '3 new this week',
    ]);
  });

  test('what is chosen for one reader comes before what everybody gets, however well that fits, and each says all its reasons', () => {
    const most = createPeek(
      [
        ...[1, 2, 3].map((id) => card(id, { role: 'pick', title: 'Speech speech' })),
        card(4, { title: 'On speech, and on much else that a week of robots brought' }),
      ],
      new Set([1]),
    );
    expect(most.picks(stated('speech')).map(({ id, why }) => `${id} ${why}`)).toEqual([
      "4 matches 'speech'",
      "1 editor’s pick · matches 'speech'",
      "2 everybody gets this one · matches 'speech'",
    ]);
    expect(most.unmet(stated('speech'))).toBe('');
    expect(most.unmet(stated('speech', 'knitting', 'law'))).toBe('Nothing on knitting and law this week.');
  });

  test('an interest that is the name of a topic finds the stories of it, whatever their own words', () => {
    const topical = createPeek(
      [card(1, { title: 'Grokking', topic: 'Graph and attention' }), card(2, { title: 'Robots' })],
      new Set(),
    );
    expect(['Graph and attention', 'robots', 'graph robots'].map(topical.count)).toEqual([1, 1, 0]);
    expect(topical.picks(stated('Graph and attention'))[0]).toMatchObject({ id: 1, why: 'because you follow Graph and attention' }); // prettier-ignore
  });

  test('a pick that an editor made is said to be one, and what was suggested is not', () => {
    const two = [card(1, { role: 'pick' }), card(2, { role: 'pick' })];
    expect(
      createPeek(two, new Set([2]))
        .picks([])
        .map(({ id, why }) => `${id} ${why}`),
    ).toEqual(['1 everybody gets this one', '2 editor’s pick']);
  });

  test('who follows what nobody wrote about gets what everybody gets', () => {
    expect(picks(stated('knitting patterns', ' ', 'the')).map(({ why }) => why)).toEqual([
      'everybody gets this one',
      'new this week',
      'new this week',
    ]);
  });

  test('the page that asks for it while somebody types sends nothing of the reader, and escapes what it says', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    const first = await app.inject('/');
    expect(first.body).toContain('data-fields="lang interests"');
    const answer = await app.inject('/subscribe/peek?interests=attention&interests=%3Cb%3Eattention');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('because you follow attention');
    expect(answer.body).not.toContain('<b>');
    expect(answer.body).not.toContain('this week.');
    expect((await app.inject('/subscribe/peek?interests=knitting')).body).toContain('Nothing on knitting this week.');
    expect((await app.inject(`/subscribe/peek?interests=${'x'.repeat(300)}`)).statusCode).toBe(400);
  });
});

test('chips, labels and map of the first page name topics as they are called today, as the weather does', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update stories set first_seen = '2026-11-18'`);
  await db.run(sql`update topics set name = 'attention in all places', named_by = 'Olga'`);
  for (const path of ['/', '/subscribe']) {
    const { body } = await app.inject(path);
    expect(body).toContain('name="interests" value="attention in all places"');
    expect(body).not.toContain('value="attention"');
  }
  const { body } = await app.inject('/');
  expect(body).toContain('The lead · attention in all places');
  // The issue stays as it was approved.
  const issue = (await app.inject('/issues/2026-w47')).body;
  expect(issue).not.toContain('The lead · attention in all places');
  expect(issue.split('now: attention in all places')).toHaveLength(2);
  expect(issue.replace('now: attention in all places', '')).not.toContain('attention in all places');
  const day = /<p class="label">No 1 · ([^<]+)</.exec(issue)![1]!;
  expect(issue.split(`Names and counts as of ${day}`)).toHaveLength(2);
});

const topicOf = (name: string, weeks: number[], more: Partial<TopicWeather> = {}): TopicWeather => ({ id: 1, name, namedBy: null, keywords: [], stories: 9, weeks, shares: weeks.map(() => 0.1), areaId: null, kind: null, other: null, otherId: null, isThisWeek: true, ...more }); // prettier-ignore

test('before topics were found, the form offers those of the issue; one that faded is not offered', () => {
  expect(topicsToOffer([], ['speech'])).toEqual(['speech']);
  expect(topicsToOffer([topicOf('gone', [3, 2], { kind: 'faded' }), topicOf('robots', [3, 2]), topicOf('quiet', [3, 0])], ['speech'])).toEqual(['robots']); // prettier-ignore
});

test('while a week has no story yet, weather and form are those of the week before', () => {
  const monday = [topicOf('gone', [9, 0], { kind: 'merged' }), topicOf('speech', [2, 0]), topicOf('robots', [4, 0]), topicOf('old', [0, 0])]; // prettier-ignore
  expect(topicsToOffer(monday, ['of the issue'])).toEqual(['robots', 'speech']);
  const trends = showTrends(monday);
  expect(trends.map(({ name, count }) => [name, count])).toEqual([['robots', 4], ['speech', 2]]); // prettier-ignore
  expect(trends[0]!.words).toBe('Part of all new stories a week, last week at the end: 10%.');
  // Topics that were first found on that Monday have no week to draw.
  expect(showTrends([topicOf('new', [4, 0], { shares: [null, 0] })])).toEqual([]);
  expect(showTrends([topicOf('robots', [4, 1])])[0]!.words).toContain('this week at the end');
});

test('one topic with a story of a Monday is no weather: until three have one, or half as many as before, it is that of last week', () => {
  const monday = (counts: [last: number, now: number][]) => counts.map(([last, now], at) => topicOf(`topic ${at}`, [last, now])); // prettier-ignore
  const counts = (weeks: [number, number][]): number[] => showTrends(monday(weeks)).map(({ count }) => count);
  expect(counts([[9, 0], [7, 1], [5, 0], [4, 0]])).toEqual([9, 7, 5, 4]); // prettier-ignore
  expect(counts([[9, 3], [7, 1], [5, 2], [4, 0]])).toEqual([3, 2, 1]); // prettier-ignore
  expect(counts([[9, 0], [0, 2]])).toEqual([2]); // prettier-ignore
});

test('the weather of the first page names the week it is of', async () => {
  const { app, db, clock } = await openApp();
  await seedSentIssue(db);
  await db.run(sql`update stories set first_seen = '2026-11-18'`);
  await db.run(sql`insert into topic_weeks (topic_id, week, story_ids, centroid, model, found)
    select id, '2026-11-09', '{}', '\\x00', 'm', 0 from topics`);
  const head = async () => /<h2 id="weather"><a href="\/topics">([^<]*)/.exec((await app.inject('/')).body)?.[1];
  expect(await head()).toBe('Topic weather, week of Mon 16 Nov 2026');
  // On the Monday after nothing is told yet, and what is shown is of the week before.
  clock.now = new Date('2026-11-23T08:00:00Z');
  expect(await head()).toBe('Topic weather, week of Mon 16 Nov 2026');
});
