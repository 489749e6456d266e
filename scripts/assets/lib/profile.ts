import { CatmullRomCurve3, Vector3 } from 'three';

/** A corner of a lathe profile: radius mm, height mm, fillet radius mm, name of the zone starting here. */
export type ProfileRow = readonly [r: number, y: number, fillet?: number, zone?: string];

/** A point of a finished profile in millimetres; `zone` names the surface of the segment that follows. */
export interface ProfilePoint {
  r: number;
  y: number;
  zone: string;
}

/** Small fillets only need to catch a highlight, large ones shape the silhouette. */
function filletStepDegrees(radius: number): number {
  if (radius < 1.3) return 91;
  if (radius < 2) return 46;
  return radius < 6 ? 30 : 18;
}

interface Corner {
  r: number;
  y: number;
  fillet: number;
  zone: string;
}

function toCorners(rows: readonly ProfileRow[]): Corner[] {
  let zone = 'body';
  return rows.map(([r, y, fillet, named]) => {
    zone = named ?? zone;
    return { r, y, fillet: fillet ?? 0, zone };
  });
}

function filletPoints(before: Corner, corner: Corner, after: Corner): ProfilePoint[] {
  const inLength = Math.hypot(before.r - corner.r, before.y - corner.y);
  const outLength = Math.hypot(after.r - corner.r, after.y - corner.y);
  const inward = { r: (before.r - corner.r) / inLength, y: (before.y - corner.y) / inLength };
  const outward = { r: (after.r - corner.r) / outLength, y: (after.y - corner.y) / outLength };
  const cosine = Math.min(1, Math.max(-1, inward.r * outward.r + inward.y * outward.y));
  const halfAngle = Math.acos(cosine) / 2;
  const turn = Math.PI - 2 * halfAngle;
  if (corner.fillet <= 0 || turn < 0.05) return [{ r: corner.r, y: corner.y, zone: corner.zone }];
  const room = 0.49 * Math.min(inLength, outLength);
  const reach = Math.min(corner.fillet / Math.tan(halfAngle), room);
  const start = { r: corner.r + inward.r * reach, y: corner.y + inward.y * reach };
  const end = { r: corner.r + outward.r * reach, y: corner.y + outward.y * reach };
  const steps = Math.max(1, Math.ceil((turn * 180) / Math.PI / filletStepDegrees(corner.fillet)));
  const points: ProfilePoint[] = [];
  for (let i = 0; i <= steps; i++) {
    const angle = (i / steps) * turn;
    const a = Math.sin(turn - angle) / Math.sin(turn);
    const b = Math.sin(angle) / Math.sin(turn);
    points.push({
      ...arcPoint({ corner, start, end }, a, b),
      zone: i < steps ? before.zone : corner.zone,
    });
  }
  return points;
}

interface Arc {
  corner: { r: number; y: number };
  start: { r: number; y: number };
  end: { r: number; y: number };
}

/** Spherical interpolation about the fillet centre, which mirrors the corner through the chord. */
function arcPoint(arc: Arc, a: number, b: number): { r: number; y: number } {
  const mid = { r: (arc.start.r + arc.end.r) / 2, y: (arc.start.y + arc.end.y) / 2 };
  const toMid = Math.hypot(mid.r - arc.corner.r, mid.y - arc.corner.y);
  const halfChord = Math.hypot(arc.end.r - arc.start.r, arc.end.y - arc.start.y) / 2;
  const beyond = (halfChord * halfChord) / toMid;
  const centre = {
    r: mid.r + ((mid.r - arc.corner.r) / toMid) * beyond,
    y: mid.y + ((mid.y - arc.corner.y) / toMid) * beyond,
  };
  return {
    r: centre.r + a * (arc.start.r - centre.r) + b * (arc.end.r - centre.r),
    y: centre.y + a * (arc.start.y - centre.y) + b * (arc.end.y - centre.y),
  };
}

/**
 * Turns profile corners into a polyline with rounded corners. List the outside from the bottom
 * centre upwards, then over the lip and down the inside.
 */
export function filletProfile(rows: readonly ProfileRow[]): ProfilePoint[] {
  const corners = toCorners(rows);
  return corners.flatMap((corner, i) => {
    const before = corners[i - 1];
    const after = corners[i + 1];
    if (!before || !after) return [{ r: corner.r, y: corner.y, zone: corner.zone }];
    return filletPoints(before, corner, after);
  });
}

/**
 * A smooth profile through the given points (centripetal Catmull-Rom), for organic shapes.
 * @param rows - radius and height in millimetres, bottom first
 * @param steps - number of segments of the result
 */
export function splineProfile(rows: readonly ProfileRow[], steps: number): ProfilePoint[] {
  const zone = rows[0]?.[3] ?? 'body';
  const curve = new CatmullRomCurve3(rows.map(([r, y]) => new Vector3(r, y, 0)));
  curve.arcLengthDivisions = 400;
  return curve.getSpacedPoints(steps).map((p) => ({ r: Math.max(0, p.x), y: p.y, zone }));
}

/** Length in millimetres of a zone along the profile, i.e. the height of its unwrapped drawing. */
export function zoneLength(profile: readonly ProfilePoint[], zone: string): number {
  return profile.slice(1).reduce((sum, to, i) => {
    const from = profile[i] as ProfilePoint;
    return from.zone === zone ? sum + Math.hypot(to.r - from.r, to.y - from.y) : sum;
  }, 0);
}
