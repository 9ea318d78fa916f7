// `courant curator add` and `forget-code`: a login for somebody, from the machine that Courant runs on.
import { readConfig } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';
import { openHouse } from '../../core/house.ts';
import { readMailAddress } from '../../core/mail/mail-address.ts';
import { oneLine } from '../../core/one-line.ts';
import { createSignInLink, linkMinutes } from '../../core/desk/sign-in-link.ts';
import { endSessions } from '../../core/store/sessions.ts';
import { removeFactor } from '../../core/store/second-factors.ts';
import { withDatabaseThere } from './existing-database.ts';
import { addCurator, curatorByEmail, recordAudit, roles, type Role } from '../../core/store/curators.ts';

/** Adds a curator, or finds the one who has this address, and prints a link that signs them in once. */
export async function runCuratorAdd(typed: { email: string; name: string | undefined; role: string }): Promise<void> {
  const email = readMailAddress(typed.email);
  if (!email) throw new PermanentError(`"${typed.email}" is no e-mail address; give one such as name@example.org.`);
  const role = roles.find((one) => one === typed.role);
  if (!role) throw new PermanentError(`"${typed.role}" is no role; give one of ${roles.join(', ')}.`);
  const name = oneLine(typed.name ?? email.slice(0, email.indexOf('@')));
  if (name === '' || name.includes('@')) throw new PermanentError('The name stands beside what they did; give a name, not an address.'); // prettier-ignore
  await add({ email, name, role });
}

async function add(wanted: { email: string; name: string; role: Role }): Promise<void> {
  const house = await openHouse(readConfig());
  try {
    const { db, config, now } = house;
    const known = await curatorByEmail(db, wanted.email);
    const curator =
      known ??
      (await db.transaction(async (tx) => {
        const added = await addCurator(tx, wanted);
        const after = { name: added.name, role: added.role };
        await recordAudit(tx, {
          actor: 'the command line',
          action: 'add a curator',
          subject: 'curators',
          after,
          at: now(),
        });
        return added;
      }));
    const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: config.DESK_URL, now: now(), minutes: linkMinutes }); // prettier-ignore
    const said = known ? `${curator.email} is here already, as ${curator.role}; nothing was changed.` : `${curator.email} is ${curator.role} now, as ${curator.name}.`; // prettier-ignore
    process.stdout.write(`${said}\nSigns in once, within ${linkMinutes} minutes: ${link}\n`);
  } finally {
    await house.close();
  }
}

/** Takes the second factor of a curator away: for the only owner who lost phone and recovery codes. */
export async function runCuratorForgetCode(typed: string): Promise<void> {
  const house = await openHouse(withDatabaseThere(readConfig()));
  try {
    const { db, now } = house;
    const curator = await curatorByEmail(db, typed);
    if (!curator) throw new PermanentError(`Nobody at the desk has the address "${typed}".`);
    const removed = await db.transaction(async (tx) => {
      const count = await removeFactor(tx, curator.id);
      if (count === 0) return false;
      await endSessions(tx, curator.id);
      const action = `take away the second factor of ${curator.name}`;
      await recordAudit(tx, { actor: 'the command line', action, subject: 'curators', at: now() });
      return true;
    });
    process.stdout.write(removed ? `${curator.email} signs in with a mailed link alone now, and is signed out everywhere.\n` : `${curator.email} has no second factor; nothing was changed.\n`); // prettier-ignore
  } finally {
    await house.close();
  }
}
