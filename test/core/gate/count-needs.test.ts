// What a reader needs that the markup of a letter must have.
import { expect, test } from 'vitest';
import { countNeeds } from '../../../core/gate/gather-facts.ts';

test.each([
  ['<img src="/a.png" alt="A map">', 0],
  ['<img src="/a.png" alt="">', 0],
  // As MJML and our own templates break their lines.
  ['<img src="/a.png" width="592"\nalt="A map" style="border:0">', 0],
  ['<img src="/a.png"\n\t style="border:0"\n\talt="A map">', 0],
  ['<img src="/a.png"><p title=" alt=">', 1],
  ['<img src="/a.png" data-alt="no"><img src="/b.png">', 2],
])('%j has %i pictures without an alternative text', (html, count) => {
  expect(countNeeds(html).imagesWithoutAlt).toBe(count);
});
