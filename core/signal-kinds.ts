// THE SIGNALS OF READERS: one row each. Letters, pages, private feeds, ranking, judging and the schema's checks derive from it.

export interface SignalKindRow {
  /** -1 to 1: how much it moves what a reader gets next; below 0 pushes away. 1 is as much as an interest somebody wrote down. */
  weight: number;
  /** What it is worth when letters are judged, from 0 for nothing; see `ndcg`. */
  gain: number;
  /** On the preferences page: "liked", before how long ago. */
  did: string;
  /** Under a pick, before the title of the story: "you liked". */
  because: string;
  /** The button that gives it; left out where it is given by doing something, as by opening a story. */
  button?: SignalButton;
  /** The signal on the same story that it takes back. */
  opposite?: string;
  /** The board of saved stories counts it. */
  isSaved?: true;
}

export interface SignalButton {
  /** In a letter and under a story. */
  words: string;
  /** There, once it was pressed. */
  given: string;
  /** On its own page. */
  onPage: string;
  /** There, once it was pressed. */
  done: string;
  /** What comes of it. */
  effect: string;
}

const rows = {
  like: {
    weight: 1,
    gain: 2,
    did: 'liked',
    because: 'you liked',
    opposite: 'dislike',
    button: {
      words: 'More like this',
      given: 'You asked for more',
      onPage: 'More like this',
      done: 'Noted: more like this.',
      effect: 'Your next issues favour stories like it.',
    },
  },
  dislike: {
    weight: -1,
    gain: 0,
    did: 'asked for less',
    because: 'you asked for less like',
    opposite: 'like',
    button: {
      words: 'Less',
      given: 'You asked for less',
      onPage: 'Less like this',
      done: 'Noted: less like this.',
      effect: 'Your next issues have fewer stories like it.',
    },
  },
  save: {
    weight: 0.8,
    gain: 2,
    did: 'saved',
    because: 'you saved',
    isSaved: true,
    button: {
      words: 'Save',
      given: 'Saved',
      onPage: 'Save this story',
      done: 'Saved.',
      effect: 'It counts as a strong sign of what you like.',
    },
  },
  // It says "opened", not "wanted"; given by `core/store/clicks.ts`, when a person did it.
  click: { weight: 0.3, gain: 1, did: 'opened', because: 'you opened' },
} satisfies Record<string, SignalKindRow>;

export type SignalKind = keyof typeof rows;
export const signalKinds: Readonly<Record<SignalKind, SignalKindRow>> = rows;
export const signalNames = Object.keys(rows) as readonly SignalKind[];

/** The signals that are given by a button, in the order of their buttons. */
export const signalButtons: readonly (SignalButton & { kind: SignalKind })[] = signalNames.flatMap((kind) => {
  const { button } = signalKinds[kind];
  return button ? [{ kind, ...button }] : [];
});

/** The signal on the same story that this one takes back. */
export function oppositeOf(kind: SignalKind): SignalKind | undefined {
  return signalNames.find((name) => name === signalKinds[kind].opposite);
}

/** The signals that ask for more; dislikes teach nothing about others. */
export const likingSignals: readonly SignalKind[] = signalNames.filter((kind) => signalKinds[kind].weight > 0);

/** The signals that the board of saved stories counts. */
export const savedSignals: readonly SignalKind[] = signalNames.filter((kind) => signalKinds[kind].isSaved);

/** Whether what is called so is a signal that asks for less. */
export function pushesAway(kind: string): boolean {
  return Object.hasOwn(signalKinds, kind) && signalKinds[kind as SignalKind].weight < 0;
}
