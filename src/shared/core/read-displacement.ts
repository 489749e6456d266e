import { displacedPositions, type Column, type HeightMap, type Wrap } from './displacement.ts';

/** What of a three.js mesh decides how a displacement map moves it. */
export type DisplacedMesh = Readonly<{
  geometry: Readonly<{
    getAttribute: (name: string) => unknown;
    morphAttributes: Readonly<{ position?: readonly unknown[] | undefined }>;
  }>;
  material: unknown;
  isSkinnedMesh?: boolean;
}>;

/** Positions as the map moves them, or why it cannot be told. */
export type Displacement =
  Readonly<{ positions: Float32Array }> | Readonly<{ positions: null; refused: string }>;

type Material = Readonly<{
  displacementMap?: Texture | null;
  displacementScale: number;
  displacementBias: number;
}>;

type Texture = Readonly<{
  image: Readonly<{ data?: unknown; width: number; height: number }> | null;
  type: number;
  wrapS: number;
  wrapT: number;
  magFilter: number;
  channel: number;
  colorSpace: string;
  flipY: boolean;
  premultiplyAlpha: boolean;
  matrixAutoUpdate: boolean;
  matrix: Readonly<{ elements: readonly number[] }>;
  updateMatrix: () => void;
}>;

/** Constants of three.js (src/constants.js), which this layer does not import. */
export const THREE_CONSTANTS = {
  wraps: new Map<number, Wrap>([
    [1000, 'repeat'],
    [1001, 'clamp'],
    [1002, 'mirror'],
  ]),
  nearestFilter: 1003,
  unsignedByteType: 1009,
  floatType: 1015,
} as const;

/**
 * What the displacement map of a mesh does to its vertices; null without one. Node and page work it out
 * by themselves and alike: the page draws colour and labels from these positions, and Node has their bounds.
 */
export function displacementOf(mesh: DisplacedMesh): Displacement | null {
  const materials = ([mesh.material].flat() as (Material | undefined)[]).filter(
    (material) => material?.displacementMap,
  );
  const [material] = materials;
  const texture = material?.displacementMap;
  if (material === undefined || !texture) return null;
  const { geometry, isSkinnedMesh } = mesh;
  const refuse = (why: string): Displacement => ({
    positions: null,
    refused: `a displacement map ${why}`,
  });
  if (Array.isArray(mesh.material)) return refuse('on one of several materials');
  if (isSkinnedMesh) return refuse('on a skinned mesh');
  if ((geometry.morphAttributes.position ?? []).length > 0) return refuse('on a morphed mesh');
  const map = heightMapOf(texture);
  if (typeof map === 'string') return refuse(map);
  const channel = texture.channel === 0 ? 'uv' : `uv${texture.channel}`;
  const [positions, normals, uvs] = ['position', 'normal', channel].map(
    (name) => geometry.getAttribute(name) as Column | undefined,
  );
  if (!positions || !normals || !uvs)
    return refuse(
      `without ${uvs ? 'normals' : `texture coordinates for channel ${texture.channel}`}`,
    );
  const { displacementScale: scale, displacementBias: bias } = material;
  return { positions: displacedPositions({ positions, normals, uvs }, { map, scale, bias }) };
}

/** The texture as numbers, or what is wrong with it. */
function heightMapOf(texture: Texture): HeightMap | string {
  const { image, type, wrapS, wrapT } = texture;
  const isBytes = type === THREE_CONSTANTS.unsignedByteType && image?.data instanceof Uint8Array;
  const isFloats = type === THREE_CONSTANTS.floatType && image?.data instanceof Float32Array;
  if (!image || !(isBytes || isFloats)) return 'that is no DataTexture of bytes or floats';
  if (texture.flipY || texture.premultiplyAlpha) return 'that is turned over or premultiplied';
  if (texture.colorSpace === 'srgb') return 'in the colour space of an image, sRGB';
  const values = image.data;
  const channels = values.length / (image.width * image.height);
  if (![1, 2, 4].includes(channels)) return 'whose data are not those of its size';
  const [across, along] = [THREE_CONSTANTS.wraps.get(wrapS), THREE_CONSTANTS.wraps.get(wrapT)];
  if (across === undefined || along === undefined) return 'whose wrapping is unknown';
  if (texture.matrixAutoUpdate) texture.updateMatrix();
  return {
    width: image.width,
    height: image.height,
    values,
    channels,
    unit: isBytes ? 1 / 255 : 1,
    wrap: [across, along],
    linear: texture.magFilter !== THREE_CONSTANTS.nearestFilter,
    transform: texture.matrix.elements,
  };
}
