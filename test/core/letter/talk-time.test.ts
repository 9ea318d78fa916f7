// Where a link to a second of a talk leads.
import { expect, test } from 'vitest';
import { atSecond } from '../../../core/letter/talk-time.ts';

test.each([
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s'],
  ['https://cdn.example/1.mp3?sign=a%2Bb', 'https://cdn.example/1.mp3?sign=a%2Bb#t=90'],
  ['https://pod.example/episodes/1', 'https://pod.example/episodes/1?t=90s'],
  ['no address', 'no address'],
])('%s', (url, want) => {
  expect(atSecond(url, 90)).toBe(want);
});
