// The table of kinds and the folder of their readers: each row has its file, each file its row.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceKindNames } from '../../../core/source-kinds.ts';
import { openKind } from '../../../workers/ingest/source-kind.ts';

const files = readdirSync(new URL('../../../workers/ingest/kinds/', import.meta.url));

test('each kind of the table has a file that reads it, and there are no others', () => {
  expect(files.toSorted()).toEqual(sourceKindNames.map((kind) => `${kind}.ts`).toSorted());
});

test.each(sourceKindNames)('%s can be read', async (kind) => {
  expect(typeof (await openKind(kind)).read).toBe('function');
});
