// What topics a week has, which earlier ones they continue, and what they are called.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { normalise } from '../../../core/math/vectors.ts';
import type { WindowItem, Story } from '../../../core/store/stories.ts';
import type { Topic } from '../../../core/store/topics.ts';
import { planTopics, type TopicPlan } from '../../../workers/cluster/plan-topics.ts';
import { topicIdentities } from '../../../workers/cluster/topic-identity.ts';
import { namesTaken, topicNamer } from '../../../workers/cluster/topic-name.ts';
import { weighWords } from '../../../workers/cluster/word-overlap.ts';
import { withoutBoilerplate } from '../../../workers/cluster/without-boilerplate.ts';

const subjects = {
  'Wind turbines': 'blades gusts offshore towers rotor bearings nacelle wake',
  'Sourdough bread': 'flour yeast oven crust dough rye starter loaf',
  'Bee colonies': 'queen hive pollen swarm mites honeycomb foraging brood',
  'Medieval castles': 'moat keep siege masonry drawbridge garrison rampart turret',
};
const names = Object.keys(subjects) as (keyof typeof subjects)[];

/** `count` stories of each subject with words drawn from its vocabulary, from number `from` on; those of `known` have a topic. */
function week({ from = 0, count = 20, about = names, topicOf = (_name: string): number | null => null } = {}) {
  const random = seededRandom(from + 1);
  const [seen, stories, vectors]: [WindowItem[], Story[], Map<number, { vector: Float32Array }>] = [[], [], new Map()];
  about.forEach((name) => {
    const axis = names.indexOf(name);
    const words = subjects[name].split(' ');
    for (let at = 0; at < count; at++) {
      const id = from + seen.length + 1;
      const drawn = Array.from({ length: 12 }, () => words[Math.floor(random() * words.length)]).join(' ');
      const vector = normalise(Float32Array.from({ length: 16 }, (_, place) => (place === axis ? 1 : 0) + (random() - 0.5) * 0.6)); // prettier-ignore
      const title = `${at % 3 === 0 ? 'Understanding' : 'Repairing'} ${name.toLowerCase()} with ${words[at % words.length]}`;
      seen.push({ id, kind: 'post', keys: [], mentions: [], title, text: `About ${name.toLowerCase()}: ${drawn}. The remaining ${at} paragraphs are for subscribers.`, publishedAt: new Date(0), storyId: id, why: 'first', promised: false, settled: false, sourceId: 1, isBackground: false }); // prettier-ignore
      stories.push({ id, headlineItemId: id, headlineBy: null, topicId: topicOf(name), firstSeen: new Date(0) });
      vectors.set(id, { vector });
    }
  });
  return { seen, stories, vectors };
}

function join(...weeks: ReturnType<typeof week>[]): Pick<TopicPlan, 'seen' | 'stories' | 'vectors'> {
  return {
    seen: weeks.flatMap(({ seen }) => seen),
    stories: weeks.flatMap(({ stories }) => stories),
    vectors: new Map(weeks.flatMap(({ vectors }) => [...vectors])),
  };
}

const standing = (id: number, name: string, namedBy: string | null = null): Topic => ({ id, name, keywords: [], namedBy }); // prettier-ignore
const none = { last: [], before: [], earlier: [] };
/** The stories that had a topic had it last week. */
const lastOf = (stories: readonly Story[]): TopicPlan['last'] => {
  const known = stories.filter(({ topicId }) => topicId !== null);
  const ids = [...new Set(known.map(({ topicId }) => topicId!))];
  return ids.map((topicId) => ({
    topicId,
    storyIds: known.filter((one) => one.topicId === topicId).map(({ id }) => id),
  }));
};

describe('the topics of a week', () => {
  it('are named by what the titles of their stories have in common, and not by what every text of a feed says', async () => {
    const topics = await planTopics({ ...week(), ...none });
    expect(topics.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(topics.flatMap(({ keywords }) => keywords).join(' ')).not.toMatch(/remaining|paragraph|subscriber/);
  });

  it('are not named by what a source puts before its titles', async () => {
    const given = week({ about: [...names, names[0]!] });
    // The last twenty have nothing in common but that they are links.
    const seen = given.seen.map((item, at) => {
      if (at < 80) return item;
      given.vectors.set(item.id, { vector: Float32Array.from({ length: 16 }, (_, axis) => Number(axis === 9)) });
      return { ...item, title: `Link: Zo${at}k and quu${at}x`, text: `Vra${at}m of bli${at}g.` };
    });
    const topics = await planTopics({ ...given, seen, ...none });
    expect(topics.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it('are the same in whatever order the stories come, and under whatever ids', async () => {
    const given = week();
    const once = await planTopics({ ...given, ...none });
    const turned = { ...given, seen: given.seen.toReversed(), stories: given.stories.toReversed() };
    expect(await planTopics({ ...turned, ...none })).toEqual(once);
    const renumber = (id: number) => 1000 - id;
    const renumbered = await planTopics({
      seen: given.seen.map((item) => ({ ...item, id: renumber(item.id), storyId: renumber(item.id) })),
      stories: given.stories.map((story) => ({ ...story, id: renumber(story.id), headlineItemId: renumber(story.id) })),
      vectors: new Map([...given.vectors].map(([id, one]) => [renumber(id), one])),
      ...none,
    });
    const groups = (topics: typeof once, idOf: (id: number) => number) => topics.map(({ name, storyIds }) => [name, storyIds.map(idOf).toSorted((a, b) => a - b)]); // prettier-ignore
    expect(groups(renumbered, renumber)).toEqual(groups(once, (id) => id));
  });

  it('are those of the papers, whatever a page says around their abstracts', async () => {
    const given = week();
    const page = 'Zusammenfassung auf dieser Seite: von einer Maschine';
    // Every fifth story has a page of one site, which says the same of all of them.
    const pages = given.stories.filter((_, at) => at % 5 === 0).map(({ id }) => {
      const paper = given.seen.find((item) => item.storyId === id)!;
      return { ...paper, id: 5_000 + id, kind: 'post' as const, text: `${paper.text} ${page} ${page} ${id}` };
    }); // prettier-ignore
    const sideways = normalise(Float32Array.from({ length: 16 }, (_, place) => Number(place === 15)));
    const seen = [...given.seen.map((item) => ({ ...item, kind: 'paper' as const })), ...pages];
    const vectors = new Map([...given.vectors, ...pages.map(({ id }) => [id, { vector: sideways }] as const)]);
    const topics = await planTopics({ ...given, seen, vectors, ...none });
    expect(topics.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(topics.map(({ storyIds }) => storyIds.length)).toEqual([20, 20, 20, 20]);
  });

  it('are divided where they are broad: of 600 stories none has more than 60, and few have less than ten', async () => {
    const topics = await planTopics({ ...week({ count: 150 }), ...none });
    const sizes = topics.map(({ storyIds }) => storyIds.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5);
    expect(new Set(topics.map(({ name }) => name)).size).toBe(topics.length);
  });
});

describe('an earlier topic', () => {
  const old = (id: number) => week({ topicOf: (name) => (name === 'Bee colonies' ? id : null), about: ['Bee colonies'] }); // prettier-ignore

  it('goes on where the new stories speak of the same', async () => {
    const given = join(old(7), week({ from: 500 }));
    const topics = await planTopics({
      ...given,
      last: lastOf(given.stories),
      before: [standing(7, 'Bee colonies')],
      earlier: [],
    });
    expect(topics.filter(({ id }) => id === 7).map(({ name }) => name)).toEqual(['Bee colonies']);
  });

  it('ends where they speak of something else, though the graph put them together', () => {
    const said = [...week({ about: ['Bee colonies'] }).seen, ...week({ from: 500, about: ['Bee colonies', 'Medieval castles'] }).seen]; // prettier-ignore
    const standingIds = said.map((_, at) => (at < 20 ? 7 : null));
    const idOf = (fresh: number[]) =>
      topicIdentities([{ numbers: [...Array(20).keys(), ...fresh], centroid: Float32Array.of(1) }, { numbers: [...said.keys()].slice(20).filter((at) => !fresh.includes(at)), centroid: Float32Array.of(1) }], {
        lastWeek: standingIds, thisWeek: standingIds.map(() => null), words: weighWords(said.map(({ title, text }) => `${title} ${text}`)), earlier: [], mean: Float32Array.of(0), fits: () => true,
      })[0]; // prettier-ignore
    const [bees, castles] = [[...Array(20).keys()].map((at) => 20 + at), [...Array(20).keys()].map((at) => 40 + at)];
    expect(idOf(bees)).toBe(7);
    expect(idOf(castles)).toBeNull();
  });

  it('that has ended by its name leaves what came in its place the id that an earlier search of this week gave it', async () => {
    const given = join(old(7), week({ from: 500 }));
    const searched = given.stories.map((story, at) => ({
      ...story,
      topicId: at < 20 || (at >= 60 && at < 80) ? 9 : null,
    }));
    const topics = await planTopics({ ...given, stories: searched, last: lastOf(given.stories), before: [standing(7, 'Knitted hats'), standing(9, 'Bee colonies')], earlier: [] }); // prettier-ignore
    expect(topics.filter(({ name }) => name === 'Bee colonies').map(({ id }) => id)).toEqual([9]);
    expect(topics.filter(({ id }) => id === 7)).toEqual([]);
  });

  it('is held against last week, however many searches of this week lie between', async () => {
    const given = join(old(7), week({ from: 500 }));
    // An earlier search of this week gave its id to stories on castles, and another to those on bees.
    const astray = given.stories.map((story, at) => ({
      ...story,
      topicId: at < 20 ? 7 : at >= 80 ? 7 : at >= 60 ? 9 : null,
    }));
    const last = lastOf(given.stories);
    const topics = await planTopics({ ...given, stories: astray, last, before: [standing(7, 'Bee colonies'), standing(9, 'Bees')], earlier: [] }); // prettier-ignore
    expect(topics.filter(({ id }) => id === 7).map(({ name }) => name)).toEqual(['Bee colonies']);
  });

  it('born this week goes with most of its stories', async () => {
    const given = week({ topicOf: (name) => (name === 'Bee colonies' ? 9 : null) });
    const topics = await planTopics({ ...given, ...none, before: [standing(9, 'Bee colonies')] });
    expect(topics.filter(({ id }) => id === 9).map(({ name }) => name)).toEqual(['Bee colonies']);
  });

  it('comes back by its mean when none of its stories is there any more, and not as one of another middle', () => {
    const [east, west] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const now = [{ numbers: [0], centroid: Float32Array.of(0.96, 0.28) }, { numbers: [1], centroid: Float32Array.of(0.6, 0.8) }]; // prettier-ignore
    const words = weighWords(['a', 'b']);
    const all = {
      lastWeek: [null, null],
      thisWeek: [null, null],
      words,
      mean: Float32Array.of(0.4, 0.5),
      fits: () => true,
    };
    expect(topicIdentities(now, { ...all, earlier: [{ topicId: 4, centroid: east }] })).toEqual([4, null]);
    expect(topicIdentities(now.slice(0, 1), { ...all, earlier: [{ topicId: 4, centroid: west }] })).toEqual([null]);
  });

  it('keeps the name a curator gave, and changes another only to one that shares a word with it', async () => {
    const given = join(old(7), week({ from: 500 }));
    const nameOf = async (before: Topic) =>
      (await planTopics({ ...given, last: lastOf(given.stories), before: [before], earlier: [] })).find(
        ({ id }) => id === 7,
      )?.name;
    expect(await nameOf(standing(7, 'The apiary', 'Olga'))).toBe('The apiary');
    expect(await nameOf(standing(7, 'Dying colonies'))).toBe('Bee colonies');
    expect(await nameOf(standing(7, 'Graph networks'))).toBeUndefined();
  });
});

describe('a name', () => {
  const text = (title: string) => ({ title, text: '' });

  const nameOf = (texts: { title: string; text: string }[], stories: number[] = [...texts.keys()]) =>
    topicNamer(texts).candidates(stories)[0]?.name;

  it.each([
    ['Language models', 'Large language models', false],
    ['Neural networks', 'Graph neural networks', false],
    ['RL', 'Reinforcement learning', false],
    ['Reward model', 'Reward models', false],
    ['Deep neural networks', 'Graph neural networks', true],
    ['Diffusion models', 'Diffusion language models', true],
    ['Image editing', 'Image segmentation', true],
  ])('is unlike every other: %s beside %s', (one, other, isFree) => {
    for (const [taken, asked] of [
      [one, other],
      [other, one],
    ] as const) {
      const given = namesTaken();
      given.take(taken);
      expect(given.isFree(asked)).toBe(isFree);
    }
  });

  it('is one phrase that tells its stories from others, never two words that stand side by side in none', () => {
    const about = [
      'Graph control of models and data',
      'Policy behaviour of models and data',
      'Graph policy of models and data',
    ];
    const other = 'Rain and models and data';
    const texts = [...about, ...about, ...Array<string>(12).fill(other)].map(text);
    const found = topicNamer(texts)
      .candidates([0, 1, 2, 3, 4, 5])
      .map(({ name }) => name);
    expect(found.join(' ')).not.toMatch(/ and |models|data/i);
  });

  it.each(['app', 'text', 'delay', 'feature', 'user'])('is no word alone that names nothing anywhere: "%s"', (word) => {
    const about = Array.from({ length: 6 }, (_, at) => text(`The ${word} of ${['bread', 'bees'][at % 2]}`));
    const named = topicNamer([...about, ...Array.from({ length: 30 }, () => text('Rain'))]).candidates([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(named.map(({ name }) => name.toLowerCase())).not.toContain(word);
    expect(named.length).toBeGreaterThan(0);
  });

  it('is no run of words that are each all over the week: "learning models"', () => {
    const about = Array.from({ length: 6 }, (_, at) =>
      text(`Learning models of bee ${['dances', 'colonies'][at % 2]}`),
    );
    const others = Array.from({ length: 24 }, (_, at) =>
      text(['Learning from rain', 'Models of rain', 'Rain'][at % 3]!),
    );
    const found = topicNamer([...about, ...others]).candidates([0, 1, 2, 3, 4, 5]);
    expect(found.map(({ name }) => name)).not.toContain('Learning models');
    expect(found[0]?.name).toMatch(/bee/i);
  });

  it('says what its titles are about before what their texts mention', () => {
    const texts = [
      ...Array.from({ length: 6 }, (_, at) => ({ title: `Machine unlearning ${'abcdef'[at]}`, text: 'It keeps knowledge transfer.' })),
      ...Array.from({ length: 6 }, () => ({ title: 'Knowledge transfer', text: 'Between tasks.' })),
      ...Array.from({ length: 24 }, () => text('Weather')),
    ]; // prettier-ignore
    expect(nameOf(texts, [0, 1, 2, 3, 4, 5])).toBe('Machine unlearning');
  });

  it('is written as people write it: "Gaussian" large, "low-rank" small, patients in the plural', () => {
    const texts = (title: string, body: string) => [...Array.from({ length: 6 }, () => ({ title, text: body })), ...Array.from({ length: 30 }, () => text('Rain'))]; // prettier-ignore
    const six = [0, 1, 2, 3, 4, 5];
    expect(nameOf(texts('Editing 3D Gaussian Splatting', 'We edit Gaussian splatting scenes.'), six)).toBe('3D Gaussian splatting'); // prettier-ignore
    expect(nameOf(texts('Fast Low-Rank Adaptation', 'We do low-rank adaptation.'), six)).toBe('Fast low-rank adaptation'); // prettier-ignore
    expect(nameOf(texts('For Patients', 'A patient.'), six)).toBe('Patients');
  });

  it('ends in a word that ends phrases: not "Convolutional neural" of "convolutional neural networks"', () => {
    const texts = Array.from({ length: 8 }, (_, at) => text(`${['Fast', 'Small', 'Fair', 'Robust'][at % 4]} convolutional neural networks`)); // prettier-ignore
    expect(nameOf(texts)).toMatch(/networks$/);
  });

  it('is none where stories have no word in common', () => {
    const texts = ['Rain', 'Opera', 'Tax', 'Football', 'Chess', 'Ships', 'Cheese', 'Moss'].map(text);
    expect(nameOf(texts)).toBeUndefined();
  });
});

it('what four texts say word for word, but for numbers, is a formula of their source', () => {
  const texts = ['Bees dance.', 'Rotors hum.', 'Dough rises.', 'Moats leak.'];
  const formulas = texts.map((text, at) => `${text} Read the other ${at}0 pages for $5.`);
  expect(withoutBoilerplate([...formulas, 'Read the other pages.', 'Read the other 8 pages for $9.'])).toEqual([...texts, 'Read the other pages.', 'Read the other 8 pages for $9.']); // prettier-ignore
  expect(withoutBoilerplate(['Show HN: a map', 'Show HN: a lamp', 'Show HN: a bell', 'Show HN: a door'])).toEqual([' a map', ' a lamp', ' a bell', ' a door']); // prettier-ignore
});
