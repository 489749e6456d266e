import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeoutMs: number) => ({
  extends: true as const,
  test: { name, include, testTimeout: timeoutMs, hookTimeout: timeoutMs },
});

export default defineConfig({
  resolve: { conditions: ['source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    globalSetup: 'test/remove-temporary-files.ts',
    projects: [
      project(
        'unit',
        ['test/{unit,comparer}/**/*.test.ts', 'test/property/**/*.prop.test.ts'],
        60_000,
      ),
      project('page', ['test/{page,golden,preview}/**/*.page.test.ts'], 180_000),
      project('e2e', ['test/e2e/**/*.e2e.test.ts'], 300_000),
    ],
    fileParallelism: true,
    maxWorkers: 2,
  },
});
