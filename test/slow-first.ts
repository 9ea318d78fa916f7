// The order of test files: those that take longest come first, so that no core waits at the end for one that came last. Vitest
// alone puts large files first, and the slowest of ours are small: a fresh clone took 96 s longer.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Half a minute or more, on two cores. */
const slow = [
  'test/services/mailer/kill-mailers.test.ts',
  'test/browser/accessibility.test.ts',
  'test/services/cli/demo.test.ts',
  'test/contributing.test.ts',
  'test/services/mailer/misbehaving-servers.test.ts',
  'test/browser/curator.test.ts',
  'test/kill-and-restart.test.ts',
  'test/plans.test.ts',
  'test/services/cli/bad-input.test.ts',
  'test/services/doors/fuzz.test.ts',
  'test/services/cli/list.test.ts',
  'test/pipeline.test.ts',
  'test/processes.test.ts',
  'test/services/cli/opml.test.ts',
  'test/browser/hostile.test.ts',
  'test/core/database.test.ts',
];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = slow.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`test/slow-first.ts names what is not there: ${gone.join(', ')}`);
    const place = ({ moduleId }: TestSpecification): number => {
      const found = slow.indexOf(relative(process.cwd(), moduleId));
      return found === -1 ? slow.length : found;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- of Vitest, and no array's
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
