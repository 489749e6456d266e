/**
 * A living room: four walls with a window to the left (−X), a bookcase against the back wall, a low sideboard
 * along the right one, pictures and a pendant lamp. Objects may be placed on `floor`, `sideboard-top` and
 * `board-1` to `board-4`; a camera belongs in the front half (+Z).
 */
import {
  BoxGeometry,
  CylinderGeometry,
  ExtrudeGeometry,
  Group,
  LatheGeometry,
  Mesh,
  MeshStandardMaterial,
  Path,
  Shape,
  Vector2,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { defineScene } from 'diorama/scene';

/** Half the room's width, its ends along z, its height; metres. */
const ROOM = { half: 2.8, back: -2.3, front: 3.3, height: 2.55, wall: 0.2 };
const WINDOW = { from: -1.15, to: 0.75, low: 0.72, high: 2.15 };
const BOOKCASE = { x: 1.95, width: 1.1, depth: 0.3, height: 1.96, boards: [0.1, 0.52, 0.94, 1.36] };

const paint = material('#e4dfd6', 0.95);
const white = material('#f2f0ec', 0.5);
const wood = material('#a8835a', 0.55);
const dark = material('#3a3b3d', 0.5);
const brass = material('#b8935a', 0.35, 1);

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

const box = (w: number, h: number, d: number): BufferGeometry => new BoxGeometry(w, h, d);
const soft = (...size: readonly [w: number, h: number, d: number]): BufferGeometry =>
  new RoundedBoxGeometry(...size, 2, 0.004);

/** The left wall, with the hole of the window. */
function windowWall(): Mesh {
  const { back, front, height, half, wall } = ROOM;
  const outline = new Shape([
    new Vector2(back - wall, 0),
    new Vector2(front + wall, 0),
    new Vector2(front + wall, height),
    new Vector2(back - wall, height),
  ]);
  const { from, to, low, high } = WINDOW;
  outline.holes.push(
    new Path([
      new Vector2(from, low),
      new Vector2(from, high),
      new Vector2(to, high),
      new Vector2(to, low),
    ]),
  );
  const geometry = new ExtrudeGeometry(outline, { depth: wall, bevelEnabled: false });
  // The outline's x becomes the room's z; the wall grows outwards from −half.
  return part(geometry.rotateY(-Math.PI / 2), paint, [-half, 0, 0]);
}

function shell(): Object3D[] {
  const { half, back, front, height, wall } = ROOM;
  const [depth, middle] = [front - back, (front + back) / 2];
  const wide = 2 * half + 2 * wall;
  const across = box(wide, height, wall);
  return [
    named(part(box(2 * half, 0.1, depth), wood, [0, -0.05, middle]), 'floor', { surface: true }),
    named(part(box(wide, 0.1, depth + 2 * wall), paint, [0, height + 0.05, middle]), 'ceiling'),
    named(part(across, paint, [0, height / 2, back - wall / 2]), 'wall-back'),
    named(part(across, paint, [0, height / 2, front + wall / 2]), 'wall-front'),
    named(
      part(box(wall, height, depth), paint, [half + wall / 2, height / 2, middle]),
      'wall-right',
    ),
    named(windowWall(), 'wall-left'),
    named(part(box(2 * half, 0.08, 0.014), white, [0, 0.04, back + 0.007]), 'skirting-back'),
    named(part(box(0.014, 0.08, depth), white, [-half + 0.007, 0.04, middle]), 'skirting-left'),
    named(part(box(0.014, 0.08, depth), white, [half - 0.007, 0.04, middle]), 'skirting-right'),
  ];
}

/** Frame, mullion and sill of the window. */
function windowFrame(): Object3D {
  const { from, to, low, high } = WINDOW;
  const [w, h, middle, x] = [to - from, high - low, (to + from) / 2, -ROOM.half - 0.08];
  const bar = (height: number, width: number, at: readonly [y: number, z: number]): Mesh =>
    part(soft(0.06, height, width), white, [x, ...at]);
  const group = named(new Group(), 'window');
  const upright = [from + 0.03, middle, to - 0.03].map((z) => bar(h, 0.06, [(low + high) / 2, z]));
  const level = [low + 0.03, high - 0.03].map((y) => bar(0.06, w, [y, middle]));
  const sill = part(soft(0.26, 0.03, w + 0.12), white, [-ROOM.half + 0.02, low - 0.014, middle]);
  return group.add(
    ...[...upright, ...level, sill].map((mesh, i) => named(mesh, `window-bar-${i}`)),
  );
}

/** A curtain hung in folds, its middle at `z`. */
function curtain(name: string, z: number): Mesh {
  const [width, height, folds] = [0.5, 2.12, 5];
  const geometry = new BoxGeometry(0.012, height, width, 1, 1, folds * 10);
  const position = geometry.getAttribute('position');
  for (let i = 0; i < position.count; i++) {
    const at = position.getZ(i) / width + 0.5;
    const fold = 0.032 * Math.sin(at * folds * 2 * Math.PI);
    position.setX(i, position.getX(i) + fold * (position.getY(i) < 0 ? 1.15 : 0.85));
  }
  geometry.computeVertexNormals();
  return named(
    part(geometry, material('#d9cfbf', 0.9), [-ROOM.half + 0.1, 0.03 + height / 2, z]),
    name,
  );
}

function curtains(): Object3D[] {
  const middle = (WINDOW.from + WINDOW.to) / 2;
  const rail = new CylinderGeometry(0.013, 0.013, 3.1, 16).rotateX(Math.PI / 2);
  return [
    curtain('curtain-left', WINDOW.to + 0.2),
    curtain('curtain-right', WINDOW.from - 0.2),
    named(part(rail, brass, [-ROOM.half + 0.1, 2.2, middle]), 'curtain-rail'),
  ];
}

function bookcase(): Object3D {
  const { x, width, depth, height, boards } = BOOKCASE;
  const group = named(new Group(), 'bookcase', { category: 'bookcase' });
  group.position.set(x, 0, ROOM.back + depth / 2 + 0.02);
  const sides = [-1, 1].map((s) =>
    named(
      part(soft(0.025, height, depth), wood, [s * (width / 2 - 0.0125), height / 2, 0]),
      'side',
    ),
  );
  const inner = width - 0.05;
  const shelves = boards.map((y, i) =>
    named(part(box(inner, 0.022, depth - 0.02), wood, [0, y - 0.011, 0.008]), `board-${i + 1}`, {
      surface: true,
    }),
  );
  const rest = [
    part(box(inner, 0.022, depth - 0.02), wood, [0, height - 0.02, 0.008]),
    part(box(inner, height - 0.04, 0.008), wood, [0, height / 2, -depth / 2 + 0.006]),
    part(box(inner, 0.06, 0.02), wood, [0, 0.045, depth / 2 - 0.03]),
  ];
  return group.add(...sides, ...shelves, ...rest.map((mesh, i) => named(mesh, `bookcase-${i}`)));
}

/** A sideboard along the right wall, its doors to the room. */
function sideboard(): Object3D {
  const [width, depth, height] = [1.7, 0.42, 0.56];
  const group = named(new Group(), 'sideboard', { category: 'sideboard' });
  group.position.set(ROOM.half - depth / 2 - 0.03, 0, 0.1);
  group.rotation.y = -Math.PI / 2;
  const top = part(soft(width, 0.024, depth), wood, [0, height - 0.012, 0]);
  const body = part(box(width - 0.02, height - 0.184, depth - 0.03), wood, [0, 0.34, -0.01]);
  const doors = [-1, 0, 1].map((i) =>
    part(soft(width / 3 - 0.014, height - 0.2, 0.018), white, [
      i * (width / 3 - 0.004),
      0.34,
      depth / 2 - 0.016,
    ]),
  );
  const knobs = [-1, 0, 1].map((i) =>
    part(new CylinderGeometry(0.011, 0.011, 0.022, 16).rotateX(Math.PI / 2), brass, [
      i * (width / 3 - 0.004) + 0.22,
      0.42,
      depth / 2,
    ]),
  );
  const legs = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sz) =>
      part(new CylinderGeometry(0.02, 0.013, 0.17, 16), dark, [
        sx * (width / 2 - 0.12),
        0.085,
        sz * (depth / 2 - 0.08),
      ]),
    ),
  );
  const others = [body, ...doors, ...knobs, ...legs];
  return group.add(
    named(top, 'sideboard-top', { surface: true }),
    ...others.map((mesh, i) => named(mesh, `sideboard-${i}`)),
  );
}

/** A framed picture on the back wall; its print is a node of its own, for configs to paint. */
function picture(
  name: string,
  [x, y]: readonly [number, number],
  size: readonly [number, number],
): Object3D {
  const [w, h] = size;
  const group = named(new Group(), name, { category: 'picture' });
  group.position.set(x, y, ROOM.back + 0.016);
  const bars = [
    part(soft(w, 0.025, 0.03), dark, [0, h / 2 - 0.0125, 0]),
    part(soft(w, 0.025, 0.03), dark, [0, -h / 2 + 0.0125, 0]),
    part(soft(0.025, h - 0.05, 0.03), dark, [-w / 2 + 0.0125, 0, 0]),
    part(soft(0.025, h - 0.05, 0.03), dark, [w / 2 - 0.0125, 0, 0]),
  ];
  const sheet = part(box(w - 0.045, h - 0.045, 0.012), white, [0, 0, -0.006]);
  const print = part(box(w * 0.72, h * 0.72, 0.002), paint, [0, 0, 0.0015]);
  return group.add(
    ...bars.map((bar, i) => named(bar, `${name}-bar-${i}`)),
    named(sheet, `${name}-mount`),
    named(print, `${name}-print`),
  );
}

/** A lamp's shade, its rim a part of its own: with normals shared, half of it would face the lamp, and shine. */
function shade(): BufferGeometry {
  const points = (rows: readonly (readonly [radius: number, y: number])[]): Vector2[] =>
    rows.map(([radius, y]) => new Vector2(radius, y - 0.42));
  const inside = points([
    [0.04, -0.028],
    [0.165, -0.145],
    [0.205, -0.222],
  ]);
  const outside = points([
    [0.21, -0.22],
    [0.17, -0.14],
    [0.05, -0.02],
    [0.03, 0],
  ]);
  const rim = [...inside.slice(-1), ...outside.slice(0, 1)];
  return mergeGeometries([inside, rim, outside].map((band) => new LatheGeometry(band, 40)));
}

function pendant(): Object3D {
  const group = named(new Group(), 'pendant-lamp', { category: 'pendant-lamp' });
  group.position.set(0, ROOM.height, 0.1);
  const cord = part(new CylinderGeometry(0.004, 0.004, 0.44, 10), dark, [0, -0.22, 0]);
  const rose = part(new CylinderGeometry(0.05, 0.05, 0.02, 24), white, [0, -0.01, 0]);
  return group.add(
    named(new Mesh(shade(), material('#cfc6b4', 0.6)), 'pendant-shade'),
    named(cord, 'pendant-cord'),
    named(rose, 'pendant-rose'),
  );
}

export const scene = defineScene({
  name: 'living-room',
  build: () =>
    named(new Group(), 'room', { castShadow: false }).add(
      ...shell(),
      windowFrame(),
      ...curtains(),
      bookcase(),
      sideboard(),
      picture('picture-1', [-1.35, 1.5], [0.5, 0.7]),
      picture('picture-2', [-0.62, 1.5], [0.7, 0.5]),
      picture('picture-3', [0.1, 1.5], [0.5, 0.7]),
      pendant(),
    ),
  cameras: [{ name: 'front', position: [0.6, 1.5, 2.8], target: [0, 0.7, -0.8] }],
});
