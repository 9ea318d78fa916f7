// The first run: whoever holds the printed link becomes the owner, names the publication and chooses sources.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { addCurator, recordAudit, type Curator } from '../../core/store/curators.ts';
import { loadSettings, saveSettings } from '../../core/store/settings.ts';
import { addSources } from '../../core/store/sources.ts';
import { seldom } from '../guard-pages.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { showDesk } from './desk.ts';
import { hashToken } from './one-time-token.ts';
import { readNow } from './sources.ts';
import { starterSources } from './starter-sources.ts';

const params = z.object({ token: z.string().max(100) });
const line = (what: string) =>
  z
    .string({ error: `Type ${what}.` })
    .trim()
    .min(1, `Type ${what}.`)
    .max(200, `Make ${what} shorter.`);
const form = z.object({
  name: line('your name'),
  email: z
    .string({ error: 'Type your e-mail address.' })
    .trim()
    .toLowerCase()
    .max(254)
    .pipe(z.email('Your e-mail address should read like name@example.org.')),
  publication: line('the name of the publication'),
  mailFrom: z
    .string({ error: 'Type the sender of the mails.' })
    .trim()
    .max(254)
    .pipe(z.email('The sender is an e-mail address such as news@example.org.')),
  postalAddress: z.string().trim().max(500, 'The postal address is too long.').default(''),
  sources: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((keys) => [keys].flat()),
});
type SetupForm = z.infer<typeof form>;

/** Registers the first-run page; it is there until somebody has completed it. */
export function setupRoom(app: FastifyInstance, room: Room): void {
  const { house } = room;

  app.get('/desk/setup', async () => {
    throw new PageError(
      404,
      'The first-run page opens by its link only.',
      'Start the program: until it is set up it prints the link.',
    );
  });

  app.get('/desk/setup/:token', { config: seldom }, async (request, reply) => {
    const token = await openToken(house.db, request);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-setup',
        title: 'Set up',
        isWide: false,
        token,
        starterSources,
        hasMailServer: house.config.SMTP_URL !== undefined,
        fixedFrom: house.config.MAIL_FROM ?? null,
      },
    );
  });

  app.post('/desk/setup/:token', { config: seldom }, async (request, reply) => {
    await openToken(house.db, request);
    const owner = await setUp(room, readInput(form, request.body));
    await readNow(
      house,
      starterSources.map(({ url }) => url),
    );
    request.session.regenerate();
    request.session.set('curatorId', owner.id);
    return reply.redirect('/desk?said=setup', 303);
  });
}

async function setUp({ house }: Room, filled: SetupForm): Promise<Curator> {
  const { email, name, publication, mailFrom, postalAddress } = filled;
  const chosen = starterSources.filter(({ key }) => filled.sources.includes(key));
  return house.db.transaction(async (tx) => {
    const owner = await addCurator(tx, { email, name, role: 'owner' });
    const quoted = publication.replace(/["\\]/g, '');
    await saveSettings(tx, {
      publication,
      mailFrom: `"${quoted}" <${mailFrom}>`,
      postalAddress,
      setUp: true,
      setupTokenHash: '',
    });
    await addSources(
      tx,
      chosen.map(({ kind, title, url, homeUrl }) => ({ kind, title, url, ...(homeUrl ? { homeUrl } : {}) })),
    );
    const after = { publication, sources: chosen.length };
    await recordAudit(tx, {
      actor: `curator ${owner.id}`,
      action: 'set up',
      subject: 'installation',
      after,
      at: house.now(),
    });
    return owner;
  });
}

/** The token of the request when it is the one that was printed last and nobody has used it. */
async function openToken(db: Queryable, request: FastifyRequest): Promise<string> {
  const { token } = readInput(params, request.params);
  const { setUp: isSetUp, setupTokenHash } = await loadSettings(db);
  if (isSetUp || !setupTokenHash || !isEqual(setupTokenHash, hashToken(token))) {
    throw new PageError(
      404,
      'This link does not open the first-run page (any more).',
      'When it is set up, sign in at /desk; else start the program again, which prints a new link.',
    );
  }
  return token;
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
