// Captions in their formats: words and times come through, markup, noise and rolling repeats do not.
import { describe, expect, test } from 'vitest';
import { PermanentError } from '../../../../core/errors.ts';
import { describeUnread, parseCaptions } from '../../../../workers/ingest/talks/captions.ts';
import { cleanCues } from '../../../../workers/ingest/talks/clean-cues.ts';
import { segmentCues } from '../../../../workers/ingest/talks/segment-cues.ts';

const cuesOf = (text: string) => parseCaptions(text).cues;
const saidIn = (text: string) => cuesOf(text).map((cue) => cue.text);
const srt = (...cues: string[]) => cues.map((cue, at) => `${at + 1}\n${cue}\n\n`).join('');

test('SBV, as YouTube Studio writes it, has its times in pairs', () => {
  expect(cuesOf('0:00:01.000,0:00:03.500\nWe begin.\n\n0:00:03.500,0:00:05.000\nAt 3,5 or so.\n')).toEqual([
    { startS: 1, text: 'We begin.' },
    { startS: 3.5, text: 'At 3,5 or so.' },
  ]);
});

test('json3 events become cues; windows and line breaks are none', () => {
  const events = [
    { tStartMs: 0, dDurationMs: 9000, id: 1 },
    { tStartMs: 1500, segs: [{ utf8: 'Hello' }, { utf8: ' there', tOffsetMs: 300 }] },
    { tStartMs: 2000, aAppend: 1, segs: [{ utf8: '\n' }] },
    { tStartMs: 4000, segs: [{ utf8: '[Music]' }] },
    { tStartMs: 5000, segs: [{ utf8: '>> a < b & c' }] },
  ];
  expect(cuesOf(JSON.stringify({ wireMagic: 'pb3', events }))).toEqual([
    { startS: 1.5, text: 'Hello there' },
    { startS: 5, text: 'a < b & c' },
  ]);
});

test('the JSON of podcasts and of speech recognisers becomes cues, a word twice where it is said twice', () => {
  const podcast = [
    { speaker: 'Ada', startTime: 0.5, endTime: 0.75, body: 'very' },
    { speaker: 'Ada', startTime: 0.7, endTime: 1, body: 'very' },
    { startTime: 4, body: '[Music]' },
  ];
  expect(cuesOf(JSON.stringify({ version: '1.0.0', segments: podcast }))).toEqual([
    { startS: 0.5, text: 'very' },
    { startS: 0.7, text: 'very' },
  ]);
  expect(cuesOf('{"segments": [{"id": 0, "start": 3, "end": 4, "text": " cold water"}]}')).toEqual([
    { startS: 3, text: 'cold water' },
  ]);
});

describe('a file of cues', () => {
  const two = [
    { startS: 1, text: 'Ice forms.' },
    { startS: 3.5, text: 'It melts.' },
  ];
  test.each<[string, string]>([
    [
      'as it should be',
      '1\n00:00:01,000 --> 00:00:03,000\nIce forms.\n\n2\n00:00:03,500 --> 00:00:05,000\nIt melts.\n',
    ],
    ['without numbers', '00:00:01,000 --> 00:00:03,000\nIce forms.\n\n00:00:03,500 --> 00:00:05,000\nIt melts.'],
    [
      'with one number missing',
      '00:00:01,000 --> 00:00:03,000\nIce forms.\n\n7\n00:00:03,500 --> 00:00:05,000\nIt melts.',
    ],
    [
      'without empty lines',
      '1\n00:00:01,000 --> 00:00:03,000\nIce forms.\n2\n00:00:03,500 --> 00:00:05,000\nIt melts.',
    ],
    [
      'with an empty line in a cue',
      '1\n00:00:01,000 --> 00:00:03,000\nIce\n\nforms.\n\n2\n00:00:03,500 --> 00:00:05,000\nIt melts.',
    ],
    [
      'with every second line empty',
      '1\n\n00:00:01,000 --> 00:00:03,000\n\nIce forms.\n\n2\n\n00:00:03,500 --> 00:00:05,000\n\nIt melts.\n',
    ],
    ['without spaces and milliseconds', '00:00:01-->00:00:03\nIce forms.\n\n00:00:03,5-->00:00:05\nIt melts.'],
    [
      'with one digit for the hour and dots',
      '0:00:01.000 --> 0:00:03.000\nIce forms.\n\n0:00:03.500 --> 0:00:05.000\nIt melts.',
    ],
    ['in minutes', '00:01,000 --> 00:03,000\nIce forms.\n\n00:03,500 --> 00:05,000\nIt melts.'],
    [
      'with spaces in its times and another arrow',
      '00: 00: 01, 000 -> 00: 00: 03, 000\nIce forms.\n\n00: 00: 03, 500 -> 00: 00: 05, 000\nIt melts.',
    ],
    [
      'with coordinates',
      '1\n00:00:01,000 --> 00:00:03,000 X1:40 X2:600 Y1:20 Y2:50\nIce forms.\n\n2\n00:00:03,500 --> 00:00:05,000  X1:1\nIt melts.',
    ],
    [
      'with words behind a time',
      '1\n00:00:01,000 --> 00:00:03,000 Ice forms.\n\n2\n00:00:03,500 --> 00:00:05,000\nIt melts.',
    ],
    [
      'with a number before a time',
      '1 00:00:01,000 --> 00:00:03,000\nIce forms.\n\n2 00:00:03,500 --> 00:00:05,000\nIt melts.',
    ],
    [
      'as WebVTT with names, notes and styles',
      'WEBVTT - talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE by\nhand\n\nfirst part\n00:01.000 --> 00:03.000 line:0 align:start\n<v Ada>Ice <c.loud>forms</c>.\n\nNOTE next\n\nsecond part\n00:03.500 --> 00:05.000\nIt melts.',
    ],
    [
      'as WebVTT with an empty line in a cue',
      'WEBVTT\n\n00:01.000 --> 00:03.000\nIce\n\nforms.\n\n00:03.500 --> 00:05.000\nIt melts.',
    ],
  ])('%s', (...[, text]) => {
    for (const end of ['\n', '\r\n', '\r\r\n', '\r']) {
      expect(parseCaptions(`\ufeff${text.replaceAll('\n', end)}`)).toEqual({ cues: two, unreadLines: [] });
    }
  });

  test('counts frames as a 25th of a second', () => {
    expect(cuesOf('00:00:01:00 --> 00:00:02:12\nOne\n\n01:00:03;20 --> 01:00:04;00\nTwo')).toEqual([
      { startS: 1, text: 'One' },
      { startS: 3603.8, text: 'Two' },
    ]);
  });

  test('keeps a number that is said, an arrow that is said, and words in angle brackets', () => {
    expect(
      saidIn(srt('00:00:01,000 --> 00:00:02,000\nHow many?\n42\n', '00:00:03,000 --> 00:00:04,000\nx --> y\nVec<T>')),
    ).toEqual(['How many? 42', 'x --> y Vec<T>']);
  });

  test('says which lines it could not read, and keeps the words below', () => {
    const captions = parseCaptions(
      'My film\n\n1\n00:00:01,000 --> 00:00:02,000\nIce.\n\n2\n00:xx:03,000 --> 00:00:04,000\nWater.',
    );
    expect(captions).toEqual({
      cues: [
        { startS: 1, text: 'Ice.' },
        { startS: 2, text: 'Water.' },
      ],
      unreadLines: [1, 8],
    });
    expect(describeUnread(captions)).toBe('lines 1, 8 not read');
  });
});

describe('captions that show words again', () => {
  test.each<[string, string[], string[]]>([
    ['in two lines', ['1 2 a b', '2 3 a b|c d', '3 4 c d|e f'], ['a b', 'c d', 'e f']],
    ['in three lines', ['1 2 a b', '2 3 a b|c d', '3 4 a b|c d|e f', '4 5 c d|e f|g h'], ['a b', 'c d', 'e f', 'g h']],
    ['as they grow', ['1 1.3 so', '1.3 1.6 so this', '1.6 2 so this is it'], ['so', 'this', 'is it']],
    [
      'in one line that moves on',
      ['1 2 we look at the', '2 3 look at the river', '3 4 the river in winter'],
      ['we look at the', 'river', 'in winter'],
    ],
    ['in a script without spaces', ['1 2 河流的冰', '2 3 河流的冰很厚', '3 4 冰很厚吗'], ['河流的冰', '很厚', '吗']],
    ['and again, alone', ['1 2 a b|c d', '2 2.01 c d', '2.01 3 c d|e f'], ['a b c d', 'e f']],
  ])('%s are kept once', (...[, cues, said]) => {
    const text = cues.map((cue) => cue.replace(/^(\S+) (\S+) /, '00:00:0$1 --> 00:00:0$2\n').replaceAll('|', '\n'));
    expect(saidIn(srt(...text))).toEqual(said);
  });

  test('later are said again', () => {
    expect(
      saidIn('WEBVTT\n\n00:01.0 --> 00:02.0\nYes.\n\n00:04.0 --> 00:05.0\nYes.\n\n00:09.0 --> 00:10.0\nYes.'),
    ).toEqual(['Yes.', 'Yes.', 'Yes.']);
  });

  test('once more where a sentence begins with the word that ended the last', () => {
    expect(saidIn(srt('00:00:01,000 --> 00:00:02,000\nwe had', '00:00:02,000 --> 00:00:03,000\nhad enough'))).toEqual([
      'we had',
      'had enough',
    ]);
  });
});

describe('marks of what is not said', () => {
  test.each([
    [
      'The loss (cross entropy) falls on [0, 1] for x in [a, b].',
      'The loss (cross entropy) falls on [0, 1] for x in [a, b].',
    ],
    ['We index list[i], call main() and train(model).', 'We index list[i], call main() and train(model).'],
    ['[Music]', ''],
    ['>> Ada: welcome [Applause] to the lecture', 'Ada: welcome to the lecture'],
    ['♪ la la ♪', ''],
    ['♪♪ hello', 'hello'],
    ['(upbeat music playing)', ''],
    ['and so (audience laughs) we went on', 'and so we went on'],
    ['*applause* thank you', 'thank you'],
    ['this is *very* cold', 'this is *very* cold'],
    ['（笑）【音楽】 はい', 'はい'],
    ['「はい」', '「はい」'],
    ['[Musik] guten Tag', 'guten Tag'],
    ['(door slams)', ''],
    ['[0, 1]', '[0, 1]'],
    ['what the [ __ ] is this', 'what the is this'],
    ['[inaudible 00:12:03] and then', 'and then'],
    ['we classify (music theory) texts', 'we classify (music theory) texts'],
  ])('%s', (shown, said) => {
    const cues = cleanCues([{ startS: 0, endS: 1, text: shown }]);
    expect(cues.map(({ text }) => text)).toEqual(said === '' ? [] : [said]);
    expect(saidIn(`WEBVTT\n\n00:00.000 --> 00:01.000\n${shown.replaceAll('>>', '&gt;&gt;')}`)).toEqual(
      said === '' ? [] : [said],
    );
  });
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
  expect(cuesOf(vtt)).toEqual([
    { startS: 0, text: 'so today we' },
    { startS: 2.01, text: 'look at R&D' },
  ]);
});

test.each(['{"error": "no"', '{"error": "come back later"}', '{}', '[]', '<html></html>', 'plain text', 'x --> y'])(
  '%s is no captions',
  (text) => {
    expect(() => parseCaptions(text)).toThrow(PermanentError);
  },
);

test('segments whose times are texts or unknown keep their words', () => {
  const segments = [
    { start: '1.5', text: 'first words' },
    { start: '4', text: 'second words' },
    { startTime: null, body: 'words at no time' },
  ];
  expect(cuesOf(JSON.stringify({ segments }))).toEqual([
    { startS: 1.5, text: 'first words' },
    { startS: 4, text: 'second words' },
    { startS: 0, text: 'words at no time' },
  ]);
});

test('a video in which nobody speaks has no cues', () => {
  expect(cuesOf('{"wireMagic": "pb3"}')).toEqual([]);
  expect(cuesOf('WEBVTT\n')).toEqual([]);
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
