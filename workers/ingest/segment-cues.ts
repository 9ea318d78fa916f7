// Caption cues -> transcript segments of about a minute that end where a sentence does; pure.
import type { Segment } from '../../core/store/items.ts';
import type { Cue } from './captions.ts';

const enoughS = 60;
const mostS = 90;

/** Groups cues; a segment closes after 60 s at the end of a sentence, after 90 s anywhere (automatic captions have none). */
export function segmentCues(cues: readonly Cue[]): Segment[] {
  const segments: Segment[] = [];
  let open: Cue[] = [];
  cues.forEach((cue, at) => {
    open.push(cue);
    const next = cues[at + 1];
    const lengthS = (next?.startS ?? Infinity) - open[0]!.startS;
    const isDone = lengthS >= mostS || (lengthS >= enoughS && /[.!?。！？…]["')\]]?$/.test(cue.text));
    if (!isDone) return;
    segments.push({ startS: Math.max(0, Math.round(open[0]!.startS)), text: open.map(({ text }) => text).join(' ') });
    open = [];
  });
  return segments;
}
