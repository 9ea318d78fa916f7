// The mail to whoever asked for the publication: confirm it, or you get it already.
import type { ComposeNotice } from '../compose-notice.ts';
import { linksOf } from '../../links.ts';
import { readerByEmail } from '../../store/readers.ts';
import { mayReceive } from '../../store/subscriptions.ts';
import { wordsIn } from '../../words.ts';
import { isWordsLang } from '../../words-langs.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email, detail }, publication) => {
  const reader = await readerByEmail(db, email);
  if (!reader || !(await mayReceive(db, email))) return undefined;
  const asked = isWordsLang(detail['lang']) ? detail['lang'] : null;
  const lang = reader.lang ?? asked ?? config.SITE_LANGUAGE;
  const { say } = wordsIn(lang);
  // The page behind it is in the language of the mail, whatever browser opens it.
  const href = `${linksOf(config.PUBLIC_URL).confirm(reader.token)}?lang=${lang}`;
  if (reader.status === 'active' || reader.status === 'paused') {
    return {
      lang,
      subject: say('notice.alreadySubject', { publication }),
      lines: [say('notice.alreadyAsked', { publication })],
      action: { label: say('notice.alreadyAction'), href },
      note: say('notice.alreadyNote'),
    };
  }
  return {
    lang,
    subject: say('notice.confirmSubject', { publication }),
    lines: [say('notice.confirmAsked', { publication }), say('notice.confirmStarts')],
    action: { label: say('notice.confirmAction'), href },
    note: say('notice.confirmNote'),
  };
};
