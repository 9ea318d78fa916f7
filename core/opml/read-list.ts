// Runs in the thread: reads a list of feeds; errors return as values, since classes do not cross threads.
import { PermanentError } from '../errors.ts';
import { readOpml, type OpmlList } from './read-opml.ts';

export function readList(text: string): { read: OpmlList } | { refused: string } {
  try {
    return { read: readOpml(text) };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { refused: error.message };
  }
}
