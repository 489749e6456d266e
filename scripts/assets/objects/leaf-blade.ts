import { Vector3, type BufferGeometry } from 'three';
import { loft } from '../lib/loft.ts';

/** A leaf growing along +X from the origin; all in millimetres. */
export interface LeafBladeSpec {
  length: number;
  width: number;
  /** How far the tip sinks below a straight line. */
  droop: number;
  /** Outline exponent: below 1 is blunt, above 1 pointed; 0.9 when absent. */
  taper?: number;
  /** Thickness at the midrib; 0.8 when absent. */
  thickness?: number;
}

/** A closed thin leaf, folded along its midrib and arching downwards; u runs around, v to the tip. */
export function leafBlade(spec: LeafBladeSpec): BufferGeometry {
  const steps = 12;
  const thickness = spec.thickness ?? 0.8;
  const rings = Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const half = Math.max(
      0.35,
      (spec.width / 2) * Math.sin(Math.PI * t ** (spec.taper ?? 0.9)) ** 0.85,
    );
    const fold = half * 0.28;
    const x = spec.length * t;
    const y = spec.length * 0.25 * Math.sin(t * Math.PI * 0.55) - spec.droop * t * t;
    return [
      new Vector3(x, y + thickness, 0),
      new Vector3(x, y + fold * 0.6 + thickness * 0.8, half * 0.6),
      new Vector3(x, y + fold, half),
      new Vector3(x, y + fold * 0.6 - thickness * 0.2, half * 0.6),
      new Vector3(x, y - thickness * 0.5, 0),
      new Vector3(x, y + fold * 0.6 - thickness * 0.2, -half * 0.6),
      new Vector3(x, y + fold, -half),
      new Vector3(x, y + fold * 0.6 + thickness * 0.8, -half * 0.6),
    ];
  });
  return loft(rings, { creaseDegrees: 50 });
}
