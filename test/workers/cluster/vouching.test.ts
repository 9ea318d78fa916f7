import { expect, it } from 'vitest';
import { titleWords } from '../../../workers/cluster/title-words.ts';
import { vouchingAmong } from '../../../workers/cluster/vouching.ts';
import { withoutSeries } from '../../../workers/cluster/without-series.ts';

interface Post {
  title: string;
  source?: number;
  lead?: string;
  day?: number;
  kind?: 'paper' | 'video' | 'post';
  keys?: string[];
  mentions?: string[];
}

const dayMs = 86_400_000;
const weekdays = [
  'cabbage',
  'granite',
  'harbour',
  'lantern',
  'meadow',
  'orchard',
  'pebble',
  'quarry',
  'saddle',
  'thicket',
];
/** What else was published: sixty posts of twelve sources, of which source 7 has its brand in every title. */
const others = Array.from({ length: 60 }, (_, at): Post => {
  const source = 1 + (at % 12);
  const word = `${weekdays[at % 10]}${Math.floor(at / 10)}`;
  return {
    source,
    title: source === 7 ? `Zubrin helps ${word} teams` : `How ${word} came to the village`,
    lead: `A ${word} was seen. We use it to bring books into the museum.`,
  };
});

function vouchedFor(pair: [Post, Post], above = 1.2): boolean {
  const items = [...pair, ...others].map((post, at) => ({
    kind: post.kind ?? ('post' as const),
    keys: post.keys ?? [`url:made.example/${at}`],
    mentions: post.mentions ?? [],
    head: {
      title: post.title,
      lead: post.lead ?? '',
      source: post.source ?? 100 + at,
      publishedAt: (post.day ?? 0) * dayMs,
    },
  }));
  return vouchingAmong(items, () => above).isVouched(0, 1);
}

it.each<[string, [Post, Post], boolean, number?]>([
  [
    'two rare names in both titles',
    [{ title: 'Vantor Labs buys Quillo' }, { title: 'Quillo joins Vantor Labs' }],
    true,
  ],
  [
    'a rare name of two words',
    [{ title: 'Ada Pemberley leaves the lab' }, { title: 'What Ada Pemberley plans' }],
    true,
  ],
  [
    'the same two names within one source',
    [
      { title: 'Ada Pemberley out at Vantor', source: 3 },
      { title: 'Ada Pemberley on Vantor', source: 3 },
    ],
    true,
  ],
  [
    'the same names eight days later',
    [{ title: 'Vantor Labs buys Quillo' }, { title: 'Quillo joins Vantor Labs', day: 8 }],
    false,
  ],
  ['one brand', [{ title: 'Use Zubrin in the kitchen' }, { title: 'Zubrin for a choir' }], false, 2.5],
  [
    'a source and its brand',
    [
      { title: 'How Zubrin helps bakers', source: 7 },
      { title: 'How Zubrin helps sailors', source: 7 },
    ],
    false,
    2.5,
  ],
  [
    'a rare word that is no name',
    [{ title: 'I built a museum of stairs' }, { title: 'The museum closes' }],
    false,
    2.5,
  ],
  ['the same words in brackets', [{ title: 'Orrin (YC Q99): desks' }, { title: 'Pallex (YC Q99): boats' }], false, 2.5],
  [
    'one title, told twice',
    [{ title: 'How fast are 10 tokens per second really?' }, { title: 'How fast are N tokens per second really?' }],
    true,
  ],
  [
    'one title by a column of one source',
    [
      { title: 'Letters to the editor', source: 3 },
      { title: 'Letters to the editor', source: 3 },
    ],
    true,
  ],
  [
    'two of a column that differ in a word',
    [
      { title: 'How sales teams use it', source: 3 },
      { title: 'How science teams use it', source: 3 },
    ],
    false,
  ],
  [
    'a link to the other from elsewhere',
    [
      { title: 'Worth reading', mentions: ['url:far.example/a'] },
      { title: 'Of stairs', keys: ['url:far.example/a'] },
    ],
    true,
  ],
  [
    'a link to the other within a site',
    [
      { title: 'Worth reading', source: 3, mentions: ['url:far.example/a'] },
      { title: 'Of stairs', source: 3, keys: ['url:far.example/a'] },
    ],
    false,
  ],
  [
    'a paper and a post with its name',
    [
      { title: 'QuillNet: Learning to Fold', kind: 'paper' },
      { title: 'QuillNet explained', lead: 'It folds.' },
    ],
    true,
  ],
  [
    'a paper on a thing and a post on that thing',
    [
      { title: 'Formalizing Attacks on Quillo for Local Agents', kind: 'paper' },
      { title: 'Vantor becomes Quillo', lead: 'It folds.' },
    ],
    false,
    1.66,
  ],
  [
    'a paper and a post that reads very much alike',
    [{ title: 'Learning to Fold', kind: 'paper' }, { title: 'On folding' }],
    true,
    1.8,
  ],
  [
    'a paper and a post that only reads alike',
    [{ title: 'Learning to Fold', kind: 'paper' }, { title: 'On folding' }],
    false,
  ],
  [
    'a paper and a talk that read very much alike',
    [
      { title: 'Learning to Fold', kind: 'paper' },
      { title: 'On folding', kind: 'video' },
    ],
    true,
    1.8,
  ],
])('%s', (...[, pair, vouched, above]) => {
  expect(vouchedFor(pair, above)).toBe(vouched);
  expect(vouchedFor([pair[1], pair[0]], above)).toBe(vouched);
});

it('asks nothing more of texts of which nothing else is known', () => {
  const bare = { kind: 'post' as const, keys: [], mentions: [] };
  expect(vouchingAmong([bare, bare], () => 1).isVouched(0, 1)).toBe(true);
});

it('titles lose what their source puts before several of them, and nothing else', () => {
  const titles = (list: [string, number][]) => withoutSeries(list.map(([title, source]) => ({ title, source })));
  expect(titles([['Ask All: stairs', 1], ['Ask All: boats', 1], ['Ask All: desks', 2]])).toEqual(['stairs', 'boats', 'Ask All: desks']); // prettier-ignore
  expect(
    titles([
      ['[Daily] One', 1],
      ['[Daily] Two', 1],
      ['[Daily]', 1],
    ]),
  ).toEqual(['One', 'Two', '[Daily]']);
  expect(
    titles([
      ['Quillo 2: faster', 1],
      ['Stairs', 1],
    ]),
  ).toEqual(['Quillo 2: faster', 'Stairs']);
});

it('reads words with whether they are written as names, in scripts without capitals all of them', () => {
  const read = (title: string) => titleWords(title).map(({ word, isCapital }) => (isCapital ? `${word}!` : word));
  expect(read("Google's I/O, GPT-5.5 and (YC P26) more")).toEqual(['google!', 'i/o!', 'gpt-5.5!', 'and', 'more']);
  expect(read('openai/whisper: robust')).toEqual(['openai', 'whisper', 'robust']);
  expect(read('新模型')).toEqual(['新模!', '模型!']);
});
