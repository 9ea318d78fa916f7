// The mail to whoever wrote to us: what was done, what a mail can do, or a link where nothing shows that they wrote it.
import { DateTime } from 'luxon';
import type { House } from '../../house.ts';
import { linksOf } from '../../links.ts';
import type { MailReply } from '../../readers/reply-by-mail.ts';
import { listInterests } from '../../store/interests.ts';
import { readerById, type Reader } from '../../store/readers.ts';
import { mayReceive } from '../../store/subscriptions.ts';
import { wordsIn, type Words } from '../../words.ts';
import { isWordsLang } from '../../words-langs.ts';
import type { ComposeNotice } from '../compose-notice.ts';

export const composeNotice: ComposeNotice = async ({ config, db, now }, { email, detail }, publication) => {
  const { says, readerId, replyTo, inReplyTo } = detail as unknown as MailReply & Record<string, unknown>;
  const reader = typeof readerId === 'number' ? await readerById(db, readerId) : undefined;
  if (typeof says !== 'string' || (readerId !== undefined && !reader) || !(await mayReceive(db, email)))
    return undefined;
  const asked = isWordsLang(detail['lang']) ? detail['lang'] : null;
  const words = wordsIn(reader?.lang ?? asked ?? config.SITE_LANGUAGE);
  const interests = reader && says === 'interests' ? await listInterests(db, reader.id) : [];
  const subject = says === 'help' ? 'byMail.helpSubject' : says === 'check' ? 'byMail.checkSubject' : 'byMail.doneSubject'; // prettier-ignore
  return {
    lang: words.lang,
    subject: words.say(subject, { publication }),
    lines: linesOf({ config, at: now(), detail: detail as unknown as MailReply, reader, email, interests, words }),
    action: actionOf(config.PUBLIC_URL, { says, command: detail['command'], reader, words }),
    note: words.say(says === 'check' ? 'notice.alreadyNote' : 'byMail.note'),
    ...(typeof replyTo === 'string' && { replyTo }),
    ...(typeof inReplyTo === 'string' && { inReplyTo }),
  };
};

interface Scene {
  config: House['config'];
  at: Date;
  detail: MailReply & { word?: string };
  reader: Reader | undefined;
  email: string;
  interests: readonly string[];
  words: Words;
}

function linesOf({ config, at, detail, reader, email, interests, words }: Scene): string[] {
  const { say } = words;
  const zone = reader?.timezone ?? config.TIMEZONE;
  // An example that is ahead whenever it is read.
  const day = DateTime.fromJSDate(at, { zone }).plus({ days: 40 }).toISODate()!;
  const lines: Record<MailReply['says'], () => string[]> = {
    help: () =>
      reader ? helpLines(words, day) : [say('byMail.helpSubscribe', { address: config.MAIL_SUBSCRIBE ?? '' })],
    paused: () => [say('said.paused')],
    pausedUntil: () => [say('byMail.pausedUntil', { date: words.date(detail.until!, zone) })],
    resumed: () => [say('said.resumed')],
    left: () => [say('unsubscribe.noMore', { email })],
    interests: () => [interests.length === 0 ? say('byMail.interestsNone') : say('byMail.interests', { interests: interests.join(', ') })], // prettier-ignore
    whichDay: () => [say('byMail.whichDay', { day })],
    noReader: () => [say('byMail.noReader', { email })],
    check: () => [say('byMail.check', { word: detail.word ?? '' })],
  };
  return lines[detail.says]();
}

function helpLines({ say }: Words, day: string): string[] {
  return [say('byMail.help'), say('byMail.helpPause', { day }), say('byMail.helpResume'), say('byMail.helpInterests'), say('byMail.helpLeave')]; // prettier-ignore
}

function actionOf(
  publicUrl: string,
  { says, command, reader, words }: { says: string; command: unknown; reader: Reader | undefined; words: Words },
): { label: string; href: string } {
  const links = linksOf(publicUrl);
  if (!reader) return { label: words.say('subscribe.title'), href: links.subscribe };
  if (says === 'left' || says === 'noReader') return { label: words.say('unsubscribe.again'), href: links.subscribe };
  if (says === 'check' && command === 'leave') return { label: words.say('unsubscribe.title'), href: links.unsubscribe(reader.token) }; // prettier-ignore
  return { label: words.say('notice.alreadyAction'), href: links.preferences(reader.token) };
}
