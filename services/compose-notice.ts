// A few sentences and one button -> the HTML and the text of a single mail.
import type { Templates } from '../core/templates.ts';

export interface NoticeText {
  publication: string;
  /** Where the wordmark leads. */
  home: string;
  subject: string;
  lines: string[];
  action: { label: string; href: string };
  /** Why they get this, and what happens when they do nothing. */
  note: string;
}

/** Both parts say the same; the address of the button stands in the text in full. */
export async function composeNotice(
  templates: Templates,
  notice: NoticeText,
): Promise<{ subject: string; html: string; text: string }> {
  const { subject, lines, action, note } = notice;
  const html = await templates.mail('notice', notice);
  const text = `${[...lines, `${action.label}:\n${action.href}`, note].join('\n\n')}\n`;
  return { subject, html, text };
}
