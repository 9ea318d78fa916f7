// A section of an issue -> its name in a language, unless it was called otherwise when the issue was approved; pure.
import { english, type Words } from './words.ts';

/** The name; that of the issue where it is not the one the section has in English. */
export function sectionName({ key, name }: { key: string; name: string }, words: Words): string {
  return english.sayOr(`section.${key}`, name) === name ? words.sayOr(`section.${key}`, name) : name;
}
