// A line of a caption file -> from when to when its cue is shown; pure.

export interface TimeLine {
  /** In seconds; undefined where it cannot be read. */
  startS: number | undefined;
  endS: number | undefined;
  /** What stands behind the times and is no setting such as "align:start". */
  rest: string;
}

/** Translators by machine and old editors write other arrows. */
const arrow = /-->|->|[–—]>|→/;
/** "00: 00: 01, 500" too. */
const endTime = /^\s*(\d{1,9}(?:\s?[:.,;]\s?\d{1,9}){1,4})(.*)$/;

/**
 * Reads a line with an arrow and times around it; undefined for words. Behind "-->" the line is one of times even where the
 * first cannot be read.
 */
export function readTimeLine(line: string): TimeLine | undefined {
  if (line.length > 300) return undefined;
  const found = arrow.exec(line);
  if (!found) return readPairOfTimes(line);
  const left = line.slice(0, found.index).normalize('NFKC').trim();
  const right = line.slice(found.index + found[0].length).normalize('NFKC');
  const [, end = '', rest = ''] = endTime.exec(right) ?? [];
  const startS = readCueTime(left.replace(/^\d+\s+(?=\d+\s?:)/, ''));
  const endS = readCueTime(end);
  const isTime =
    found[0] === '-->' ? startS !== undefined || looksTimed(left, right) : startS !== undefined && endS !== undefined;
  return isTime ? { startS, endS, rest: endS === undefined ? '' : spokenIn(rest) } : undefined;
}

/** "0:00:01.000,0:00:03.500" alone on a line: SBV, as YouTube Studio writes it. */
function readPairOfTimes(line: string): TimeLine | undefined {
  const times = line.trim().split(',');
  if (times.length !== 2 || times.some((time) => time.split(':').length !== 3 || !time.includes('.'))) return undefined;
  const [startS, endS] = times.map(readCueTime);
  return startS === undefined || endS === undefined ? undefined : { startS, endS, rest: '' };
}

/**
 * Seconds of "1:02:03,4", "02:03.400", "3.4" or "00:00:03:12" (frames, of which 25 are taken for a second; three digits are
 * milliseconds); undefined for anything else.
 */
function readCueTime(text: string): number | undefined {
  const [whole, hours = '0', minutes = '0', seconds, mark, parts] =
    /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,5})(?:([.,:;])(\d{1,9}))?$/.exec(text.replace(/\s+/g, '')) ?? [];
  if (whole === undefined || (!whole.includes(':') && mark === undefined)) return undefined;
  const isFrames = (mark === ':' || mark === ';') && parts!.length < 3;
  const fraction = parts === undefined ? 0 : isFrames ? Number(parts) / 25 : Number(`0.${parts}`);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + fraction;
}

/** Digits and a colon on a side: a time that somebody broke, not "x --> y" in a talk about code. */
function looksTimed(left: string, right: string): boolean {
  return /\d\s?:/.test(left) || endTime.test(right);
}

/** Settings are words with a colon each; what is none was said. */
function spokenIn(rest: string): string {
  const words = rest.trim().split(/\s+/);
  return words.every((word) => /^[A-Za-z]\w*:\S+$/.test(word)) ? '' : rest.trim();
}
