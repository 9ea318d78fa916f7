// The first run: whoever holds the printed link becomes the owner, names the publication and chooses sources.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../../core/config.ts';
import type { Queryable } from '../../../core/db.ts';
import { enqueueDueSources } from '../../../core/enqueue-due-sources.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { loadSettings, saveSettings, takeSetupToken } from '../../../core/store/settings.ts';
import { beginSession, type NewSession } from '../../../core/store/sessions.ts';
import { addSources } from '../../../core/store/sources.ts';
import { seldom } from '../../guard-pages.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { note, showDesk } from '../desk.ts';
import { emailField, nameField } from '../form-fields.ts';
import { hashToken } from '../../../core/crypto/one-time-token.ts';
import { createSession } from './session.ts';
import { publicationFields, publicationSettings, showPublication } from '../publication-form.ts';
import { starterSources } from '../sources/starter-sources.ts';
import { isSameSecret } from '../../../core/crypto/same-secret.ts';

const params = z.object({ token: z.string().max(100) });
/** The whole form; the sender is asked only where the environment does not say it. */
const formOf = (config: Config) =>
  z.object({
    name: nameField('your name'),
    email: emailField('your e-mail address', 'Your e-mail address should read like name@example.org.'),
    ...publicationFields(config),
    sources: z
      .union([z.string(), z.array(z.string())])
      .default([])
      .transform((keys) => [keys].flat()),
  });
type SetupForm = z.infer<ReturnType<typeof formOf>>;

/** Registers the first-run page; it is there until somebody has completed it. */
export function setupRoom(app: FastifyInstance, room: Room): void {
  const { house } = room;
  const form = formOf(house.config);

  app.get('/desk/setup', async () => {
    throw new PageError(
      404,
      'The first-run page opens by its link only.',
      'Start the program: until it is set up it prints the link.',
    );
  });

  app.get('/desk/setup/:token', { config: seldom }, async (request, reply) => {
    const token = await openToken(house.db, request);
    const publication = showPublication(house.config, await loadSettings(house.db));
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-setup',
        title: 'Set up',
        isWide: false,
        token,
        starterSources,
        ...publication.values,
        ...publication.shown,
      },
    );
  });

  app.post('/desk/setup/:token', { config: seldom }, async (request, reply) => {
    const token = await openToken(house.db, request);
    const { session, hold } = createSession(request, house.now());
    await setUp(room, { token, filled: readInput(form, request.body), session });
    await enqueueDueSources(house);
    hold();
    return reply.redirect('/desk?said=setup', 303);
  });
}

async function setUp(
  { house }: Room,
  { token, filled, session }: { token: string; filled: SetupForm; session: NewSession },
): Promise<void> {
  const { email, name, publication } = filled;
  const chosen = starterSources.filter(({ key }) => filled.sources.includes(key));
  await house.db.transaction(async (tx) => {
    // The page was open to everybody who came before this moment; here only the first of them goes on.
    if (!(await takeSetupToken(tx, hashToken(token)))) throw closedLink();
    const owner = await addCurator(tx, { email, name, role: 'owner' });
    await saveSettings(tx, { ...publicationSettings(filled), setUp: true });
    await addSources(
      tx,
      chosen.map(({ kind, title, url, homeUrl }) => ({ kind, title, url, ...(homeUrl ? { homeUrl } : {}) })),
    );
    const after = { publication, sources: chosen.length };
    await note(tx, owner, { action: 'set up', subject: 'installation', after, at: house.now() });
    await beginSession(tx, owner.id, session);
  });
}

/** The token of the request when it is the one that was printed last and nobody has used it. */
async function openToken(db: Queryable, request: FastifyRequest): Promise<string> {
  const { token } = readParams(params, request);
  const { setUp: isSetUp, setupTokenHash } = await loadSettings(db);
  if (isSetUp || !setupTokenHash || !isSameSecret(setupTokenHash, hashToken(token))) {
    throw closedLink();
  }
  return token;
}

function closedLink(): PageError {
  return new PageError(
    404,
    'This link does not open the first-run page (any more).',
    'When it is set up, sign in at /desk; else start the program again, which prints a new link.',
  );
}
