// Captions in XML (TTML, and the forms in which YouTube once gave them) -> cues; pure.
import { Parser } from 'htmlparser2';
import { decodeEntities } from '../clean/decode-entities.ts';
import type { ShownCue } from './cue.ts';

/** The root of each form. */
const roots =
  /^(?:<\?xml[^<>]{0,200}\?>\s{0,99})?(?:<!--[^<>]{0,2000}-->\s{0,99})?<(?:\w{1,10}:)?(tt|transcript|timedtext)[\s>]/i;

/** Whether a text is one of these forms. */
export function isTtml(text: string): boolean {
  return roots.test(text.slice(0, 3000));
}

/** Reads `<p begin end>` of TTML, `<text start dur>` in seconds, `<p t d>` in milliseconds; what has no time is no cue. */
export function readTtml(text: string): ShownCue[] {
  const cues: ShownCue[] = [];
  let open: ShownCue | undefined;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'br' && open) open.text += '\n';
        if (name !== 'p' && name !== 'text') return;
        const { begin, end, start, dur, t, d } = attributes;
        const startS = t === undefined ? secondsOf(begin ?? start) : Number(t) / 1000;
        if (startS === undefined || Number.isNaN(startS)) return;
        const lengthS = d === undefined ? secondsOf(dur) : Number(d) / 1000;
        open = { startS, endS: secondsOf(end) ?? startS + (lengthS ?? 0), text: '' };
        cues.push(open);
      },
      ontext: (words) => void (open && (open.text += words)),
      onclosetag(name) {
        if (name === 'p' || name === 'text') open = undefined;
      },
    },
    { xmlMode: false, lowerCaseTags: true },
  );
  // In HTML's mode "tt:p" is a name of its own.
  parser.end(text.replace(/<(\/?)(?:tt|ttml):/gi, '<$1'));
  // YouTube escapes twice.
  return cues.map((cue) => ({ ...cue, text: decodeEntities(cue.text) }));
}

/** "00:00:01.500", "00:01", "1.5s", "1500ms", "1.5"; undefined for frames and ticks, whose length stands elsewhere. */
function secondsOf(time: string | undefined): number | undefined {
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)(s|ms|m|h)?$/.exec(time?.trim() ?? '') ?? [];
  if (number !== undefined) return Number(number) * { s: 1, ms: 0.001, m: 60, h: 3600 }[unit ?? 's']!;
  const clock = /^(?:\d{1,3}:){1,2}\d{1,2}(?:[.,]\d{1,9})?(?=$|:)/.exec(time?.trim() ?? '')?.[0];
  return clock
    ?.replace(',', '.')
    .split(':')
    .reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
