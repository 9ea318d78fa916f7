// The mail to a reader who asked what is kept of them: where they take it along.
import type { ComposeNotice } from '../compose-notice.ts';
import { linksOf } from '../../links.ts';
import { readerByEmail } from '../../store/readers.ts';
import { mayReceive } from '../../store/subscriptions.ts';
import { wordsIn } from '../../words.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email }, publication) => {
  const reader = await readerByEmail(db, email);
  if (!reader || !(await mayReceive(db, email))) return undefined;
  const lang = reader.lang ?? config.SITE_LANGUAGE;
  const { say } = wordsIn(lang);
  return {
    lang,
    subject: say('notice.dataSubject', { publication }),
    lines: [say('notice.dataSays', { publication })],
    action: { label: say('notice.dataAction'), href: linksOf(config.PUBLIC_URL).data(reader.token) },
    note: say('notice.dataNote'),
  };
};
