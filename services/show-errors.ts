// The one error page: every refusal and every failure, in plain words and with a next step.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messageOf, PermanentError } from '../core/errors.ts';
import { notFound, PageError } from './page-error.ts';
import { AskFirst, EditConflict } from './admin/ask-first.ts';
import { deskRights } from './admin/desk.ts';
import { sentFields, writtenFields } from './admin/sent-fields.ts';
import type { Room } from './room.ts';

/** Makes the app show the error page for errors and unknown addresses. */
export function showErrors(app: FastifyInstance, room: Room): void {
  const showError = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { statusCode, message, todo, link } = describe(error);
    const isAtDesk = request.curator !== null && request.curator !== undefined;
    if (statusCode >= 500) {
      const stack = error instanceof Error ? error.stack : undefined;
      const route = request.routeOptions.url;
      room.house.log.error({ event: 'page.failed', requestId: request.id, route, message: messageOf(error), stack });
    }
    return room.show(reply, isAtDesk ? pageOf(error) : 'error', {
      title: statusCode === 404 || statusCode === 410 ? 'Not found' : 'That did not work',
      status: statusCode,
      isPersonal: true,
      message,
      todo,
      link: link ?? (isAtDesk ? { href: '/desk', words: 'To the desk' } : null),
      ...(isAtDesk ? { ...deskRights(request), ...sentAgain(error, request), csrf: reply.generateCsrf() } : {}),
      requestId: statusCode >= 500 ? request.id : null,
    });
  };
  app.setErrorHandler(showError);
  app.setNotFoundHandler((request, reply) => showError(notFound(), request, reply));
}

function pageOf(error: unknown): string {
  return error instanceof AskFirst || error instanceof EditConflict ? 'desk-ask' : 'desk-error';
}

/** What was typed, for every error; and for a question the whole form, to be sent again with the answer. */
function sentAgain(error: unknown, { body, url }: FastifyRequest) {
  const both = error instanceof EditConflict ? error.fields : [];
  const isBoth = (name: string): boolean =>
    both.some((field) => field.name === name) || (error instanceof EditConflict && error.done.includes(name));
  return {
    written: writtenFields(body),
    action: url,
    // The page of the issue, or whatever the form's address begins with.
    back: url.split('/').slice(0, 4).join('/').split('?')[0],
    hidden: sentFields(body).filter(({ name }) => !isBoth(name)),
    both,
    seen: error instanceof EditConflict ? error.seen : seenIn(body),
    anyway: error instanceof AskFirst ? error.anyway : anywayIn(body),
    button: error instanceof AskFirst ? error.button : both.length > 0 ? 'Save mine' : 'Do it all the same',
  };
}

const textIn =
  (name: string) =>
  (body: unknown): string =>
    typeof body === 'object' && body !== null && name in body ? String((body as Record<string, unknown>)[name]) : '';
const seenIn = textIn('seen');
const anywayIn = textIn('anyway');

const plainWords: Record<number, [what: string, todo: string]> = {
  400: ['What was sent could not be read.', 'Go back and try again.'],
  403: [
    'This form is too old, or it did not come from this site.',
    'Go back, load the page again, and send it once more.',
  ],
  404: ['There is nothing at this address.', 'Check the address, or start from the first page.'],
  413: ['What was sent is too large.', 'Make it shorter and send it again.'],
  415: ['What was sent is of a kind this page does not read.', 'Use the form on the page.'],
  429: ['That was too often in a short time.', 'Wait a few minutes, then try again.'],
};

function describe(
  error: unknown,
): Pick<PageError, 'statusCode' | 'message' | 'todo'> & Partial<Pick<PageError, 'link'>> {
  if (error instanceof PageError) return error;
  // The stores refuse what the rules forbid with a sentence that already says what to do.
  if (error instanceof PermanentError)
    return { statusCode: 409, message: sentence(error.message), todo: 'Nothing was changed.' };
  const statusCode = statusOf(error);
  const [message, todo] = plainWords[statusCode] ?? [
    'This page could not be made.',
    'Try again in a minute. What is stored is safe.',
  ];
  return { statusCode, message, todo };
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
