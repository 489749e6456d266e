import { defineConfig } from 'vitest/config';

/**
 * A test waits for what must come, however slow and busy the machine: the limits end what hangs. They are ten times
 * what the longest test of a project takes on two free cores.
 */
const tests = (name: string, include: string[], timeoutMs: number) => ({
  name,
  include,
  testTimeout: timeoutMs,
  hookTimeout: timeoutMs,
  expect: { poll: { timeout: 60_000 } },
});

export default defineConfig({
  resolve: { conditions: ['source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    globalSetup: 'test/remove-temporary-files.ts',
    projects: [
      {
        extends: true,
        test: {
          ...tests(
            'unit',
            ['test/{unit,comparer}/**/*.test.ts', 'test/property/**/*.prop.test.ts'],
            180_000,
          ),
          // Half their time was loading the same modules for each file; they hold no state to share.
          isolate: false,
        },
      },
      {
        extends: true,
        test: tests('page', ['test/{page,golden,preview}/**/*.page.test.ts'], 600_000),
      },
      { extends: true, test: tests('e2e', ['test/e2e/**/*.e2e.test.ts'], 600_000) },
    ],
    fileParallelism: true,
    maxWorkers: 2,
  },
});
