// `courant curator add`: a login from the command line, once for each address.
import { expect, test } from 'vitest';
import { dataDirectory, openCourant } from './courant.ts';

const courant = openCourant();

test('a curator is added once, with a link; an address or a role that is none is refused', async () => {
  const environment = { DATA_DIR: dataDirectory(), PUBLIC_URL: 'http://courant.test' };
  const added = await courant(
    ['curator', 'add', 'Olga@Desk.example', '--name', 'Olga', '--role', 'editor'],
    environment,
  );
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout).toContain('olga@desk.example is editor now, as Olga.');
  expect(added.stdout).toMatch(/http:\/\/courant\.test\/desk\/enter\/[\w-]{20,}/);
  const again = await courant(['curator', 'add', 'olga@desk.example', '--role', 'owner'], environment);
  expect(again.stdout).toContain('olga@desk.example is here already, as editor; nothing was changed.');
  for (const [args, says] of [
    [['nobody'], '"nobody" is no e-mail address'],
    [['a@b.example', '--role', 'queen'], '"queen" is no role; give one of owner, editor, reviewer.'],
  ] as const) {
    const refused = await courant(['curator', 'add', ...args], environment);
    expect([refused.code === 0, refused.stderr]).toEqual([false, expect.stringContaining(says)]);
  }
});
