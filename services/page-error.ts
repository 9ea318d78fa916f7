// A response that is not what the visitor hoped for: what happened, and what to do.
import { tell, type Told } from './told.ts';

/** Thrown by a room to show the error page with this status; its own message is English, for the log and the API. */
export class PageError extends Error {
  readonly statusCode: number;
  readonly what: Told;
  readonly todo: Told;
  /** Where the next step is, when it has a page. */
  readonly link: { href: string; words: Told } | undefined;
  constructor(statusCode: number, what: Told, next: Told | { todo: Told; href: string; words: Told }) {
    super(tell(what));
    this.name = 'PageError';
    this.statusCode = statusCode;
    this.what = what;
    const isLink = typeof next === 'object' && 'href' in next;
    this.todo = isLink ? next.todo : next;
    this.link = isLink ? next : undefined;
  }
}

/** For an address that led somewhere once and never will again. */
export function gone(what: Told, todo: Told = { key: 'error.startOver' }): PageError {
  return new PageError(410, what, todo);
}

/** For an address that leads nowhere. */
export function notFound(what: Told = { key: 'error.nothingHere' }): PageError {
  return new PageError(404, what, { key: 'error.checkAddress' });
}
