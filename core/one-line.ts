// Text that is shown as one line (a title, a name) -> the same without what is invisible, turns it round or runs out of its line; pure.
import { collapseSpaces } from './text/collapse-spaces.ts';

/**
 * Never meant in a name: control characters, marks of direction, embeddings, overrides and isolates (UAX #9; "Trojan Source", CVE-2021-42574),
 * joiners of words, deprecated format characters, fillers of Hangul, marks of interlinear notes.
 */
const invisible =
  /(?![\t\n\v\f\r])\p{Cc}|\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u{1d173}-\u{1d17a}]|\p{Surrogate}/gu;
/** Tags outside of a flag (🏴 and its tags), and more than one variation selector. */
const floods =
  /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,9})[\u{e0000}-\u{e007f}]|(?<=[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Vietnamese, Hebrew and Tibetan put up to four marks on a letter; what is more paints over the lines above. */
const towers = /(?<=\p{M}{4})\p{M}/gu;
/** Joiners shape letters (Persian, Hindi) and emoji; at the ends, one after the other, or behind scripts that join nothing they hide. */
const idleJoiners =
  /(?<![^\s\u200c\u200d])[\u200c\u200d]|(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hangul}\p{N}\p{P}])[\u200c\u200d]|[\u200c\u200d](?![^\s\u200c\u200d])/gu;
/** Most names are of these characters only, and are not looked at any closer. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*$/;

/** One line without invisible characters, spaces folded and trimmed. */
export function oneLine(text: string): string {
  if (plain.test(text)) return text.replace(/ {2,}/g, ' ').trim();
  const seen = text.replace(invisible, '').replace(floods, '').replace(towers, '').replace(idleJoiners, '');
  return collapseSpaces(seen);
}
