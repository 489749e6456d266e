import type { BufferGeometry } from 'three';
import type { ProfilePoint } from './profile.ts';
import { geometryFromArrays, type MeshArrays } from './mesh-arrays.ts';

const CREASE_COSINE = Math.cos((50 * Math.PI) / 180);

interface SegmentNormal {
  r: number;
  y: number;
  length: number;
}

function segmentNormals(profile: readonly ProfilePoint[]): SegmentNormal[] {
  return profile.slice(1).map((to, i) => {
    const from = profile[i] as ProfilePoint;
    const length = Math.hypot(to.r - from.r, to.y - from.y) || 1e-9;
    return { r: (to.y - from.y) / length, y: (from.r - to.r) / length, length };
  });
}

/** Normal of a segment's end, smoothed with its neighbour by length unless the corner is crisp. */
function blend(
  own: SegmentNormal,
  neighbour: SegmentNormal | undefined,
  onAxis: boolean,
): { r: number; y: number } {
  if (onAxis && Math.abs(own.y) > 0.5) return { r: 0, y: Math.sign(own.y) };
  if (!neighbour || own.r * neighbour.r + own.y * neighbour.y < CREASE_COSINE) return own;
  const r = own.r * own.length + neighbour.r * neighbour.length;
  const y = own.y * own.length + neighbour.y * neighbour.length;
  const length = Math.hypot(r, y);
  return { r: r / length, y: y / length };
}

interface Ring {
  r: number;
  y: number;
  normal: { r: number; y: number };
  v: number;
}

function addRing(mesh: Required<MeshArrays>, ring: Ring, segments: number): void {
  for (let j = 0; j <= segments; j++) {
    const angle = (j / segments) * 2 * Math.PI - Math.PI;
    const sin = j === 0 || j === segments ? 0 : Math.sin(angle);
    const cos = Math.cos(angle);
    mesh.positions.push(ring.r * sin, ring.y, ring.r * cos);
    mesh.normals.push(ring.normal.r * sin, ring.normal.y, ring.normal.r * cos);
    mesh.uvs.push(j / segments, ring.v);
  }
}

interface Band {
  first: number;
  second: number;
  openFirst: boolean;
  openSecond: boolean;
}

function addBand(mesh: Required<MeshArrays>, band: Band, segments: number): void {
  for (let j = 0; j < segments; j++) {
    const [a, b] = [band.first + j, band.first + j + 1];
    const [c, d] = [band.second + j, band.second + j + 1];
    if (band.openFirst) mesh.indices.push(a, b, d);
    if (band.openSecond) mesh.indices.push(a, d, c);
  }
}

/**
 * Revolves a profile around +Y. The seam lies at the back, so u = 0.5 faces +Z and u grows to the
 * viewer's right; v runs 0–1 along the profile by arc length within each zone.
 * @param profile - millimetres; outside listed upwards, inside downwards
 * @param segments - facets around the axis
 * @returns one geometry per zone, with normals continuous across zones
 */
export function latheZones(
  profile: readonly ProfilePoint[],
  segments = 48,
): Map<string, BufferGeometry> {
  const normals = segmentNormals(profile);
  const lengths = new Map<string, number>();
  normals.forEach((normal, i) => {
    const zone = (profile[i] as ProfilePoint).zone;
    lengths.set(zone, (lengths.get(zone) ?? 0) + normal.length);
  });
  const meshes = new Map<string, Required<MeshArrays>>();
  const travelled = new Map<string, number>();
  normals.forEach((normal, i) => {
    const [from, to] = [profile[i], profile[i + 1]] as [ProfilePoint, ProfilePoint];
    const mesh = meshes.get(from.zone) ?? { positions: [], normals: [], uvs: [], indices: [] };
    meshes.set(from.zone, mesh);
    const total = lengths.get(from.zone) ?? 1;
    const start = travelled.get(from.zone) ?? 0;
    travelled.set(from.zone, start + normal.length);
    const startNormal = blend(normal, normals[i - 1], from.r < 1e-6);
    const endNormal = blend(normal, normals[i + 1], to.r < 1e-6);
    const first = mesh.positions.length / 3;
    addRing(mesh, { ...from, normal: startNormal, v: start / total }, segments);
    const second = mesh.positions.length / 3;
    addRing(
      mesh,
      { ...to, normal: endNormal, v: Math.min(1, (start + normal.length) / total) },
      segments,
    );
    addBand(mesh, { first, second, openFirst: from.r > 1e-6, openSecond: to.r > 1e-6 }, segments);
  });
  return new Map([...meshes].map(([zone, mesh]) => [zone, weldRings(mesh, segments + 1)]));
}

/** Removes the second copy of a ring where two neighbouring segments share it unchanged. */
function weldRings(mesh: Required<MeshArrays>, ringSize: number): BufferGeometry {
  const ringCount = mesh.positions.length / 3 / ringSize;
  const kept: number[] = [];
  const target: number[] = [];
  const keys = new Map<string, number>();
  for (let ring = 0; ring < ringCount; ring++) {
    const at = ring * ringSize * 3 + 3 * Math.floor(ringSize / 2);
    const values = [...mesh.positions.slice(at, at + 3), ...mesh.normals.slice(at, at + 3)];
    const key = values.map((value) => value.toFixed(5)).join();
    const known = keys.get(key);
    target.push(known ?? kept.length);
    if (known !== undefined) continue;
    keys.set(key, kept.length);
    kept.push(ring);
  }
  const pick = (source: number[], width: number): number[] =>
    kept.flatMap((ring) => source.slice(ring * ringSize * width, (ring + 1) * ringSize * width));
  return geometryFromArrays({
    positions: pick(mesh.positions, 3),
    normals: pick(mesh.normals, 3),
    uvs: pick(mesh.uvs, 2),
    indices: mesh.indices.map(
      (i) => (target[Math.floor(i / ringSize)] ?? 0) * ringSize + (i % ringSize),
    ),
  });
}

/** Revolves a profile that has one zone only; see {@link latheZones}. */
export function lathe(profile: readonly ProfilePoint[], segments = 48): BufferGeometry {
  const zones = [...latheZones(profile, segments).values()];
  if (zones.length !== 1 || !zones[0])
    throw new Error('lathe needs a profile with exactly one zone');
  return zones[0];
}

/** Takes a zone out of a {@link latheZones} result, failing loudly when it is missing. */
export function zoneOf(zones: Map<string, BufferGeometry>, name: string): BufferGeometry {
  const geometry = zones.get(name);
  if (!geometry) throw new Error(`no lathe zone "${name}"`);
  return geometry;
}
