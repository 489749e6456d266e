/** Twenty solids on a ground, 200,702 triangles in all: five of each kind, of scales from 0.10 to 0.20. */
import { makeKinds, solidsScene } from './make-solids.ts';

const kinds = makeKinds({ sphere: [96, 64], cube: 1, torus: [64, 96], knot: [246, 32] });

export const scene = solidsScene({ kinds, count: 20, scales: [0.1, 0.2] });
