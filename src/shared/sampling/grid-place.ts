import type { GridPlaceSpec } from '../config/place-schema.ts';
import type { IntegerValue } from '../config/value-types.ts';
import type { Vec3 } from '../core/geometry.ts';
import { levelAt } from './levels.ts';
import type { Sampler } from './sampler.ts';

/** The position of a grid that a frame has, metres, world: x counts before y before z. */
export function gridPosition(
  sampler: Sampler,
  spec: GridPlaceSpec,
  { path, attempt }: Readonly<{ path: string; attempt: number }>,
): Vec3 {
  const { counts, min, max } = spec;
  const [nx, ny] = counts;
  const cell = sampler.integer(cellValue(spec), `${path}.cell`, attempt);
  const along = (axis: 0 | 1 | 2, place: number): number => {
    const [steps, low, high] = [counts[axis], min[axis], max[axis]];
    return steps === 1 ? (low + high) / 2 : levelAt({ min: low, max: high, steps }, place);
  };
  return [
    along(0, cell % nx),
    along(1, Math.floor(cell / nx) % ny),
    along(2, Math.floor(cell / (nx * ny))),
  ];
}

/** The order as a value of the grammar, so that it is drawn, recorded and held against as one. */
function cellValue({ counts: [nx, ny, nz], order, hold }: GridPlaceSpec): IntegerValue {
  const cells = { min: 0, max: nx * ny * nz - 1 };
  switch (order) {
    case 'rows':
      return { kind: 'grid', values: cells, hold };
    case 'shuffled':
      return { kind: 'permutation', values: cells };
    case 'random':
      return { kind: 'integer', ...cells };
  }
}
