// A planned notice -> the mail it is, with links that are made this moment: they are in the mail and nowhere else.
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { curatorByEmail } from '../../core/store/curators.ts';
import type { LeasedNotice } from '../../core/store/notices.ts';
import { readerByEmail } from '../../core/store/readers.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { mayReceive } from '../../core/store/subscriptions.ts';
import { openTemplates } from '../../core/templates.ts';
import { createSignInLink, linkMinutes } from '../admin/sign-in-link.ts';

export interface NoticeMail {
  subject: string;
  html: string;
  text: string;
}

interface NoticeText {
  subject: string;
  lines: string[];
  action: { label: string; href: string };
  /** Why they get this, and what happens when they do nothing. */
  note: string;
}

/** Returns the function that writes a notice; undefined from it: nobody is there any more to get this mail. */
export function noticeComposer(house: House): (notice: LeasedNotice) => Promise<NoticeMail | undefined> {
  const links = linksOf(house.config.PUBLIC_URL);
  const templates = openTemplates();

  return async function composeNotice(notice) {
    const { publication = 'Courant' } = await loadSettings(house.db);
    const text = await (notice.kind === 'confirm' ? confirmText(publication, notice) : signInText(publication, notice));
    if (!text) return undefined;
    const { subject, lines, action, note } = text;
    const html = await templates.mail('notice', { ...text, publication, home: links.home });
    return { subject, html, text: `${[...lines, `${action.label}:\n${action.href}`, note].join('\n\n')}\n` };
  };

  async function confirmText(publication: string, { email }: LeasedNotice): Promise<NoticeText | undefined> {
    const reader = await readerByEmail(house.db, email);
    if (!reader || !(await mayReceive(house.db, email))) return undefined;
    if (reader.status === 'active' || reader.status === 'paused') {
      return {
        subject: `You already get ${publication}`,
        lines: [`Somebody, probably you, asked for ${publication} at this address, which gets it already.`],
        action: { label: 'Your subscription', href: links.confirm(reader.token) },
        note: 'If it was not you, do nothing: nothing changed.',
      };
    }
    return {
      subject: `Confirm your subscription to ${publication}`,
      lines: [
        `Somebody, probably you, asked for ${publication} at this address: one mail a week with the stories that matter to you.`,
        'It starts when you confirm.',
      ],
      action: { label: 'Confirm the subscription', href: links.confirm(reader.token) },
      note: 'If it was not you, do nothing: without the confirmation no mail follows.',
    };
  }

  async function signInText(publication: string, { id, email, detail }: LeasedNotice): Promise<NoticeText | undefined> {
    const curator = await curatorByEmail(house.db, email);
    if (!curator) return undefined;
    const { browserHash, askedBy } = detail;
    const href = await createSignInLink(house.db, {
      curatorId: curator.id,
      deskUrl: house.config.DESK_URL,
      now: house.now(),
      minutes: linkMinutes,
      browserHash,
      askedBy,
      noticeId: id,
    });
    return {
      subject: `Sign in to the desk of ${publication}`,
      lines: [
        `This link signs you in once, within ${linkMinutes} minutes.`,
        ...(askedBy ? [`It was asked for in ${askedBy}; open it there.`] : []),
      ],
      action: { label: 'Sign in', href },
      note: 'If you did not ask for it, do nothing: without this mail nobody gets in.',
    };
  }
}
