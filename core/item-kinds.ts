// The kinds of items and what each is called, wherever it is shown; pure.

/** What can be in a story; a digest tells many things at once and is in none. */
export type StoryItemKind = 'paper' | 'video' | 'post';
export const itemKinds = ['paper', 'video', 'post', 'digest'] as const satisfies readonly (StoryItemKind | 'digest')[];
export type ItemKind = (typeof itemKinds)[number];

/** Within a sentence or a line. */
export const itemKindNames = { paper: 'paper', video: 'talk', post: 'post' } as const satisfies Record<
  StoryItemKind,
  string
>;

/** At the beginning of one. */
export const itemKindTitles = { paper: 'Paper', video: 'Talk', post: 'Post' } as const satisfies Record<
  StoryItemKind,
  string
>;
