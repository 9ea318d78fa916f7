import { defineConfig } from 'vitest/config';

// PGlite takes seconds to boot and two cores are the smallest machine we promise to run on.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
});
