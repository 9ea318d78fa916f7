// The mail to a reader who left, or whom a program that tests links made leave: the last one, with the way back.
import type { ComposeNotice } from '../compose-notice.ts';
import { linksOf } from '../../links.ts';
import { readerByEmail } from '../../store/readers.ts';
import { mayReceive } from '../../store/subscriptions.ts';
import { wordsIn } from '../../words.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email }, publication) => {
  const reader = await readerByEmail(db, email);
  if (reader?.status !== 'unsubscribed' || !(await mayReceive(db, email))) return undefined;
  const lang = reader.lang ?? config.SITE_LANGUAGE;
  const { say } = wordsIn(lang);
  return {
    lang,
    subject: say('notice.goodbyeSubject', { publication }),
    lines: [say('unsubscribe.noMore', { email }), say('notice.goodbyeBack')],
    action: { label: say('notice.goodbyeAction'), href: linksOf(config.PUBLIC_URL).unsubscribe(reader.token) },
    note: say('notice.goodbyeNote'),
  };
};
