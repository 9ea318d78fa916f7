// What captions show, whoever gave them -> what is said: without marks of sounds, each line once; pure.
import type { Cue, ShownCue } from './cue.ts';
import { withoutRolling } from './rolling-captions.ts';
import { withoutSoundMarks } from './sound-marks.ts';

/** The one way of every provider: the words of each cue that are new in it, in one line. */
export function cleanCues(cues: readonly ShownCue[]): Cue[] {
  return withoutRolling(cues.map((cue) => ({ ...cue, text: withoutSoundMarks(cue.text) })));
}
