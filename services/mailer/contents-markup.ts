// The contents of a letter -> their rows as bytes, one half's; readers with the same contents share them.
import { foldText } from '../../core/letter/fold-text.ts';
import type { Slots } from '../../core/letter/letter-slots.ts';
import { htmlText } from '../../core/html-text.ts';
import type { Words } from '../../core/words.ts';
import type { ContentsRow, LetterContents } from './letter-contents.ts';
import { rememberValues } from './remember-values.ts';

interface Writing {
  slots: Slots;
  half: 'html' | 'text';
  words: Words;
  /** Looks at what a value does to its line, as for every value. */
  encode: (value: string) => Buffer;
  encodeMarkup: (markup: string) => Buffer;
}

/** Issues that were compiled before contents had rows have no part for them: what they say is one line. */
export function contentsMarkup(
  partOf: (part: string) => string | undefined,
  { slots, half, words, encode, encodeMarkup }: Writing,
): (contents: LetterContents, unmet: string) => Buffer {
  const [row, unmetRow] = [partOf('contents-row'), partOf('contents-unmet')];
  const shown = (value: string): string => {
    // It may not go over SMTP as it is.
    encode(value);
    return half === 'html' ? htmlText(foldText(value)) : value;
  };
  const fill = (part: string, { anchor = '', name = '', what = '', count = 0 }: Partial<ContentsRow>): string =>
    part.replace(slots.pattern, (_mark, slot: string) => {
      if (slot === 'what') return shown(what);
      if (slot === 'name') return shown(name);
      return slot === 'count' ? String(count) : anchor;
    });
  const writeRow = ({ name, what, count, anchor }: ContentsRow): string => {
    const line = what === '' ? `${name} (${count})` : words.say('letter.labelled', { what: `${name} (${count})`, link: what }); // prettier-ignore
    return half === 'html' ? fill(row!, { anchor, name, what, count }) : fill(row!, { what: line });
  };
  const write = rememberValues((_key: string, { rows }: LetterContents, unmet: string) => {
    if (row === undefined || unmetRow === undefined)
      return encode([...rows().map(({ name, count }) => `${name} ${count}`), unmet].filter(Boolean).join(' \u00b7 '));
    return encodeMarkup(rows().map(writeRow).join('') + (unmet === '' ? '' : fill(unmetRow, { what: unmet })));
  });
  return (contents, unmet) => write(`${contents.key}\n${unmet}`, contents, unmet);
}
