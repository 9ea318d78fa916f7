// `/desk/curators`: who has a login and as what; an owner adds them, changes their role, removes them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import {
  addCurator,
  listCurators,
  lockCurators,
  removeCurator,
  roles,
  setCuratorRole,
  type Curator,
} from '../../../core/store/curators.ts';
import { curatorsWithFactor, lockedFactors, removeFactor, unlockFactor } from '../../../core/store/second-factors.ts';
import { endSessions } from '../../../core/store/sessions.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { note, ownerOf, requireOwner, showDesk, showHistory } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { emailField, nameField } from '../form-fields.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

const role = z.enum(roles, 'Choose a role: owner, editor or reviewer.');
const roleForm = z.object({ role });
const addForm = z.object({
  name: nameField('their name'),
  email: emailField('their e-mail address', 'Their e-mail address should read like name@example.org.'),
  role,
});

const saidWords = {
  added: 'Added. They sign in by asking for a link with this address.',
  changed: 'Changed. It holds from now on.',
  removed: 'Removed. They are signed out.',
  unlocked: 'They may try a code again at once.',
  cleared: 'Taken away. They are signed out, and sign in with a mailed link alone until they set up another.',
} as const;
type Said = keyof typeof saidWords;
const query = z.object({
  said: z
    .enum(Object.keys(saidWords) as Said[])
    .optional()
    .catch(undefined),
});

const roleWords = {
  owner: 'does what an editor does, and changes settings and curators',
  editor: 'edits, approves and schedules issues, adds sources',
  reviewer: 'looks at everything, scores and comments, changes nothing',
} as const;

/** Registers the list and its forms. */
export function curatorsRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;

  desk.get('/desk/curators', async (request, reply) => {
    const { said } = readInput(query, request.query);
    const withFactor = await curatorsWithFactor(house.db);
    const locked = await lockedFactors(house.db, house.now());
    const lockedUntil = (id: number) => deskTime(locked.get(id) ?? null, house.config.TIMEZONE);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-curators',
        isKeepable: true,
        title: 'Curators',
        here: 'curators',
        said: said ? saidWords[said] : null,
        curators: (await listCurators(house.db)).map((one) => ({
          ...one,
          hasFactor: withFactor.has(one.id),
          lockedUntil: lockedUntil(one.id),
        })),
        roles: roles.map((name) => ({ name, words: roleWords[name] })),
        signIn: `${house.config.DESK_URL}/desk/sign-in`,
        history: await showHistory(house, 'curators'),
      },
    );
  });
  takeCurators(desk, house);
  takeFactors(desk, house);
}

function takeCurators(desk: FastifyInstance, house: House): void {
  const { now } = house;
  desk.post('/desk/curators', async (request, reply) => {
    const owner = ownerOf(request);
    const wanted = readInput(addForm, request.body);
    await changeAs(house, owner, async (tx, curators) => {
      refuseSame(curators, wanted);
      const added = await addCurator(tx, wanted);
      await record(tx, { owner, at: now(), action: `add ${added.name}`, after: added });
    });
    return back(reply, 'added');
  });

  desk.post('/desk/curators/:id/role', async (request, reply) => {
    const owner = ownerOf(request);
    const wanted = readInput(roleForm, request.body);
    await changeAs(house, owner, async (tx, curators) => {
      const before = curatorOf(curators, request);
      await setCuratorRole(tx, before.id, wanted.role);
      const action = `make ${before.name} ${wanted.role === 'reviewer' ? 'a' : 'an'} ${wanted.role}`;
      await record(tx, { owner, at: now(), action, before, after: { ...before, role: wanted.role } });
    });
    return back(reply, 'changed');
  });

  desk.post('/desk/curators/:id/remove', async (request, reply) => {
    const owner = ownerOf(request);
    await changeAs(house, owner, async (tx, curators) => {
      const before = curatorOf(curators, request);
      await removeCurator(tx, before.id);
      await record(tx, { owner, at: now(), action: `remove ${before.name}`, before });
    });
    return back(reply, 'removed');
  });
}

/** What an owner does for whoever lost their phone, or typed wrong codes. */
function takeFactors(desk: FastifyInstance, house: House): void {
  const { now } = house;
  desk.post('/desk/curators/:id/second-factor/remove', async (request, reply) => {
    const owner = ownerOf(request);
    await changeAs(house, owner, async (tx, curators) => {
      const before = curatorOf(curators, request);
      if (!(await curatorsWithFactor(tx)).has(before.id)) throw notFound(`${before.name} has no second factor.`);
      await removeFactor(tx, before.id);
      await endSessions(tx, before.id);
      await record(tx, { owner, at: now(), action: `take away the second factor of ${before.name}`, before });
    });
    return back(reply, 'cleared');
  });

  desk.post('/desk/curators/:id/second-factor/unlock', async (request, reply) => {
    const owner = ownerOf(request);
    await changeAs(house, owner, async (tx, curators) => {
      const before = curatorOf(curators, request);
      if ((await unlockFactor(tx, { curatorId: before.id, now: now() })) === 0) return;
      await record(tx, { owner, at: now(), action: `let ${before.name} try codes again`, before });
    });
    return back(reply, 'unlocked');
  });
}

/** One change at a time, by somebody who is an owner still: they may have been removed while they waited. */
function changeAs(
  { db }: Pick<House, 'db'>,
  owner: Curator,
  make: (tx: Queryable, curators: Curator[]) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    const curators = await lockCurators(tx);
    requireOwner(curators.find(({ id }) => id === owner.id));
    await make(tx, curators);
  });
}

function record(tx: Queryable, entry: { owner: Curator; action: string; at: Date; before?: Curator; after?: Curator }) {
  const { owner, action, at, before, after } = entry;
  const states = { before: before && withoutAddress(before), after: after && withoutAddress(after) };
  return note(tx, owner, { action, subject: 'curators', ...states, at });
}

function curatorOf(curators: readonly Curator[], request: FastifyRequest): Curator {
  const wanted = readParams(idParams, request).id;
  const curator = curators.find(({ id }) => id === wanted);
  if (!curator) throw notFound('There is no such curator (any more).');
  return curator;
}

/** An address signs one curator in; a name must say which of them approved an issue. */
function refuseSame(curators: Curator[], wanted: Pick<Curator, 'email' | 'name'>): void {
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  if (curators.some(({ email }) => same(email, wanted.email)))
    throw new PageError(400, 'This address has a login already.', 'Change the role in the list instead.');
  if (curators.some(({ name }) => same(name, wanted.name)))
    throw new PageError(
      400,
      `There is a curator called ${wanted.name} already.`,
      'Add something that tells them apart.',
    );
}

/** The audit outlives the login, and needs no address. */
function withoutAddress({ id, name, role: held }: Curator) {
  return { id, name, role: held };
}

function back(reply: FastifyReply, said: Said): FastifyReply {
  return reply.redirect(`/desk/curators?said=${said}`, 303);
}
