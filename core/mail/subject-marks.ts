// A subject -> the same without "Re:" and "Fwd:", as programs of several languages write them; and whether it had one; pure.
import { foldWords } from './fold-words.ts';

const forwardMarks = ['fwd', 'fw', 'wg', 'rv', 'tr', '转发', '轉寄'];
const marks = [...forwardMarks, 're', 'aw', 'antw', 'ref', 'rif', 'sv', 'vs', '回复', '回覆', '答复'];

/** `isForwarded`: somebody else may have written what is left. */
export function withoutReplyMark(subject: string): { text: string; isReply: boolean; isForwarded: boolean } {
  let text = subject.trim();
  let isReply = false;
  let isForwarded = false;
  for (;;) {
    const at = Array.from(text.slice(0, 12)).findIndex((one) => one === ':' || one === '\uff1a');
    // "Re[2]:" counts, as some programs do.
    const mark = at < 0 ? '' : foldWords(text.slice(0, at)).split('[', 1)[0]!;
    if (!marks.includes(mark)) return { text, isReply, isForwarded };
    text = text.slice(at + 1).trim();
    isReply = true;
    isForwarded ||= forwardMarks.includes(mark);
  }
}

/** How programs that answer by themselves begin a subject; several of them say so nowhere else. */
const automatic = ['automatic reply', 'auto reply', 'auto-reply', 'autoreply', 'auto:', 'out of office', 'out of the office', 'automatische antwort', 'abwesenheit', 'abwesend', 'respuesta automatica', 'fuera de la oficina', 'reponse automatique', 'absence du bureau', 'absent du bureau', '自动回复', '自動回覆', '自动答复', '外出']; // prettier-ignore

/** Whether a program wrote it. */
export function isAutomaticSubject(subject: string): boolean {
  const folded = foldWords(withoutReplyMark(subject).text);
  return automatic.some((start) => folded.startsWith(start));
}
