// The order of test files: those that take longest are spread over the first two thirds, so that no core waits at the end for one
// that came last, and that those which start processes and browsers share the cores with those that wait. Vitest alone puts large
// files first, and the slowest of ours are small: a fresh clone took 96 s longer.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Half a minute or more, on two cores. */
const slow = [
  'test/browser/accessibility.test.ts',
  'test/services/cli/demo.test.ts',
  'test/contributing.test.ts',
  'test/services/mailer/misbehaving-servers.test.ts',
  'test/browser/curator.test.ts',
  'test/kill-between-commits.test.ts',
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
  'test/services/mailer/kill-mailers.test.ts',
];

export class SlowSpread extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = slow.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`test/slow-spread.ts names what is not there: ${gone.join(', ')}`);
    // oxlint-disable-next-line unicorn/no-array-sort -- of Vitest, and no array's
    const sorted = await super.sort(files);
    const pathOf = ({ moduleId }: TestSpecification): string => relative(process.cwd(), moduleId);
    const first = slow.flatMap((path) => sorted.filter((file) => pathOf(file) === path));
    const others = sorted.filter((file) => !slow.includes(pathOf(file)));
    const between = Math.floor((2 * others.length) / 3 / Math.max(1, first.length));
    return [...first.flatMap((file, at) => [file, ...others.slice(at * between, (at + 1) * between)]), ...others.slice(first.length * between)]; // prettier-ignore
  }
}
