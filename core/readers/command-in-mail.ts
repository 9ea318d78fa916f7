// The subject and the lines of a mail -> the command in it, if it is one; pure.
import { readCommand, type Command } from '../mail/read-command.ts';
import { withoutBullet } from '../mail/interests-in-mail.ts';
import { foldWords } from '../mail/fold-words.ts';
import { isGreeting } from '../mail/salutations.ts';
import { withoutReplyMark } from '../mail/subject-marks.ts';

/** Of "interests:" with a list below. */
const mostListed = 20;

/**
 * A subject that was typed comes first, then the first line that greets nobody. A subject with "Re:" is that of a letter, and
 * counts only where nothing was typed below it; one of a mail that is forwarded was written by somebody else.
 */
export function commandInMail(
  { subject, lines }: { subject: string; lines: readonly string[] },
  publication?: string,
): Command | undefined {
  const { text, isReply, isForwarded } = withoutReplyMark(subject);
  const typed = isReply ? undefined : readCommand(text, publication);
  if (typed) return withList(typed, lines);
  // "Hello, pause 2 weeks" greets and asks.
  const asks = (line: string): boolean => readCommand(line, publication) !== undefined;
  const at = lines.findIndex((line) => line !== '' && (asks(line) || !isGreeting(foldWords(line))));
  if (at < 0) return isReply && !isForwarded ? readCommand(text, publication) : undefined;
  const command = readCommand(lines[at]!, publication);
  return command && withList(command, lines.slice(at + 1));
}

/** What follows "interests:" line by line, up to an empty one. */
function withList(command: Command, below: readonly string[]): Command {
  if (command.is !== 'interests' || command.list !== '') return command;
  const start = below.findIndex(Boolean);
  const lines = start < 0 ? [] : below.slice(start, start + mostListed);
  const end = lines.indexOf('');
  const listed = (end < 0 ? lines : lines.slice(0, end)).map(withoutBullet);
  return { ...command, list: listed.join('\n') };
}
