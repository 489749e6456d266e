/** Four walls of specimens, three boards of five: `balls`, `tiles`, `crates` and `cards`. Show one of them. */
import {
  BoxGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  SphereGeometry,
  type BufferGeometry,
} from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { defineScene } from 'diorama/scene';

const COLUMNS = 5;
const ROWS = 3;
/** Metres. */
const PITCH = { x: 0.3, y: 0.3 };

function named<T extends Group | Mesh>(object: T, name: string): T {
  object.name = name;
  return object;
}

/** `name-1` is at the top left, `name-5` at the top right, `name-15` at the bottom right. */
function specimens(group: string, name: string, geometry: BufferGeometry): Group {
  geometry.computeBoundingBox();
  const foot = geometry.boundingBox?.min.y ?? 0;
  const meshes = Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const mesh = new Mesh(geometry, new MeshStandardMaterial({ color: '#b8b4ac', roughness: 0.6 }));
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    mesh.position.set((column - (COLUMNS - 1) / 2) * PITCH.x, (ROWS - 1 - row) * PITCH.y - foot, 0);
    return named(mesh, `${name}-${i + 1}`);
  });
  return named(new Group(), group).add(...meshes);
}

function shelves(): Group {
  const look = new MeshStandardMaterial({ color: '#a9a59c', roughness: 0.8 });
  const boards = Array.from({ length: ROWS }, (_, row) => {
    const board = new Mesh(new BoxGeometry(COLUMNS * PITCH.x + 0.3, 0.02, 0.34), look);
    board.position.set(0, row * PITCH.y - 0.01, 0);
    return named(board, `board-${row + 1}`);
  });
  const wall = named(new Mesh(new BoxGeometry(4, 3, 0.02), look), 'wall');
  wall.position.set(0, 0.5, -0.18);
  return named(new Group(), 'shelves').add(wall, ...boards);
}

export const scene = defineScene({
  name: 'materials',
  build: () =>
    named(new Group(), 'gallery').add(
      shelves(),
      specimens('balls', 'ball', new SphereGeometry(0.105, 64, 48)),
      specimens('tiles', 'tile', new RoundedBoxGeometry(0.24, 0.22, 0.2, 3, 0.012)),
      specimens('crates', 'crate', new RoundedBoxGeometry(0.23, 0.2, 0.22, 3, 0.01)),
      specimens('cards', 'card', new RoundedBoxGeometry(0.26, 0.24, 0.1, 3, 0.006)),
    ),
  cameras: [{ name: 'front', position: [0.35, 0.75, 2.1], target: [0, 0.39, 0] }],
});
