// A response that is not what the visitor hoped for: what happened, and what to do.
import { inWords, type PageMessage } from './message.ts';

/** Thrown by a room to show the error page with this status; its own message is English, for the log and the API. */
export class PageError extends Error {
  readonly statusCode: number;
  readonly what: PageMessage;
  readonly todo: PageMessage;
  /** Where the next step is, when it has a page. */
  readonly link: { href: string; words: PageMessage } | undefined;
  constructor(
    statusCode: number,
    what: PageMessage,
    next: PageMessage | { todo: PageMessage; href: string; words: PageMessage },
  ) {
    super(inWords(what));
    this.name = 'PageError';
    this.statusCode = statusCode;
    this.what = what;
    const isLink = typeof next === 'object' && 'href' in next;
    this.todo = isLink ? next.todo : next;
    this.link = isLink ? next : undefined;
  }
}

/** For an address that led somewhere once and never will again. */
export function gone(what: PageMessage, todo: PageMessage = { key: 'error.startOver' }): PageError {
  return new PageError(410, what, todo);
}

/** For an address that leads nowhere. */
export function notFound(what: PageMessage = { key: 'error.nothingHere' }): PageError {
  return new PageError(404, what, { key: 'error.checkAddress' });
}
