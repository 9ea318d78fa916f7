// What only a server with several sessions can prove: the last owner stays, however the removals meet.
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../../core/db.ts';
import { addCurator, listCurators, removeCurator, setCuratorRole } from '../../../core/store/curators.ts';
import { postgresServer } from '../../servers.ts';

const postgres = await postgresServer();
afterAll(() => postgres?.stop());

test.skipIf(!postgres)('of two owners who remove and demote each other at the same moment, one stays', async () => {
  const db = await openDatabase({ url: postgres!.url });
  try {
    const ada = await addCurator(db, { email: 'ada@desk.example', name: 'Ada', role: 'owner' });
    const bea = await addCurator(db, { email: 'bea@desk.example', name: 'Bea', role: 'owner' });
    let bothBegan = (): void => undefined;
    const began = new Promise<void>((resolve) => (bothBegan = resolve));
    const first = db.transaction(async (tx) => {
      await removeCurator(tx, ada.id);
      bothBegan();
      // Long enough for the other to look at the owners before this one is gone.
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    const second = began.then(() => db.transaction((tx) => setCuratorRole(tx, bea.id, 'editor')));
    await first;
    await expect(second).rejects.toThrow('Bea is the only owner');
    expect((await listCurators(db)).map(({ name, role }) => [name, role])).toEqual([['Bea', 'owner']]);
  } finally {
    await db.close();
  }
});
