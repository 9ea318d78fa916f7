// transcripts/VIDEOID.txt -> the captions a video site would answer, as json3 or WebVTT; pure.

type TranscriptLine = { startMs: number; text: string };

/** The lines of `[mm:ss] text`; throws one sentence that names the line that has no time. */
export function readTranscript(text: string, file: string): TranscriptLine[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [, minutes, seconds, words] = /^\[(\d+):(\d\d)\] (.+)$/.exec(line) ?? [];
      if (words === undefined) throw new Error(`${file}: expected "[mm:ss] text", found "${line}"`);
      return { startMs: (Number(minutes) * 60 + Number(seconds)) * 1000, text: words };
    });
}

/** YouTube's json3: a window event without words, then one event a line, a segment a word. */
export function renderJson3(lines: TranscriptLine[]): string {
  const endMs = (lines.at(-1)?.startMs ?? 0) + lastLineMs;
  const events = lines.map((line, at) => ({
    tStartMs: line.startMs,
    dDurationMs: durationOf(lines, at),
    wWinId: 1,
    segs: line.text.split(/(?= )/).map((utf8) => ({ utf8 })),
  }));
  const window = { tStartMs: 0, dDurationMs: endMs, id: 1, wpWinPosId: 1, wsWinStyleId: 1 };
  return JSON.stringify({ wireMagic: 'pb3', events: [window, ...events] });
}

/** WebVTT with the header lines YouTube writes. */
export function renderVtt(lines: TranscriptLine[]): string {
  const cues = lines.map((line, at) => {
    const text = line.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `${vttTime(line.startMs)} --> ${vttTime(line.startMs + durationOf(lines, at))}\n${text}\n`;
  });
  return `WEBVTT\nKind: captions\nLanguage: en\n\n${cues.join('\n')}`;
}

const lastLineMs = 8000;

function durationOf(lines: TranscriptLine[], at: number): number {
  const [line, next] = [lines[at], lines[at + 1]];
  return line === undefined || next === undefined ? lastLineMs : next.startMs - line.startMs;
}

function vttTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}
