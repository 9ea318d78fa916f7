// What there is to say of the files of a folder, in sentences; apart from what reads them, so that a store needs no parser.
import type { FileNote, FileNotes } from '../parsed-item.ts';

/** The sentences for the source's row; null when there is nothing to say. */
export function describeFiles({ passedOver, unpublished, flawed, datedBack }: FileNotes): string | null {
  const sentences = [
    ...sentenceOf('Passed over', passedOver),
    ...sentenceOf('Not published yet', unpublished),
    ...sentenceOf('Not read as it should be', flawed),
    ...(datedBack > 0
      ? [
          `Files without a date of their own: ${datedBack}. They are dated 30 days back, so they are no news and get no story; to have one told, write a line such as "date: 2026-11-01" at its head and save it under another name.`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function sentenceOf(what: string, files: readonly FileNote[]): string[] {
  if (files.length === 0) return [];
  const named = files.slice(0, 5).map(({ path, why }) => `${path} (${why})`);
  const rest = files.length - named.length;
  return [`${what}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}
