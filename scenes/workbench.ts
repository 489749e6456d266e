/**
 * A workbench built by hand: a bench with drawers, a shelf and a board of tools above it. Drawers and
 * hanging tools are labelled; objects may be placed on `bench-top` and `shelf`.
 */
import {
  BoxGeometry,
  CircleGeometry,
  CylinderGeometry,
  ExtrudeGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  Shape,
  TorusGeometry,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { defineScene } from 'diorama/scene';

const WIDTH = 1.6;
const DEPTH = 0.66;
const HEIGHT = 0.88;
const BOARD = { bottom: 1.0, height: 0.62, z: -DEPTH / 2 + 0.02, holesApart: 0.04 };

const wood = material('#a97c50', 0.6);
const paint = material('#55646b', 0.55);
const steel = material('#b9bcc0', 0.35, 1);
const grip = material('#c23b2a', 0.6);

function material(color: string, roughness: number, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness, metalness });
}

type Place = readonly [x: number, y: number, z: number];

function part(geometry: BufferGeometry, look: MeshStandardMaterial, at: Place): Mesh {
  const mesh = new Mesh(geometry, look);
  mesh.position.set(...at);
  return mesh;
}

/** Names an object, and says what it is: a category, a surface, something that casts no shadow. */
function named<T extends Object3D>(object: T, name: string, data: Record<string, unknown> = {}): T {
  object.name = name;
  Object.assign(object.userData, data);
  return object;
}

function bench(): Object3D[] {
  const top = part(new RoundedBoxGeometry(WIDTH, 0.05, DEPTH, 3, 0.006), wood, [
    0,
    HEIGHT - 0.025,
    0,
  ]);
  const legs = [-1, 1].flatMap((x) =>
    [-1, 1].map((z) =>
      part(new BoxGeometry(0.07, HEIGHT - 0.05, 0.07), wood, [
        x * (WIDTH / 2 - 0.06),
        (HEIGHT - 0.05) / 2,
        z * (DEPTH / 2 - 0.06),
      ]),
    ),
  );
  return [
    named(top, 'bench-top', { surface: true }),
    ...legs.map((leg, i) => named(leg, `leg-${i + 1}`)),
  ];
}

/** A cabinet under the bench, with three labelled drawers. */
function cabinet(): Object3D {
  const group = named(new Group(), 'cabinet');
  group.position.set(0.46, 0, 0.01);
  group.add(
    named(part(new BoxGeometry(0.44, 0.66, 0.5), paint, [0, 0.49, 0]), 'cabinet-body'),
    ...[0.3, 0.51, 0.71].map((y, i) => drawer(`drawer-${i + 1}`, y)),
  );
  return group;
}

function drawer(name: string, y: number): Object3D {
  const front = part(new RoundedBoxGeometry(0.4, 0.18, 0.02, 2, 0.004), paint, [0, y, 0.26]);
  const handle = new CylinderGeometry(0.006, 0.006, 0.14, 16).rotateZ(Math.PI / 2);
  front.add(named(part(handle, steel, [0, 0.02, 0.03]), `${name}-handle`));
  for (const x of [-0.06, 0.06]) {
    const post = new CylinderGeometry(0.004, 0.004, 0.025, 12).rotateX(Math.PI / 2);
    front.add(named(part(post, steel, [x, 0.02, 0.018]), `${name}-post`));
  }
  return named(front, name, { category: 'drawer' });
}

/** The board behind the bench; its holes are one instanced mesh. */
function toolBoard(): Object3D {
  const { bottom, height, z, holesApart } = BOARD;
  const board = part(new BoxGeometry(WIDTH, height, 0.02), material('#cdb38b', 0.8), [
    0,
    bottom + height / 2,
    z - 0.01,
  ]);
  const columns = Math.floor(WIDTH / holesApart) - 1;
  const rows = Math.floor(height / holesApart) - 1;
  const holes = new InstancedMesh(
    new CircleGeometry(0.0035, 10),
    material('#2b2118', 1),
    columns * rows,
  );
  for (let i = 0; i < columns * rows; i++) {
    const x = ((i % columns) - (columns - 1) / 2) * holesApart;
    const y = (Math.floor(i / columns) - (rows - 1) / 2) * holesApart;
    holes.setMatrixAt(i, new Matrix4().makeTranslation(x, y, 0.0105));
  }
  board.add(named(holes, 'holes', { castShadow: false }));
  return named(board, 'tool-board');
}

function shelf(): Object3D[] {
  const y = BOARD.bottom + BOARD.height + 0.03;
  const plank = part(new RoundedBoxGeometry(WIDTH, 0.024, 0.24, 2, 0.004), wood, [
    0,
    y,
    BOARD.z + 0.12,
  ]);
  const brackets = [-0.6, 0.6].map((x, i) =>
    named(
      part(new BoxGeometry(0.02, 0.02, 0.2), steel, [x, y - 0.022, BOARD.z + 0.1]),
      `bracket-${i + 1}`,
    ),
  );
  return [named(plank, 'shelf', { surface: true }), ...brackets];
}

function hammer(name: string, x: number): Object3D {
  const group = named(new Group(), name, { category: 'hammer' });
  group.position.set(x, 1.3, BOARD.z + 0.02);
  const head = new CylinderGeometry(0.014, 0.014, 0.11, 24).rotateZ(Math.PI / 2);
  group.add(
    named(part(new CylinderGeometry(0.011, 0.014, 0.28, 20), wood, [0, -0.02, 0]), `${name}-shaft`),
    named(part(head, steel, [0, 0.125, 0]), `${name}-head`),
  );
  return group;
}

function screwdriver(name: string, x: number, color: string): Object3D {
  const group = named(new Group(), name, { category: 'screwdriver' });
  group.position.set(x, 1.32, BOARD.z + 0.02);
  group.add(
    named(
      part(new CylinderGeometry(0.014, 0.012, 0.095, 8), material(color, 0.4), [0, 0.08, 0]),
      `${name}-grip`,
    ),
    named(
      part(new CylinderGeometry(0.003, 0.003, 0.13, 12), steel, [0, -0.032, 0]),
      `${name}-blade`,
    ),
  );
  return group;
}

/** An open-ended wrench, cut from steel of 6 mm. */
function wrench(name: string, x: number, length: number): Object3D {
  const jaw = 0.022;
  const outline = new Shape();
  outline.moveTo(-0.009, -length / 2);
  outline.lineTo(0.009, -length / 2);
  outline.lineTo(0.009, length / 2 - jaw);
  outline.absarc(0, length / 2, jaw, -0.35 * Math.PI, 0.3 * Math.PI, false);
  outline.lineTo(0.008, length / 2 - 0.004);
  outline.lineTo(-0.008, length / 2 - 0.004);
  outline.absarc(0, length / 2, jaw, 0.7 * Math.PI, 1.35 * Math.PI, false);
  outline.lineTo(-0.009, length / 2 - jaw);
  const body = part(
    new ExtrudeGeometry(outline, { depth: 0.006, bevelSize: 0.001, bevelThickness: 0.001 }),
    steel,
    [x, 1.28, BOARD.z + 0.006],
  );
  return named(body, name, { category: 'wrench' });
}

/** A roll of tape on a peg. */
function tape(name: string, x: number): Object3D {
  const roll = part(new TorusGeometry(0.045, 0.016, 16, 48), grip, [x, 1.33, BOARD.z + 0.022]);
  return named(roll, name, { category: 'tape' });
}

function room(): Object3D[] {
  const floor = part(
    new PlaneGeometry(6, 6).rotateX(-Math.PI / 2),
    material('#8d8a85', 0.8),
    [0, 0, 2.5],
  );
  const wall = part(new PlaneGeometry(6, 3), material('#cfcac1', 0.9), [0, 1.5, -DEPTH / 2 - 0.05]);
  return [named(floor, 'floor', { castShadow: false }), named(wall, 'wall', { castShadow: false })];
}

export const scene = defineScene({
  name: 'workbench',
  build: () => {
    // The group casts no shadow of its own; saying so keeps shadow maps to the size of the bench.
    const root = named(new Group(), 'workshop', { castShadow: false });
    return root.add(
      ...room(),
      ...bench(),
      cabinet(),
      toolBoard(),
      ...shelf(),
      hammer('hammer-1', -0.56),
      hammer('hammer-2', -0.4),
      screwdriver('screwdriver-1', -0.24, '#d8a020'),
      screwdriver('screwdriver-2', -0.16, '#2f6db5'),
      screwdriver('screwdriver-3', -0.08, '#b5382f'),
      wrench('wrench-1', 0.08, 0.24),
      wrench('wrench-2', 0.18, 0.2),
      wrench('wrench-3', 0.27, 0.16),
      tape('tape-1', 0.44),
      tape('tape-2', 0.6),
    );
  },
  volumes: [{ name: 'over-the-bench', min: [-0.7, 0.95, -0.25], max: [0.7, 1.5, 0.3] }],
  cameras: [{ name: 'front', position: [0, 1.45, 1.7], target: [0, 1.0, 0] }],
});
