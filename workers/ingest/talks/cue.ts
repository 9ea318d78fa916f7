// What captions are made of, whoever gave them.

/** Words that are said from a moment on. */
export interface Cue {
  startS: number;
  text: string;
}

/** What captions show from one moment to another; its lines are as they were shown. */
export interface ShownCue extends Cue {
  endS: number;
}
