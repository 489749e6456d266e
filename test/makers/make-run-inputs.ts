import { configSchema, type ConfigInput } from '#shared/config/config-schema';
import { parseScene } from '#shared/config/parse-scene';
import type { SceneDescription } from '#shared/config/scene-description';
import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import type { Bounds, Hull, Vec2 } from '#shared/core/geometry';
import type { RunInputs } from '#shared/sampling/sample-scene';
import { describeYamlNodes } from '#node/scene/describe-yaml-scene';

/** A model that exists in a catalogue alone. Without `footprint`, the ground plan of its bounds. */
export function makeModel(
  made: Readonly<{
    id: string;
    category?: string;
    bounds: Bounds;
    footprint?: readonly Vec2[];
    hulls?: readonly Hull[];
  }>,
): ModelAsset {
  const { min, max } = made.bounds;
  const rectangle: readonly Vec2[] = [
    [min[0], min[2]],
    [min[0], max[2]],
    [max[0], max[2]],
    [max[0], min[2]],
  ];
  return {
    kind: 'model',
    file: `models/${made.id}.glb`,
    root: 'builtin',
    sha256: `sha256-of-${made.id}`,
    bytes: 1000,
    license: 'CC0-1.0',
    triangles: 12,
    nodes: [],
    materialNames: [],
    hasUvs: true,
    animations: [],
    extensions: [],
    warnings: [],
    ...made,
    footprint: made.footprint ?? rectangle,
  };
}

const hexagon = (radius: number): Vec2[] =>
  Array.from({ length: 6 }, (_, i) => [
    radius * Math.sin((i * Math.PI) / 3),
    radius * Math.cos((i * Math.PI) / 3),
  ]);

/** Boxes, a prism and a wedge; origins inside, below and beside their bodies. */
export const CATALOGUE: AssetCatalogue = {
  models: [
    makeModel({
      id: 'crate-1',
      category: 'crate',
      bounds: { min: [-0.1, 0, -0.07], max: [0.1, 0.1, 0.07] },
    }),
    makeModel({
      id: 'crate-2',
      category: 'crate',
      bounds: { min: [-0.06, -0.03, -0.06], max: [0.06, 0.03, 0.06] },
    }),
    makeModel({
      id: 'post-1',
      category: 'post',
      bounds: { min: [-0.03, -0.12, -0.03], max: [0.03, 0.06, 0.03] },
      footprint: hexagon(0.03),
    }),
    makeModel({ id: 'rod', bounds: { min: [0, 0, 0], max: [0.2, 0.01, 0.01] }, footprint: [] }),
    makeModel({
      id: 'wedge-1',
      category: 'wedge',
      bounds: { min: [0, 0.05, 0], max: [0.12, 0.15, 0.09] },
      footprint: [
        [0, 0],
        [0, 0.09],
        [0.12, 0],
      ],
    }),
  ],
  environments: ['dawn', 'hall'].map((id) => ({
    kind: 'environment',
    id,
    file: `${id}.hdr`,
    root: 'builtin',
    sha256: `sha256-of-${id}`,
    bytes: 1000,
    license: 'CC0-1.0',
    format: 'hdr',
  })),
  images: ['fabrics/linen', 'fabrics/wool', 'oak', 'oak-normal'].map((id) => ({
    kind: 'image',
    id,
    file: `${id}.png`,
    root: 'builtin',
    sha256: `sha256-of-${id}`,
    bytes: 1000,
    license: 'CC0-1.0',
    widthPixels: 8,
    heightPixels: 8,
  })),
  materials: [
    {
      kind: 'material',
      id: 'oak-boards',
      root: 'builtin',
      license: 'CC0-1.0',
      color: 'oak',
      normal: 'oak-normal',
    },
  ],
};

/**
 * A room of four surfaces at heights of their own: a turned table (top at 0.75 m, its edges rounded by
 * 1 cm), a six-sided stool (0.45 m), a bench (0.5 m) and the floor; a labelled vase stands on the table.
 */
export const ROOM = `sceneVersion: 1
name: room
nodes:
  - name: table
    shape: { kind: box, size: [1.6, 0.05, 1], bevelMeters: 0.01 }
    position: [0, 0.725, 0]
    rotationDegrees: [0, 25, 0]
    surface: true
  - name: vase
    shape: { kind: cylinder, radius: 0.08, height: 0.3 }
    position: [0.1, 0.9, 0.05]
    category: vase
    material: { color: '#336699', roughness: 0.4 }
  - name: stool
    shape: { kind: cylinder, radius: 0.3, height: 0.45, segments: 6 }
    position: [2, 0.225, 0]
    surface: true
  - name: bench
    shape: { kind: box, size: [1.2, 0.5, 0.5] }
    position: [-2, 0.25, 0]
    surface: true
  - name: floor
    shape: { kind: plane, size: [8, 8] }
    surface: true
    castShadow: false
  - name: globe
    shape: { kind: sphere, radius: 0.2 }
    position: [3, 0.2, 3]
    surface: true
volumes:
  - { name: air, min: [-0.6, 1.1, -0.6], max: [0.6, 1.9, 0.6] }
cameras:
  - { name: front, position: [0, 1.5, 3], target: [0, 0.75, 0] }
lights:
  ceiling:
    kind: point
    place: { kind: at, position: [0, 2.4, 0] }
    intensity: { kind: uniform, min: 1, max: 4 }
`;

/** What the description of a YAML scene says. */
export function makeScene(text = ROOM): SceneDescription {
  const file = parseScene(text, 'room.yaml');
  return {
    source: { kind: 'yaml', path: 'room.yaml', sha256: 'sha256-of-room' },
    name: file.name,
    nodes: describeYamlNodes(file, CATALOGUE, { text, source: 'room.yaml' }),
    volumes: file.volumes,
    cameras: file.cameras,
    lights: file.lights,
  };
}

/** A valid config in the room, with some of its fields changed. */
export function makeRunInputs(
  changes: Partial<ConfigInput> = {},
  scene: SceneDescription = makeScene(),
): RunInputs {
  const config = configSchema.parse({
    configVersion: 1,
    name: 'test',
    scene: 'room.yaml',
    seed: 'test',
    frames: 100,
    categories: ['post', 'crate', 'wedge', { name: 'vase', supercategory: 'vessel' }],
    camera: { pose: { kind: 'at', position: [0, 1.5, 3], target: [0, 0.75, 0] } },
    ...changes,
  });
  return { config, scene, catalogue: CATALOGUE };
}
