// Captions in their formats: words and times come through, markup, noise and rolling repeats do not.
import { expect, test } from 'vitest';
import { PermanentError } from '../../../core/errors.ts';
import { parseCaptions } from '../../../workers/ingest/captions.ts';
import { segmentCues } from '../../../workers/ingest/segment-cues.ts';

test('json3 events become cues; windows and line breaks are none', () => {
  const events = [
    { tStartMs: 0, dDurationMs: 9000, id: 1 },
    { tStartMs: 1500, segs: [{ utf8: 'Hello' }, { utf8: ' there', tOffsetMs: 300 }] },
    { tStartMs: 2000, aAppend: 1, segs: [{ utf8: '\n' }] },
    { tStartMs: 4000, segs: [{ utf8: '[Music]' }] },
    { tStartMs: 5000, segs: [{ utf8: '>> a < b & c' }] },
  ];
  expect(parseCaptions(JSON.stringify({ wireMagic: 'pb3', events }))).toEqual([
    { startS: 1.5, text: 'Hello there' },
    { startS: 5, text: 'a < b & c' },
  ]);
});

test('automatic WebVTT rolls; every line is kept once, without its <c> tags', () => {
  const vtt = `WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%
 
so<00:00:00.500><c> today</c><00:00:01.000><c> we</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
so today we
 

00:00:02.010 --> 00:00:04.000 align:start position:0%
so today we
look<00:00:02.500><c> at</c> R&amp;D
`;
  expect(parseCaptions(vtt)).toEqual([
    { startS: 0, text: 'so today we' },
    { startS: 2.01, text: 'look at R&D' },
  ]);
});

test('SRT with hours and commas', () => {
  expect(parseCaptions('1\r\n01:00:01,500 --> 01:00:03,000\r\n<i>Late</i> words\r\n\r\n')).toEqual([
    { startS: 3601.5, text: 'Late words' },
  ]);
});

test.each(['{"error": "no"', '[]', '<html></html>', 'plain text'])('%s is no captions', (text) => {
  expect(() => parseCaptions(text)).toThrow(PermanentError);
});

test('a video in which nobody speaks has no cues', () => {
  expect(parseCaptions('{"wireMagic": "pb3"}')).toEqual([]);
});

test('a talk about one thing is cut into parts of two and a half minutes at most, at sentences where there are some', () => {
  const cues = Array.from({ length: 60 }, (_, n) => ({
    startS: n * 5,
    text: n % 2 ? 'a sentence ends.' : 'words and',
  }));
  const starts = segmentCues(cues).map(({ startS }) => startS);
  expect(starts).toEqual([0, 150]);
  const endless = cues.map(({ startS }) => ({ startS: startS * 2, text: 'words' }));
  expect(segmentCues(endless).map(({ startS }) => startS)).toEqual([0, 150, 300, 450]);
  expect(segmentCues([])).toEqual([]);
});
