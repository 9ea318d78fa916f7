// A response that is not what the visitor hoped for: what happened, and what to do.

/** Thrown by a room to show the error page with this status. */
export class PageError extends Error {
  readonly statusCode: number;
  readonly todo: string;
  /** Where the next step is, when it has a page. */
  readonly link: { href: string; words: string } | undefined;
  constructor(statusCode: number, what: string, next: string | { todo: string; href: string; words: string }) {
    super(what);
    this.name = 'PageError';
    this.statusCode = statusCode;
    this.todo = typeof next === 'string' ? next : next.todo;
    this.link = typeof next === 'string' ? undefined : next;
  }
}

/** For an address that led somewhere once and never will again. */
export function gone(what: string): PageError {
  return new PageError(410, what, 'Start from the first page; the archive keeps what was sent.');
}

/** For an address that leads nowhere. */
export function notFound(what = 'There is nothing at this address.'): PageError {
  return new PageError(404, what, 'Check the address, or start from the first page.');
}
