// A planned notice -> the mail it is, with links that are made this moment: they are in the mail and nowhere else.
import type { House } from '../house.ts';
import { logoPicture } from '../letter/letter.ts';
import { linksOf } from '../links.ts';
import { noticeKinds } from './notice-kinds.ts';
import type { LeasedNotice } from '../store/notices.ts';
import { brandOf, loadSettings } from '../store/settings.ts';
import { openTemplates } from '../templates.ts';
import type { WordsLang } from '../words-langs.ts';

/** Of a mail that comes of another one. */
interface InReply {
  /** Where replies go; to the sender where it is left out. */
  replyTo?: string;
  /** The Message-ID of the mail that this is a reply to. */
  inReplyTo?: string;
}

export interface NoticeMail extends InReply {
  subject: string;
  html: string;
  text: string;
}

interface NoticeText extends InReply {
  /** English where it is left out. */
  lang?: WordsLang;
  subject: string;
  lines: string[];
  action: { label: string; href: string };
  /** Why they get this, and what happens when they do nothing. */
  note: string;
}

/** What a file of core/notices exports: the words of one mail, or all of it; undefined: nobody is there any more to get it. */
export type ComposeNotice = (
  house: Pick<House, 'config' | 'db' | 'now'>,
  notice: LeasedNotice,
  publication: string,
) => Promise<NoticeText | NoticeMail | undefined>;

/** Returns the function that writes a notice as its kind does; undefined from it: nobody is there any more to get this mail. */
export function noticeComposer(
  house: Pick<House, 'config' | 'db' | 'now'>,
): (notice: LeasedNotice) => Promise<NoticeMail | undefined> {
  const links = linksOf(house.config.PUBLIC_URL);
  const { home } = links;
  const templates = openTemplates();
  return async (notice) => {
    const settings = await loadSettings(house.db);
    const { publication } = settings;
    const brand = brandOf(settings);
    const { composeNotice } = (await import(`./notices/${notice.kind}.ts`)) as { composeNotice: ComposeNotice };
    const text = await composeNotice(house, notice, publication);
    if (!text) return undefined;
    if ('html' in text) return text;
    const { subject, lines, action, note, lang = 'en', replyTo, inReplyTo } = text;
    const html = await templates.mail(noticeKinds[notice.kind].template, {
      ...text,
      lang,
      publication,
      home,
      accent: brand.accent,
      logo: logoPicture(brand, links),
    });
    const plain = `${[...lines, `${action.label}:\n${action.href}`, note].join('\n\n')}\n`;
    return { subject, html, text: plain, ...(replyTo && { replyTo }), ...(inReplyTo && { inReplyTo }) };
  };
}
