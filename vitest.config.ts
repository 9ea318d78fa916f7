import { defineConfig } from 'vitest/config';
import { moveClocks } from './test/clock/test-clock.ts';
import { SlowSpread } from './test/slow-spread.ts';

try {
  moveClocks(process.env);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

// The order that a command line asks for, such as a shuffled one, is kept.
const isOrdered = process.argv.some((word) => word.startsWith('--sequence'));

// The JSON report is for .ci/run, which prints its totals.
export default defineConfig({
  test: {
    globalSetup: ['test/compile.ts', 'test/empty-database.ts', 'test/run-directory.ts'],
    setupFiles: ['test/keep-threads.ts'],
    include: ['test/**/*.test.ts'],
    // What hangs shall end; what is slow on a busy machine shall not. On two cores that did as much beside it the longest took 91 s
    // (the desk under axe-core), and what was polled for 20.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 180_000 } },
    // Two workers keep two cores busy: threads of V8 that collect garbage beside them cost a twentieth more CPU.
    execArgv: ['--single-threaded-gc'],
    // Two cores are the smallest machine we promise to run on. A third worker costs more in switches than it gains while others wait:
    // the 33 files of test/services/web took 106 s with three, 89 with two (2 cores, Node 20.20.2).
    maxWorkers: 2,
    // Files of one worker share what they import: compiling PGlite again for each took two thirds of the tests' time.
    isolate: false,
    ...(isOrdered ? {} : { sequence: { sequencer: SlowSpread } }),
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-report.json' }]],
  },
});
