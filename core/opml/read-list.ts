// The thread's end of reading a list: classes of errors do not come through, so what is refused is a value.
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
