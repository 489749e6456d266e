/**
 * A street corner: a road along x and one along −z, pavements with kerbs, fronts of houses with windows and
 * shops. Right-hand traffic. Objects may be placed on `road-a`, `road-b`, `pavement-a` and `pavement-b`, and
 * on the `far-pavement`; a camera belongs on the open side, between +Z and +X.
 */
import {
  BoxGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { defineScene } from 'diorama/scene';

/** Height of a kerb, width of pavements and of roads; metres. */
const KERB = 0.14;
const PAVEMENT = 4.2;
const ROAD = 8;
const STOREY = 3.1;
/** How far the streets are built. */
const REACH = 20;

const asphalt = material('#4c4d4f', 0.92);
const slabs = material('#9b9890', 0.9);
const granite = material('#b9b6ae', 0.8);
const paint = material('#e6e4dc', 0.7);
const plaster = material('#d8cdb8', 0.92);
const trim = material('#e9e5dc', 0.7);
const glass = material('#1d262d', 0.08);
const wood = material('#4b3a2c', 0.6);

function material(color: string, roughness: number, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness, metalness });
}

type Triple = readonly [x: number, y: number, z: number];

function named<T extends Object3D>(object: T, name: string, data: Record<string, unknown> = {}): T {
  object.name = name;
  Object.assign(object.userData, data);
  return object;
}

/** A box between two corners. */
function block(low: Triple, high: Triple, look: MeshStandardMaterial): Mesh {
  const size = low.map((value, k) => (high[k] ?? 0) - value) as [number, number, number];
  const mesh = new Mesh(new BoxGeometry(...size), look);
  mesh.position.set((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2);
  return mesh;
}

function ground(): Object3D[] {
  const flat = { castShadow: false };
  const road = { surface: true, category: 'road', ...flat };
  const walk = { surface: true, category: 'pavement', ...flat };
  const [end, far] = [REACH + 14, ROAD + PAVEMENT];
  return [
    named(block([-end, -0.3, 0], [end, 0, ROAD], asphalt), 'road-a', road),
    named(block([0, -0.3, -REACH], [ROAD, 0, 0], asphalt), 'road-b', road),
    named(block([-REACH - 6, -0.3, -PAVEMENT], [-0.3, KERB, -0.3], slabs), 'pavement-a', walk),
    named(block([-end, -0.3, -PAVEMENT], [-REACH - 6, KERB, -0.3], slabs), 'pavement-e', walk),
    named(block([-PAVEMENT, -0.3, -REACH], [-0.3, KERB, -PAVEMENT], slabs), 'pavement-b', walk),
    named(block([ROAD + 0.3, -0.3, -PAVEMENT], [end, KERB, -0.3], slabs), 'pavement-c', walk),
    named(
      block([ROAD + 0.3, -0.3, -REACH], [ROAD + PAVEMENT, KERB, -PAVEMENT], slabs),
      'pavement-d',
      walk,
    ),
    named(block([-end, -0.3, ROAD + 0.3], [end, KERB, far], slabs), 'far-pavement', walk),
    ...kerbs(end),
    ...beds(end),
  ];
}

/** What is seen between stones where they meet. */
function beds(end: number): Object3D[] {
  const top = KERB - 0.012;
  return [
    block([-end, -0.3, -REACH], [-0.02, top, -0.02], granite),
    block([ROAD + 0.02, -0.3, -REACH], [end, top, -0.02], granite),
    block([-end, -0.3, ROAD + 0.02], [end, top, ROAD + PAVEMENT - 0.02], granite),
  ].map((bed, i) => named(bed, `bed-${i + 1}`, { castShadow: false }));
}

function kerbs(end: number): Object3D[] {
  const stones: (readonly [Triple, Triple])[] = [
    [
      [-end, -0.3, -0.3],
      [0, KERB, 0],
    ],
    [
      [-0.3, -0.3, -REACH],
      [0, KERB, -0.3],
    ],
    [
      [ROAD, -0.3, -0.3],
      [end, KERB, 0],
    ],
    [
      [ROAD, -0.3, -REACH],
      [ROAD + 0.3, KERB, -0.3],
    ],
    [
      [-end, -0.3, ROAD],
      [end, KERB, ROAD + 0.3],
    ],
  ];
  return stones.map(([low, high], i) =>
    named(block(low, high, granite), `kerb-${i + 1}`, { castShadow: false }),
  );
}

/** Paint on the road, 4 mm above it. */
function markings(): Object3D {
  const places: (readonly [Triple, Triple])[] = [];
  const [low, high] = [-0.01, 0.004];
  for (let x = -REACH - 12; x < REACH + 12; x += 4)
    if (x < -7.5 || x > 9.5)
      places.push([
        [x, low, 4.94],
        [x + 2, high, 5.06],
      ]);
  for (let z = -REACH + 1; z < -9; z += 4)
    places.push([
      [ROAD / 2 - 0.06, low, z],
      [ROAD / 2 + 0.06, high, z + 2],
    ]);
  // Two zebra crossings, before the corner.
  for (let z = 0.45; z < ROAD - 0.5; z += 1)
    places.push([
      [-4.6, low, z],
      [-1.6, high, z + 0.5],
    ]);
  for (let x = 0.45; x < ROAD - 0.5; x += 1)
    places.push([
      [x, low, -4.6],
      [x + 0.5, high, -1.6],
    ]);
  // Stop lines and the edge of the parking lane.
  places.push([
    [-5.6, low, 5.15],
    [-5.3, high, ROAD - 0.15],
  ]);
  places.push([
    [0.15, low, -5.7],
    [ROAD / 2 - 0.1, high, -5.4],
  ]);
  places.push([
    [-REACH - 12, low, 2.16],
    [-8, high, 2.26],
  ]);
  const mesh = new InstancedMesh(new BoxGeometry(1, 1, 1), paint, places.length);
  places.forEach(([a, b], i) => mesh.setMatrixAt(i, boxMatrix(a, b)));
  return named(mesh, 'road-paint', { castShadow: false });
}

function boxMatrix(low: Triple, high: Triple): Matrix4 {
  return new Matrix4()
    .makeTranslation((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2)
    .multiply(new Matrix4().makeScale(high[0] - low[0], high[1] - low[1], high[2] - low[2]));
}

/** A front of a house in its own frame: x along it from 0, y up from the pavement, z out of the wall. */
type Front = Readonly<{
  width: number;
  storeys: number;
  /** From the front's frame to the scene's. */
  sceneFromFront: Matrix4;
}>;

type Boxes = Readonly<Record<'trim' | 'glass' | 'wood' | 'awning', (readonly [Triple, Triple])[]>>;

function windowsOf({ width, storeys }: Front, out: Boxes): void {
  const bays = Math.floor((width - 0.6) / 2.3);
  const pitch = width / bays;
  for (let storey = 1; storey < storeys; storey++)
    for (let bay = 0; bay < bays; bay++) {
      const [x, y] = [(bay + 0.5) * pitch, 0.6 + storey * STOREY + 0.55];
      out.trim.push([
        [x - 0.64, y - 0.06, -0.1],
        [x + 0.64, y + 1.76, 0.05],
      ]);
      out.glass.push([
        [x - 0.55, y + 0.03, -0.1],
        [x - 0.03, y + 1.1, 0.058],
      ]);
      out.glass.push([
        [x + 0.03, y + 0.03, -0.1],
        [x + 0.55, y + 1.1, 0.058],
      ]);
      out.glass.push([
        [x - 0.55, y + 1.17, -0.1],
        [x + 0.55, y + 1.67, 0.058],
      ]);
      out.trim.push([
        [x - 0.74, y - 0.14, -0.1],
        [x + 0.74, y - 0.05, 0.17],
      ]);
    }
}

/** Shop windows, a door and an awning on the ground floor. */
function shopOf({ width }: Front, out: Boxes): void {
  const bays = Math.max(2, Math.floor(width / 2.9));
  const pitch = width / bays;
  const door = Math.floor(bays / 2);
  for (let bay = 0; bay < bays; bay++) {
    const x = (bay + 0.5) * pitch;
    const half = pitch / 2 - 0.28;
    if (bay === door) {
      out.wood.push([
        [x - 0.62, 0, -0.1],
        [x + 0.62, 2.6, 0.05],
      ]);
      out.glass.push([
        [x - 0.45, 0.95, -0.1],
        [x + 0.45, 2.3, 0.062],
      ]);
      out.trim.push([
        [x - 0.7, -0.02, -0.1],
        [x + 0.7, 0.1, 0.42],
      ]);
      continue;
    }
    out.wood.push([
      [x - half, 0.35, -0.1],
      [x + half, 2.7, 0.05],
    ]);
    out.glass.push([
      [x - half + 0.09, 0.62, -0.1],
      [x + half - 0.09, 2.6, 0.06],
    ]);
  }
  out.awning.push([
    [0.25, 2.82, -0.1],
    [width - 0.25, 3.4, 0.1],
  ]);
  out.trim.push([
    [0, 3.5, -0.1],
    [width, 3.68, 0.14],
  ]);
}

type House = Readonly<{
  name: string;
  low: readonly [x: number, z: number];
  high: readonly [x: number, z: number];
  storeys: number;
  /** Which sides have windows. */
  fronts: readonly ('south' | 'east' | 'west')[];
}>;

function frontsOf({ low, high, storeys, fronts }: House): Front[] {
  return fronts.map((side) => {
    const base = new Matrix4();
    if (side === 'south') base.makeTranslation(low[0], KERB, high[1]);
    if (side === 'east')
      base
        .makeTranslation(high[0], KERB, high[1])
        .multiply(new Matrix4().makeRotationY(Math.PI / 2));
    if (side === 'west')
      base
        .makeTranslation(low[0], KERB, low[1])
        .multiply(new Matrix4().makeRotationY(-Math.PI / 2));
    const width = side === 'south' ? high[0] - low[0] : high[1] - low[1];
    return { width, storeys, sceneFromFront: base };
  });
}

/** Walls, a cornice, and all windows as four instanced meshes. */
function house(spec: House): Object3D {
  const { name, low, high, storeys } = spec;
  const top = KERB + 0.6 + storeys * STOREY + 0.5;
  const group = named(new Group(), name, { category: 'building' });
  const looks = { trim, glass, wood, awning: material('#7d3a33', 0.8) };
  const instances = { trim: [], glass: [], wood: [], awning: [] } as Record<keyof Boxes, Matrix4[]>;
  for (const front of frontsOf(spec)) {
    const boxes: Boxes = { trim: [], glass: [], wood: [], awning: [] };
    windowsOf(front, boxes);
    shopOf(front, boxes);
    for (const kind of Object.keys(boxes) as (keyof Boxes)[])
      instances[kind].push(
        ...boxes[kind].map(([a, b]) => front.sceneFromFront.clone().multiply(boxMatrix(a, b))),
      );
  }
  const unit: BufferGeometry = new BoxGeometry(1, 1, 1);
  const meshes = (Object.keys(instances) as (keyof Boxes)[]).map((kind) => {
    const mesh = new InstancedMesh(unit, looks[kind], instances[kind].length);
    instances[kind].forEach((matrix, i) => mesh.setMatrixAt(i, matrix));
    return named(mesh, `${name}-${kind}`, { castShadow: false });
  });
  return group.add(
    named(block([low[0], -0.2, low[1]], [high[0], top, high[1]], plaster), `${name}-walls`),
    named(
      block([low[0] - 0.02, top - 0.1, low[1]], [high[0] + 0.22, top + 0.22, high[1] + 0.22], trim),
      `${name}-cornice`,
    ),
    ...meshes,
  );
}

const HOUSES: readonly House[] = [
  {
    name: 'house-1',
    low: [-13, -15],
    high: [-PAVEMENT, -PAVEMENT],
    storeys: 4,
    fronts: ['south', 'east'],
  },
  { name: 'house-2', low: [-21, -15], high: [-13, -PAVEMENT], storeys: 3, fronts: ['south'] },
  {
    name: 'house-3',
    low: [-REACH - 14, -15],
    high: [-21, -PAVEMENT],
    storeys: 4,
    fronts: ['south'],
  },
  { name: 'house-4', low: [-13, -REACH], high: [-PAVEMENT, -15], storeys: 3, fronts: ['east'] },
  {
    name: 'house-5',
    low: [ROAD + PAVEMENT, -13],
    high: [26, -PAVEMENT],
    storeys: 4,
    fronts: ['south', 'west'],
  },
  {
    name: 'house-6',
    low: [ROAD + PAVEMENT, -REACH],
    high: [20, -13],
    storeys: 5,
    fronts: ['west'],
  },
  {
    name: 'house-7',
    low: [-PAVEMENT, -REACH - 9],
    high: [ROAD + PAVEMENT, -REACH],
    storeys: 4,
    fronts: ['south'],
  },
  // It closes the road to the west.
  {
    name: 'house-8',
    low: [-44, -18],
    high: [-REACH - 14, ROAD + 18],
    storeys: 4,
    fronts: ['east'],
  },
];

export const scene = defineScene({
  name: 'street-corner',
  build: () =>
    named(new Group(), 'street', { castShadow: false }).add(
      ...ground(),
      markings(),
      ...HOUSES.map(house),
    ),
  cameras: [{ name: 'across', position: [5, 2.2, 10], target: [-3, 1.6, -2] }],
});
