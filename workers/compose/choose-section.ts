// a story -> the section it belongs in; pure.
import { sections } from '../../core/sections.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';

const known = new Set(sections.map(({ key }) => key));
/** Titles that announce a thing to use. */
const tool =
  /\b(?:dataset|benchmark suite|corpus|library|toolkit|open[- ]sourc\w+|python package|release[sd]?|v?\d+\.\d+(?:\.\d+)?)\b/i;

/** The section the source is fixed to, else by what the headline is: a paper, a tool, a talk, a post. */
export function chooseSection({ items }: UncarriedStory): string {
  const headline = items[0]!;
  if (headline.section !== null && known.has(headline.section)) return headline.section;
  if (headline.kind === 'paper') return 'publications';
  if (headline.keys.some((key) => key.startsWith('repo:'))) return 'tools';
  if (headline.kind === 'video') return 'talks';
  return tool.test(headline.title) ? 'tools' : 'posts';
}
