// Captions in forms that are neither WebVTT nor SRT, and marks that programs of speech recognition leave.
import { expect, test } from 'vitest';
import { parseCaptions } from '../../../../workers/ingest/talks/captions.ts';
import { readTranscript } from '../../../../workers/ingest/talks/read-transcript.ts';

function timed(text: string): (string | number)[][] {
  const { cues, isUntimed } = readTranscript({ body: new TextEncoder().encode(text), contentType: undefined, type: null, url: 'https://a.example/t' }); // prettier-ignore
  expect(isUntimed).toBeFalsy();
  return cues.map(({ startS, text: words }) => [startS, words]);
}

const cup = [[1, 'A cup & more'], [3.5, 'of tea']]; // prettier-ignore

test.each([
  ['TTML', '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.000" end="00:00:02">A cup<br/>&amp; more</p><p begin="3500ms">of <span>tea</span></p></div></body></tt>'],
  ['TTML under a prefix', '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:p begin="1s" end="2s">A cup &amp; more</tt:p><tt:p begin="3.5s" dur="1s">of tea</tt:p></tt:body></tt:tt>'],
  ['old ones of YouTube', '<transcript><text start="1" dur="2">A cup &amp;amp; more</text><text start="3.5" dur="1">of tea</text></transcript>'],
  ['less old ones', '<timedtext format="3"><body><p t="1000" d="2000"><s>A cup</s><s t="300"> &amp; more</s></p><p t="3500" d="1000">of tea</p></body></timedtext>'],
  ['whisper.cpp', '{"transcription":[{"offsets":{"from":1000,"to":2000},"text":" A cup & more"},{"offsets":{"from":3500,"to":4000},"text":" of tea"}]}'],
])('%s', (_, text) => {
  expect(timed(text)).toEqual(cup);
}); // prettier-ignore

test('times in brackets with words right behind them, as of songs', () => {
  expect(timed('[00:01.00]A cup & more\n[00:03.50]of tea')).toEqual([[1, 'A cup & more'], [3, 'of tea']]); // prettier-ignore
});

const said = (line: string) =>
  parseCaptions(`WEBVTT\n\n00:01.000 --> 00:02.000\n${line}\n\n00:05.000 --> 00:06.000\nWe begin.\n`).cues.map(({ text }) => text); // prettier-ignore

test.each([['[BLANK_AUDIO]'], ['- [Music]'], ['[♪♪♪]'], ['Speaker 1: [laughter]'], ['[ Pause ]'], ['- ♪']])(
  '%s is no speech',
  (line) => {
    expect(said(line)).toEqual(['We begin.']);
  },
);

test.each([
  ['well [BLANK_AUDIO] then', 'well then'],
  ['call f() and list[] now', 'call f() and list[] now'],
  ['the <div> tag', 'the <div> tag'],
  ['<p>Good morning</p>', 'Good morning'],
  ['<span style="color:red">Good</span> morning', 'Good morning'],
  ['Note:', 'Note:'],
  ['- Good morning. - Hello.', '- Good morning. - Hello.'],
])('%s is said', (line, words) => {
  expect(said(line)).toEqual([words, 'We begin.']);
});
