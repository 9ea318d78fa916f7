// The one error page: every refusal and every failure, in plain words and with a next step.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messageOf, PermanentError } from '../core/errors.ts';
import type { WordsLang } from '../core/words-langs.ts';
import { notFound, PageError } from './page-error.ts';
import { AskFirst, EditConflict } from './admin/issue/ask-first.ts';
import { deskRights, showInHand } from './admin/desk.ts';
import { sentFields, writtenFields } from './admin/sent-fields.ts';
import type { Room } from './room.ts';
import { inWords } from './message.ts';
import { capitalise } from '../core/text/capitalise.ts';

/** Makes the app show the error page for errors and unknown addresses. */
export function showErrors(app: FastifyInstance, room: Room): void {
  const showError = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const words = room.words(request);
    const { statusCode, what, todo, link } = describe(error, words.lang);
    const isAtDesk = request.curator !== null && request.curator !== undefined;
    if (statusCode >= 500) {
      const stack = error instanceof Error ? error.stack : undefined;
      const route = request.routeOptions.url;
      room.house.log.error({ event: 'page.failed', requestId: request.id, route, message: messageOf(error), stack });
    }
    const page = isAtDesk ? pageOf(error) : 'error';
    const inHand = isAtDesk ? await inHandOrNone(room) : null;
    return room.show(reply, page, {
      // A question is no failure.
      title:
        page === 'desk-ask'
          ? 'Before it is done'
          : words.say(statusCode === 404 || statusCode === 410 ? 'error.notFound' : 'error.didNotWork'),
      status: statusCode,
      isPersonal: true,
      message: inWords(what, words),
      todo: isAtDesk && statusCode === 404 ? 'Check the address, or go on from the desk.' : inWords(todo, words),
      link: link ? { href: link.href, words: inWords(link.words, words) } : isAtDesk ? { href: '/desk', words: 'To the desk' } : null, // prettier-ignore
      ...(isAtDesk ? { ...deskRights(request), inHand, ...sentAgain(error, request), csrf: reply.generateCsrf() } : {}),
      requestId: statusCode >= 500 ? request.id : null,
    });
  };
  app.setErrorHandler(showError);
  app.setNotFoundHandler((request, reply) => showError(notFound(), request, reply));
}

/** Where the database is what fails, the page that says so has no issue in its menu. */
async function inHandOrNone({ house }: Room) {
  try {
    return await showInHand(house.db);
  } catch {
    return null;
  }
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

/** Of these statuses the catalogue has words of their own: `error.404`, `error.404todo`. */
const worded = [400, 403, 413, 415, 429] as const;

function describe(
  error: unknown,
  lang: WordsLang,
): Pick<PageError, 'statusCode' | 'what' | 'todo'> & Partial<Pick<PageError, 'link'>> {
  if (error instanceof PageError) return error;
  // The stores refuse what the rules forbid with a sentence that already says what to do, in English.
  if (error instanceof PermanentError)
    return {
      statusCode: 409,
      what: lang === 'en' ? sentence(error.message) : { key: 'error.didNotWork' },
      todo: { key: 'error.unchanged' },
    };
  const statusCode = statusOf(error);
  if (statusCode === 404) return notFound();
  const status = worded.find((one) => one === statusCode) ?? 500;
  return { statusCode, what: { key: `error.${status}` }, todo: { key: `error.${status}todo` } };
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

function sentence(text: string): string {
  return `${capitalise(text)}${text.endsWith('.') ? '' : '.'}`;
}
