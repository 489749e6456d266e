import type { Report } from './check-context.ts';
import { HALTON_DIMENSIONS, SOBOL_DIMENSIONS } from './list-schemas.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { isMapping } from './schema-walk.ts';
import type { PlacedValue } from './visit-values.ts';

const DIMENSIONS = { sobol: SOBOL_DIMENSIONS, halton: HALTON_DIMENSIONS } as const;

/**
 * Checks that no two values go through the same dimension of a sequence, in which they would rise and fall
 * together.
 */
export function checkDimensions(values: readonly PlacedValue[], report: Report): void {
  const stages = values.flatMap(({ value, path }) =>
    isMapping(value) && value.kind === 'stage' ? [path] : [],
  );
  for (const kind of ['sobol', 'halton'] as const) {
    const users = values.filter(({ value }) => isMapping(value) && value.kind === kind);
    const dimensionOf = ({ value }: PlacedValue): number =>
      (value as { dimension: number }).dimension;
    const excludes = (a: PlacedValue, b: PlacedValue): boolean =>
      stages.some((path) => isInOtherStages(path, a.path, b.path));
    const taken = new Set(users.map(dimensionOf));
    const free = Array.from({ length: DIMENSIONS[kind] }, (_, i) => i + 1).find(
      (d) => !taken.has(d),
    );
    for (const [index, user] of users.entries()) {
      const first = users
        .slice(0, index)
        .find((other) => dimensionOf(other) === dimensionOf(user) && !excludes(other, user));
      if (first === undefined) continue;
      report(
        formatPath([...user.path, 'dimension']),
        `expected a dimension of its own, found ${dimensionOf(user)}, which ${formatPath(first.path)} has`,
        free === undefined
          ? 'Draw the values that matter least by another kind.'
          : `Free is ${free}. To let values vary together, draw a variable and refer to it.`,
      );
    }
  }
}

/** Whether two values stand in different stages of the value at `path`, so that no frame has both. */
function isInOtherStages(
  path: readonly PathSegment[],
  a: readonly PathSegment[],
  b: readonly PathSegment[],
): boolean {
  const inside = (other: readonly PathSegment[]): boolean =>
    path.every((segment, i) => other[i] === segment) && other[path.length] === 'of';
  return inside(a) && inside(b) && a[path.length + 1] !== b[path.length + 1];
}
