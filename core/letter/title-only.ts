// What a letter says under the title of an item whose source gives no text: a sentence about the source, from no source.
import type { StoryItemKind } from '../item-kinds.ts';

export const titleOnly: Readonly<Record<StoryItemKind, string>> = {
  paper: 'The source gives the title only.',
  post: 'The source gives the title only; the post is behind the link.',
  video: 'The source gives the title only; the talk is behind the link.',
};

/** Whether a sentence of a summary is one of these. */
export function isTitleOnly(text: string): boolean {
  return Object.values(titleOnly).includes(text);
}
