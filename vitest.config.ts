import { defineConfig } from 'vitest/config';

const tests = (name: string, include: string[], timeoutMs: number) => ({
  name,
  include,
  testTimeout: timeoutMs,
  hookTimeout: timeoutMs,
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
            60_000,
          ),
          // Half their time was loading the same modules for each file; they hold no state to share.
          isolate: false,
        },
      },
      {
        extends: true,
        test: tests('page', ['test/{page,golden,preview}/**/*.page.test.ts'], 180_000),
      },
      { extends: true, test: tests('e2e', ['test/e2e/**/*.e2e.test.ts'], 300_000) },
    ],
    fileParallelism: true,
    maxWorkers: 2,
  },
});
