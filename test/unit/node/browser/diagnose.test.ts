import { expect, it } from 'vitest';
import { describeDefaults } from '#node/browser/diagnose';

it.each([
  ['mesa', 8, '8 browsers side by side (--workers), each drawing on one thread; '],
  ['mesa', 1, '1 browser (--workers), each drawing on one thread; '],
  ['swiftshader', 8, "1 browser (--workers), with SwiftShader's own threads; "],
  ['gpu', 8, '1 browser (--workers), on the one card; '],
] as const)('tells what a run does with %s on %i cores', (backend, cores, start) => {
  const { detail } = describeDefaults(backend, cores);
  expect(detail.startsWith(start)).toBe(true);
  expect(detail).toContain('4 samples a pixel');
});
