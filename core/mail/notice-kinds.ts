// THE SINGLE MAILS: one row each, whoever asks for them. What a mail says is its file in core/mail/notices; a worker or a room plans it
// by `planNotice` and enqueues `notices.send` after the commit.

export interface NoticeKindRow {
  /** Of templates/mail; it is given the words that the file of the kind returns, the publication's name and its home. */
  template: string;
}

const rows = {
  confirm: { template: 'notice' },
  'sign-in': { template: 'notice' },
  'code-locked': { template: 'notice' },
  'issue-paused': { template: 'notice' },
  'issue-forgotten': { template: 'notice' },
  'address-old': { template: 'notice' },
  'address-new': { template: 'notice' },
  'test-letter': { template: 'notice' },
  'mail-reply': { template: 'notice' },
  'reader-mail': { template: 'notice' },
  goodbye: { template: 'notice' },
  'your-data': { template: 'notice' },
} satisfies Record<string, NoticeKindRow>;

export type NoticeKind = keyof typeof rows;
export const noticeKinds: Readonly<Record<NoticeKind, NoticeKindRow>> = rows;
export const noticeNames = Object.keys(rows) as readonly NoticeKind[];
