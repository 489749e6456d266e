import { Vector3, type BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { bevelBox } from '../lib/bevel-box.ts';
import { extruded } from '../lib/extrude.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { loft } from '../lib/loft.ts';
import { glaze, metal, plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
import { merged } from '../lib/solid.ts';

/** A car by its side view: heights at places along z, the front at +z; all in mm. */
interface CarVariant {
  width: number;
  /** Lower body: [z, height of the shoulder], from the tail to the nose. */
  shoulder: readonly (readonly [number, number])[];
  /** Glass house: feet and tops of the rear and the front window. */
  cabin: { rear: number; rearTop: number; frontTop: number; front: number; roof: number };
  /** Pillars between side windows, as z. */
  pillars: readonly number[];
  wheels: { radius: number; rear: number; front: number };
  color: string;
}

const CARS: readonly CarVariant[] = [
  // Hatchback.
  {
    width: 1770,
    shoulder: [
      [-1990, 760],
      [-1940, 900],
      [-900, 930],
      [700, 900],
      [1650, 790],
      [1960, 650],
    ],
    cabin: { rear: -1900, rearTop: -1420, frontTop: 130, front: 930, roof: 1470 },
    pillars: [-1010, -180],
    wheels: { radius: 315, rear: -1270, front: 1290 },
    color: '#c4473d',
  },
  // Saloon.
  {
    width: 1830,
    shoulder: [
      [-2330, 700],
      [-2290, 930],
      [-1300, 950],
      [800, 910],
      [1900, 800],
      [2290, 640],
    ],
    cabin: { rear: -1620, rearTop: -1000, frontTop: 180, front: 1030, roof: 1440 },
    pillars: [-940, -130],
    wheels: { radius: 330, rear: -1400, front: 1420 },
    color: '#8f9aa3',
  },
  // Van.
  {
    width: 1980,
    shoulder: [
      [-2600, 900],
      [-2580, 1120],
      [-1200, 1130],
      [1400, 1130],
      [2100, 1020],
      [2540, 720],
    ],
    cabin: { rear: -2560, rearTop: -2500, frontTop: 1050, front: 1880, roof: 1960 },
    pillars: [-900, 340],
    wheels: { radius: 345, rear: -1680, front: 1600 },
    color: '#e3e3df',
  },
  // Off-roader.
  {
    width: 1900,
    shoulder: [
      [-2280, 860],
      [-2240, 1050],
      [-1000, 1070],
      [900, 1050],
      [1850, 980],
      [2230, 800],
    ],
    cabin: { rear: -2180, rearTop: -1860, frontTop: 150, front: 880, roof: 1730 },
    pillars: [-1180, -240],
    wheels: { radius: 375, rear: -1370, front: 1400 },
    color: '#3f5a4a',
  },
];

/** Height of a broken line at z. */
function heightAt(line: readonly (readonly [number, number])[], z: number): number {
  for (let i = 1; i < line.length; i++) {
    const [[z0, y0], [z1, y1]] = [line[i - 1], line[i]] as [[number, number], [number, number]];
    if (z <= z1) return y0 + ((y1 - y0) * Math.max(0, z - z0)) / (z1 - z0);
  }
  return line.at(-1)?.[1] ?? 0;
}

/** A cross-section of the body at z: sill, bulging side, shoulder, crowned top; anticlockwise about +Z. */
function bodyRing(car: CarVariant, z: number, narrow: number): Vector3[] {
  const top = heightAt(car.shoulder, z);
  const sill = 240;
  const half = (car.width / 2) * narrow;
  const side: [number, number][] = [
    [half * 0.9, sill],
    [half * 0.975, sill + 70],
    [half, sill + (top - sill) * 0.42],
    [half * 0.985, sill + (top - sill) * 0.68],
    [half * 0.95, top - 34],
    [half * 0.88, top],
    [half * 0.45, top + 14],
  ];
  const mirrored = [...side].reverse().map(([x, y]): [number, number] => [-x, y]);
  return [...side, ...mirrored].map(([x, y]) => new Vector3(x, y, z));
}

function body(car: CarVariant): BufferGeometry {
  const [tail, nose] = [car.shoulder[0]?.[0] ?? 0, car.shoulder.at(-1)?.[0] ?? 0];
  const inner = [0.02, 0.06, 0.16, 0.32, 0.5, 0.68, 0.84, 0.93, 0.98];
  const stations = inner.map((share) => tail + (nose - tail) * share);
  const narrowAt = (share: number): number =>
    1 - 0.16 * Math.max(0, 1 - share / 0.1) ** 2 - 0.2 * Math.max(0, (share - 0.86) / 0.14) ** 2;
  const rings = [tail, ...stations, nose].map((z) => {
    const share = (z - tail) / (nose - tail);
    return bodyRing(car, z, narrowAt(share));
  });
  return loft(rings, { creaseDegrees: 38 });
}

/** A ring of the glass house at height y: `share` 0 at its foot, 1 at the roof. */
function cabinRing(car: CarVariant, share: number, grow = 0): Vector3[] {
  const { rear, rearTop, frontTop, front, roof } = car.cabin;
  const mix = (a: number, b: number): number => a + (b - a) * share;
  const [back, fore] = [mix(rear, rearTop) - grow, mix(front, frontTop) + grow];
  const half = (car.width / 2) * (0.87 - 0.15 * share) + grow;
  const low = (z: number): number => heightAt(car.shoulder, z) - 30;
  const height = (z: number): number => low(z) + (roof - low(z)) * share;
  const corner = 90;
  // Anticlockwise about +Y: from the back over −X to the front.
  const plan: [number, number][] = [
    [half - corner, back],
    [-half + corner, back],
    [-half, back + corner],
    [-half, fore - corner],
    [-half + corner, fore],
    [half - corner, fore],
    [half, fore - corner],
    [half, back + corner],
  ];
  return plan.map(([x, z]) => new Vector3(x, height(z), z));
}

function cabin(car: CarVariant): { glass: BufferGeometry; roof: BufferGeometry } {
  const glass = loft([cabinRing(car, 0), cabinRing(car, 0.9)], { creaseDegrees: 50 });
  const crown = cabinRing(car, 1).map(({ x, y, z }) => new Vector3(x * 0.86, y + 22, z * 0.94));
  const roof = loft([cabinRing(car, 0.86, 6), cabinRing(car, 1, 4), crown], { creaseDegrees: 45 });
  return { glass, roof };
}

/** A slanting post between the foot and the roof of the glass house. */
function pillar(car: CarVariant, z: number, s: number): BufferGeometry {
  const half = (share: number): number => (car.width / 2) * (0.87 - 0.15 * share) + 4;
  const low = heightAt(car.shoulder, z) - 30;
  const ring = (share: number): Vector3[] => {
    const [x, y] = [s * half(share), low + (car.cabin.roof - low) * share];
    const [a, b] = [x - 20, x + 4 * s];
    const [left, right] = [Math.min(a, b), Math.max(a, b)];
    return [
      new Vector3(right, y, z - 45),
      new Vector3(left, y, z - 45),
      new Vector3(left, y, z + 45),
      new Vector3(right, y, z + 45),
    ];
  };
  return loft([ring(0), ring(0.92)]);
}

/** The slanting posts at the corners of the glass house. */
function cornerPillars(car: CarVariant): BufferGeometry[] {
  const foot = cabinRing(car, 0, 5);
  const top = cabinRing(car, 0.9, 5);
  const strips: [number, number][] = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 0],
  ];
  return strips.map(([a, b]) => {
    const thick = (ring: Vector3[]): Vector3[] => {
      const [p, q] = [ring[a] as Vector3, ring[b] as Vector3];
      const inward = new Vector3(-p.x - q.x, 0, 0).normalize().multiplyScalar(24);
      return [q.clone(), p.clone(), p.clone().add(inward), q.clone().add(inward)].reverse();
    };
    return loft([thick(foot), thick(top)]);
  });
}

function wheel(radius: number): { tyre: BufferGeometry; rim: BufferGeometry } {
  const half = 105;
  const tyre = filletProfile([
    [radius * 0.9, -half],
    [radius, -half * 0.7],
    [radius, half * 0.7],
    [radius * 0.93, half * 0.97],
    [radius * 0.64, half],
    [radius * 0.6, half * 0.8],
  ]);
  const rim = filletProfile([
    [radius * 0.62, half * 0.86],
    [radius * 0.54, half * 0.86],
    [radius * 0.48, half * 0.5],
    [radius * 0.16, half * 0.66],
    [0, half * 0.7],
  ]);
  return {
    tyre: zoneOf(latheZones(tyre, 20), 'body'),
    rim: zoneOf(latheZones(rim, 14), 'body'),
  };
}

function wheels({ width, wheels: w }: CarVariant): { tyres: BufferGeometry; rims: BufferGeometry } {
  const places = [-1, 1].flatMap((s) => [w.rear, w.front].map((z) => [s, z] as const));
  const put = (make: () => BufferGeometry): BufferGeometry =>
    merged(
      places.map(([s, z]) =>
        make()
          .rotateZ((-s * Math.PI) / 2)
          .translate(s * (width / 2 - 108), w.radius, z),
      ),
    );
  return { tyres: put(() => wheel(w.radius).tyre), rims: put(() => wheel(w.radius).rim) };
}

/** Black half discs over the wheels, just outside of the body. */
function arches({ width, wheels: w }: CarVariant): BufferGeometry[] {
  const r = w.radius + 48;
  const outline = Array.from({ length: 13 }, (_, i): [number, number] => {
    const turn = (i / 12) * Math.PI * 1.12 - 0.06 * Math.PI;
    return [r * Math.cos(turn), Math.max(-(w.radius - 230), r * Math.sin(turn))];
  });
  return [-1, 1].flatMap((s) =>
    [w.rear, w.front].map((z) =>
      extruded({ outline, depth: 220, bevel: 0 })
        .rotateY(Math.PI / 2)
        .translate(s * (width / 2 - 104), w.radius, z),
    ),
  );
}

function lights(car: CarVariant): { head: BufferGeometry; tail: BufferGeometry } {
  const nose = car.shoulder.at(-1) ?? [0, 0];
  const tail = car.shoulder[0] ?? [0, 0];
  const at = (z: number, y: number, size: readonly [number, number, number]): BufferGeometry =>
    merged([-1, 1].map((s) => bevelBox(size, 14).translate(s * car.width * 0.33, y, z)));
  return {
    head: at(nose[0] - 26, nose[1] - 80, [260, 110, 90]),
    tail: at(tail[0] + 20, tail[1] - 40, [190, 170, 70]),
  };
}

function buildCar(car: CarVariant): Promise<Part[]> {
  const { glass, roof } = cabin(car);
  const { tyres, rims } = wheels(car);
  const { head, tail } = lights(car);
  const [rear, front] = [car.shoulder[0]?.[0] ?? 0, car.shoulder.at(-1)?.[0] ?? 0];
  const posts = [-1, 1].flatMap((s) => car.pillars.map((z) => pillar(car, z, s)));
  const paint = glaze('paint', car.color, 0.3);
  const bumpers = [rear - 8, front + 8].map((z) =>
    bevelBox([car.width * 0.8, 150, 110], 35).translate(0, 345, z + (z < 0 ? 50 : -50)),
  );
  const plates = [rear - 16, front + 14].map((z) =>
    bevelBox([500, 110, 14], 3).translate(0, 400, z + (z < 0 ? -2 : 2)),
  );
  const mirrors = [-1, 1].map((s) =>
    bevelBox([200, 130, 90], 30).translate(
      s * (car.width / 2 + 40),
      heightAt(car.shoulder, car.cabin.front - 250) + 90,
      car.cabin.front - 330,
    ),
  );
  return Promise.resolve([
    { name: 'body', geometry: merged([body(car), ...mirrors]), material: paint },
    { name: 'roof', geometry: merged([roof, ...posts, ...cornerPillars(car)]), material: paint },
    { name: 'glass', geometry: glass, material: glaze('glass', '#10161b', 0.08) },
    {
      name: 'trim',
      geometry: merged([...arches(car), ...bumpers]),
      material: plastic('trim', '#1d1e20', 0.7),
    },
    { name: 'tyres', geometry: tyres, material: plastic('rubber', '#17181a', 0.9) },
    { name: 'rims', geometry: rims, material: metal('alloy', '#b9bcc0', 0.35) },
    { name: 'headlights', geometry: head, material: glaze('lamp glass', '#e9eef2', 0.1) },
    { name: 'tail-lights', geometry: tail, material: glaze('red lamp', '#a3141c', 0.2) },
    { name: 'plates', geometry: merged(plates), material: plastic('plate', '#e8e6da', 0.5) },
  ]);
}

/** A hatchback, a saloon, a van and an off-roader; the front is +Z. */
export const carRecipes = leanRecipesOf('car', CARS, buildCar);
