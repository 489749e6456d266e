/** Grass that stands up from the ground. */
import {
  Color,
  Float32BufferAttribute,
  Group,
  Matrix4,
  MeshStandardMaterial,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { instanced, named, numbers, painted, surfaceOf, type Rect } from './shapes.ts';

const BLADES_OF_A_TUFT = 8;
const WHITE = new Color('#ffffff');

/** Tufts of grass over a strip of ground. */
export type GrassSpec = Readonly<{
  strip: Rect;
  /** Height of the ground, and length of the longest blades; m. */
  y: number;
  tall: number;
  /** Tufts on a piece of the strip, and how long in z a piece is, m. */
  tufts: number;
  piece: number;
}>;

/**
 * One piece of the strip about the origin. A blade has three corners and two faces, and is lit as the ground that
 * it stands on: by its own faces, as thin as it is, half of all blades would be black.
 */
function pieceOf({ strip, tall, tufts, piece }: GrassSpec, seed: number): BufferGeometry {
  const random = numbers(seed);
  const positions: number[] = [];
  const indices: number[] = [];
  for (let tuft = 0; tuft < tufts; tuft++) {
    const [x, z] = [(random() - 0.5) * (strip.right - strip.left), (random() - 0.5) * piece];
    const size = tall * (0.5 + 0.5 * random());
    for (let blade = 0; blade < BLADES_OF_A_TUFT; blade++) {
      const turn = random() * 2 * Math.PI;
      const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
      const [reach, up] = [size * (0.15 + 0.6 * random()), size * (0.5 + 0.5 * random())];
      const half = size * 0.06;
      const first = positions.length / 3;
      positions.push(x - half * cos, 0, z + half * sin);
      positions.push(x + half * cos, 0, z - half * sin);
      positions.push(x + reach * sin, up, z + reach * cos);
      indices.push(first, first + 1, first + 2, first, first + 2, first + 1);
    }
  }
  const geometry = surfaceOf(positions, indices);
  const upwards = positions.map((_, i) => (i % 3 === 1 ? 1 : 0));
  geometry.setAttribute('normal', new Float32BufferAttribute(upwards, 3));
  const root = new Color().setScalar(0.45);
  return painted(geometry, ({ y }) => root.clone().lerp(WHITE, Math.min(1, (1.6 * y) / tall)));
}

/** The grass of one or more strips, as one object; its pieces stand one behind the other. */
export function grassOver(name: string, specs: readonly GrassSpec[]): Object3D {
  const look = new MeshStandardMaterial({ color: '#6d8a3f', roughness: 1, vertexColors: true });
  const meshes = specs.map((spec, k) => {
    const { strip, piece, y } = spec;
    const count = Math.floor((strip.front - strip.back) / piece);
    const places = Array.from({ length: count }, (_, i) =>
      new Matrix4()
        .makeTranslation((strip.left + strip.right) / 2, y, strip.front - (i + 0.5) * piece)
        .multiply(new Matrix4().makeRotationY(i % 2 === 0 ? 0 : Math.PI)),
    );
    return named(instanced(pieceOf(spec, 7 + k), look, places), `${name}-${k + 1}`, {
      castShadow: false,
    });
  });
  return named(new Group(), name, { castShadow: false }).add(...meshes);
}
