// Newsletters by e-mail: nobody is asked, what came to the source's own address is read; the mark of what was is its etag.
import { blankFeed, type ParsedItem } from '../parsed-item.ts';
import type { KindOfSource } from '../source-kind.ts';
import { messageOf, PermanentError } from '../../../core/errors.ts';

export const kindOfSource: KindOfSource = {
  async fetch(source, { mails, read, note, stop }) {
    let last = Number(source.etag ?? 0);
    const missed: ParsedItem[] = [];
    for (const { id, raw } of await mails(last)) {
      stop.throwIfAborted();
      last = id;
      try {
        const letter = await read({ kind: 'newsletter', input: { raw } });
        if ('item' in letter) missed.push(letter.item);
        else
          await note(
            `It wants an answer before it sends anything ("${letter.subject.slice(0, 100)}"): ${letter.confirm ?? 'there is no link in it; look for its mail where it comes from'}`,
          );
      } catch (error) {
        // One that cannot be read must not keep back the others; it is gone then, so its source says so.
        if (!(error instanceof PermanentError)) throw error;
        await note(`A mail could not be read and was left out: ${messageOf(error)}`);
      }
    }
    const home = source.homeUrl ?? `https://${source.options.sender?.split('@')[1] ?? 'mail.invalid'}/`;
    const body = missed.length > 0 ? new Uint8Array() : undefined;
    return { is: 'response', body, contentType: undefined, url: home, missed, etag: String(last), lastModified: null, headers: {}, permanentUrl: undefined }; // prettier-ignore
  },
  // What has no page of its own leads to that of the newsletter.
  read: ({ url }) => ({ ...blankFeed, link: url }),
};
