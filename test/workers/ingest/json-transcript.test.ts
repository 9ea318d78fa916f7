// JSON without words is no talk in which nobody speaks.
import { expect, test } from 'vitest';
import { parseCaptions } from '../../../workers/ingest/talks/captions.ts';

test.each(['[{"id":1}]', '{"segments":[{"start":1},{"start":2}]}'])('%s is refused', (text) => {
  expect(() => parseCaptions(text)).toThrow('none of its entries has a text');
});

test('a silent transcript stays one', () => {
  expect(parseCaptions('{"segments":[]}').cues).toEqual([]);
});
