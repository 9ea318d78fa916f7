// `/hooks/mail/PROVIDER`: bounces and complaints that a provider tells by webhook, into the same history as those that come by mail.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import { allowedAddresses } from '../../core/config.ts';
import { guardedFetch } from '../../core/http.ts';
import { recordProviderReports, type ProviderReport } from '../../core/store/mail-reports.ts';
import { notFound, PageError } from '../page-error.ts';
import type { Room } from '../room.ts';
import { mailgun } from './mailgun.ts';
import type { MailEvent, Provider } from './mail-event.ts';
import { postmark } from './postmark.ts';
import { sendgrid } from './sendgrid.ts';
import { ses } from './ses.ts';
import { standard } from './standard.ts';

const providers = new Map<string, Provider>(Object.entries({ ses, postmark, sendgrid, mailgun, standard }));
/** A batch of SendGrid's has up to 768 KB. */
const bodyLimit = 1_048_576;
const mostKeys = 20;
/** What cannot be fetched now; providers send again for hours. */
const retryAfterS = 60;

/** Registers the address of each provider; who has no setting has none. */
export function hooksRoom(app: FastifyInstance, room: Room, fetchText = createFetch(room)): void {
  const { config, db, log, now } = room.house;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  // What is signed is not counted: a provider tells what came of a hundred thousand mails.
  const options = { bodyLimit, config: { rateLimit: false as const } };

  app.post<{ Params: { provider: string } }>('/hooks/mail/:provider', options, async (request, reply) => {
    try {
      return await take(request, reply);
    } catch (error) {
      if (!(error instanceof TemporaryError)) throw error;
      const seconds = Math.ceil((error.retryAfterMs ?? retryAfterS * 1000) / 1000);
      reply.header('retry-after', String(seconds));
      throw new PageError(503, 'What this has to be checked with cannot be fetched at the moment.', `Send it again in ${seconds} seconds.`); // prettier-ignore
    }
  });

  async function take(request: FastifyRequest<{ Params: { provider: string } }>, reply: FastifyReply) {
    const { provider: name } = request.params;
    const provider = providers.get(name);
    const secret = provider && config[provider.setting];
    if (!provider || secret === undefined) throw notFound(`There is no webhook of this provider; ${provider?.setting ?? 'docs/sending.md'} says how to have one.`); // prettier-ignore
    const body = typeof request.body === 'string' ? request.body : '';
    await checkSender(provider, { request, body, secret });
    const address = readOr400(() => provider.confirm?.(body));
    if (address !== undefined) await fetchText(address);
    const events = readOr400(() => provider.events(body));
    const recorded = await recordProviderReports(db, events.map(reportOf));
    log.info({ event: 'hook.mail', provider: name, events: events.length, recorded });
    return reply.code(200).type('text/plain; charset=utf-8').send(`${recorded} new\n`);
  }

  async function checkSender(
    provider: Provider,
    { request, body, secret }: { request: FastifyRequest; body: string; secret: string },
  ): Promise<void> {
    let isTheirs = false;
    try {
      isTheirs = await provider.verify({ headers: request.headers, body, now: now() }, secret, fetchText);
    } catch (error) {
      // What is no JSON, no key, no certificate; a key that cannot be fetched now is asked for again by who sends again.
      log.warn({ event: 'hook.unverified', provider: provider.setting, message: messageOf(error) });
      if (!(error instanceof SyntaxError || error instanceof PermanentError || error instanceof TypeError)) throw error;
    }
    if (!isTheirs) throw new PageError(401, 'The signature does not fit.', `Check ${provider.setting}.`);
  }

  function reportOf({ messageId, email, kind, status }: MailEvent): ProviderReport {
    return { messageId: messageId && bare(messageId), email, kind, status: status.slice(0, 40), at: now() };
  }
}

/** Some send it with its angles, some without. */
function bare(messageId: string): string {
  return `<${messageId.trim().replaceAll('<', '').replaceAll('>', '')}>`;
}

function readOr400<Read>(read: () => Read): Read {
  try {
    return read();
  } catch {
    throw new PageError(400, 'This is not the form of this provider’s webhook.', 'See docs/sending.md.');
  }
}

/** Keys are fetched once and kept. */
function createFetch({ house: { config, now } }: Room): (url: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (url) => {
    const kept = known.get(url);
    if (kept !== undefined) return kept;
    const answer = await guardedFetch(url, { maxBytes: 100_000, timeoutMs: 10_000, allow: allowedAddresses(config.ALLOW_ADDRESSES), now }); // prettier-ignore
    if (answer.notModified) throw new PermanentError(`${url} answered that nothing changed`);
    const text = answer.body.toString();
    if (known.size < mostKeys && url.endsWith('.pem')) known.set(url, text);
    return text;
  };
}
