// Readers of whom the first has interests: for tests of the rooms they are shown in.
import { addReaders } from '../../../../core/store/readers.ts';
import { testNow } from '../../open-app.ts';
import type { Desk } from '../open-desk.ts';

/** reader-1@readers.example and so on, who agreed. */
export async function seedReaders({ db }: Desk, count = 3): Promise<void> {
  const readers = Array.from({ length: count }, (_, at) => ({ email: `reader-${at + 1}@readers.example`, interests: at === 0 ? ['speech', '100%_ real'] : [], length: 5 })); // prettier-ignore
  await addReaders(db, { readers, wording: 'test', at: testNow });
}
