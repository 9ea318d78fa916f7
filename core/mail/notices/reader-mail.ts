// A reader's reply that is no command, to the person whom letters name for replies; what they write back goes to the reader.
import type { ComposeNotice } from '../compose-notice.ts';
import { mailWords } from '../../store/reader-mails.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { detail }, publication) => {
  const { mailId } = detail;
  const mail = typeof mailId === 'number' ? await mailWords(db, mailId) : undefined;
  if (!mail) return undefined;
  const { sender, subject, words, readerId } = mail;
  return {
    subject: `${publication}: ${sender} wrote: ${subject}`,
    lines: words.split('\n\n').filter(Boolean),
    action: { label: 'The reader at the desk', href: `${config.DESK_URL}/desk/readers/${readerId}` },
    note: `A reply to a letter that asks for nothing a program can do, as text. Your reply to this mail goes to ${sender}.`,
    replyTo: sender,
  };
};
