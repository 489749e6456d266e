import { describe, expect, it } from 'vitest';
import { checkConfig, findConfigIssues } from '#shared/config/check-config';
import { originAt } from '#shared/config/located-value';
import { parsePath } from '#shared/config/parameter-path';
import { configFromDocument } from '#shared/config/parse-config';
import { parseDocument } from '#shared/config/parse-document';
import type { DescribedNode, SceneDescription } from '#shared/config/scene-description';
import type { AssetCatalogue, ModelAsset } from '#shared/core/asset-catalogue';
import { formatIssue } from '#shared/core/errors';
import { problemsOf } from './problems-of.ts';

const file = { file: 'f', root: 'r', sha256: '0', bytes: 1, license: 'CC0' };
const model = (id: string, category?: string): ModelAsset => ({
  ...file,
  kind: 'model',
  id,
  ...(category !== undefined && { category }),
  bounds: { min: [0, 0, 0], max: [1, 1, 1] },
  triangles: 1,
  footprint: [],
  nodes: [],
  materialNames: [],
  hasUvs: true,
  animations: [],
  extensions: [],
  warnings: [],
});
const catalogue: AssetCatalogue = {
  models: [
    model('mug-1', 'mug'),
    model('mug-2', 'mug'),
    model('scans/apple', 'apple'),
    model('rock'),
  ],
  environments: [{ ...file, kind: 'environment', id: 'studio', format: 'hdr' }],
  images: [{ ...file, kind: 'image', id: 'fabrics/red', widthPixels: 1, heightPixels: 1 }],
  materials: [{ kind: 'material', id: 'oak', root: 'r', license: 'CC0', color: 'fabrics/red' }],
};
const node = (name: string, more: Partial<DescribedNode> = {}): DescribedNode => ({
  name,
  content: { kind: 'model', assetId: 'rock' },
  worldFromNode: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  bounds: { min: [0, 0, 0], max: [1, 1, 1] },
  surface: false,
  castShadow: true,
  receiveShadow: true,
  ...more,
});
const scene: SceneDescription = {
  source: { kind: 'yaml', path: 'scene.yaml', sha256: '0' },
  name: 'room',
  nodes: [node('table', { surface: true }), node('wall'), node('mug', { category: 'mug' })],
  volumes: [{ name: 'air', min: [0, 0, 0], max: [1, 1, 1] }],
  cameras: [{ name: 'front', position: [0, 0, 1], target: [0, 0, 0] }],
  lights: {},
};

const base = `configVersion: 1
name: c
scene: scene.yaml
frames: 1
categories: [mug, apple]
camera: { pose: { kind: scene, camera: front } }
`;
const group = (fields: string): string =>
  `objects:\n  g: {count: 1, placement: {kind: scatter, surface: table}, ${fields}}\n`;

function check(text: string, inScene: SceneDescription = scene): string[] {
  const document = parseDocument(text, 'c.yaml');
  const locate = (path: string) => originAt(document, parsePath(path));
  const config = configFromDocument(document);
  return findConfigIssues(config, { scene: inScene, catalogue, locate }).map(formatIssue);
}

describe('findConfigIssues', () => {
  it('finds nothing wrong with a good config', () => {
    const text = `${base}vars:
  sun: { kind: uniform, min: 10, max: 80 }
  warm: { kind: var, name: sun, scale: 20, offset: 2500 }
  paint: { kind: choice, values: ['#112233', '#445566'] }
  n: { kind: integer, min: 1, max: 8 }
  map: studio
  on: { kind: chance, probability: 0.5 }
  spot: [0, { kind: var, name: sun }, 0]
environment: { map: { kind: var, name: map } }
lights:
  key:
    kind: spot
    count: { kind: var, name: n }
    place: { kind: at, position: { kind: var, name: spot } }
    intensity: { kind: var, name: sun }
    castShadow: { kind: var, name: on }
    color: { kind: temperature, kelvin: { kind: var, name: warm } }
nodes:
  wall: { material: { color: { kind: var, name: paint }, texture: { kind: image, image: 'fabrics/*' } } }
objects:
  mugs: { categories: [mug], weights: { mug: 2, mug-2: 0 }, count: { kind: var, name: n }, placement: { kind: free, volume: air } }
  rest: { assets: ['*'], labelled: false, count: 1, placement: { kind: scatter, surface: table } }
`;
    expect(check(text)).toEqual([]);
  });

  it.each([
    [
      'vars: {a: 1}\nsensor: {vignetting: {kind: var, name: b}}',
      'c.yaml:8:40: sensor.vignetting.name: unknown variable "b". Did you mean "a"?',
    ],
    [
      'vars: {a: x, z: 0.5}\nsensor: {vignetting: {kind: var, name: a}}',
      'c.yaml:8:40: sensor.vignetting.name: expected a variable that is a number, found "a", which may be a text. Variables that fit: z.',
    ],
    [
      "vars: {a: {kind: choice, values: ['#ffffff', red]}}\nnodes: {wall: {material: {color: {kind: var, name: a}}}}",
      'c.yaml:8:52: nodes.wall.material.color.name: expected a variable that is a colour "#rrggbb", found "a", which may be a text',
    ],
    [
      'vars: {a: 1.5}\nobjects: {g: {assets: [mug-1], count: {kind: var, name: a}, placement: {kind: free, volume: air}}}',
      'c.yaml:8:57: objects.g.count.name: expected a variable that is a whole number, found "a", which may be a number',
    ],
    [
      'vars: {a: {kind: var, name: b}, b: 1}',
      'c.yaml:7:29: vars.a.name: expected a variable that stands above "a", found "b". Variables are drawn in order.',
    ],
    [
      'vars: {a: {kind: var, name: a}}',
      'c.yaml:7:29: vars.a.name: expected a variable that stands above "a", found "a". Variables are drawn in order.',
    ],
    ['nodes: {tabel: {}}', 'c.yaml:7:16: nodes.tabel: unknown node "tabel". Did you mean "table"?'],
    [
      'environment: {map: studo}',
      'c.yaml:7:20: environment.map: unknown environment asset "studo". Did you mean "studio"?',
    ],
    [
      'environment: {map: {kind: choice, values: [studio, night], weights: [1, 1]}}',
      'c.yaml:7:52: environment.map.values[1]: unknown environment asset "night". Environment assets: studio.',
    ],
    [
      'nodes: {wall: {material: {texture: {kind: material, material: "p/*"}}}}',
      'c.yaml:7:63: nodes.wall.material.texture.material: no material asset matches "p/*". Material assets: oak.',
    ],
    [
      'nodes: {wall: {material: {texture: {kind: one-of, textures: [{kind: image, image: "fabrics/red"}], weights: [1, 2]}}}}',
      'c.yaml:7:109: nodes.wall.material.texture.weights: expected one weight for each of 1 textures, at least one above 0, found 2 with a sum of 3',
    ],
    [
      'outputs: {rgb: {format: jpeg, quality: 101}}',
      'c.yaml:7:40: outputs.rgb.quality: expected 1..100, found 101',
    ],
    [
      'sensor: {vignetting: {kind: uniform, min: 0, max: 1.5}}',
      'c.yaml:7:22: sensor.vignetting: expected 0..1, found a distribution that reaches 1.5',
    ],
    [
      'lights: {k: {kind: point, count: {kind: integer, min: 0, max: 9}, place: {kind: at, position: [0, 1, 0]}, intensity: 1}}',
      'c.yaml:7:34: lights.k.count: expected 0..8, found a distribution that reaches 9',
    ],
    [
      group('categories: [mugs]'),
      'c.yaml:8:74: objects.g.categories[0]: no model has the category "mugs". Did you mean "mug"?',
    ],
    [
      group('assets: ["scan/*"]'),
      'c.yaml:8:70: objects.g.assets[0]: no model matches "scan/*". Models: mug-1, mug-2, scans/apple, rock.',
    ],
    [
      group('assets: [mug-9]'),
      'c.yaml:8:70: objects.g.assets[0]: unknown model "mug-9". Did you mean "mug-1"?',
    ],
    [
      group('assets: ["mug-*"], categories: [apple]'),
      'c.yaml:8:6: objects.g: no model is selected. Where both are given, a model must match categories and assets alike.',
    ],
    [
      group('assets: ["mug-*"], weights: {mug: 2}'),
      'c.yaml:8:95: objects.g.weights.mug: the weight of "mug" names nothing that this group draws. Did you mean "mug-1"?',
    ],
    [
      group('categories: [mug], weights: {mug-1: 0, mug-2: 0}'),
      'c.yaml:8:89: objects.g.weights: expected a weight above 0 for a model of the category "mug", found none',
    ],
    [
      group('assets: [rock]'),
      'c.yaml:8:69: objects.g.assets: the model "rock" has no category, so it cannot be labelled. Give it a category in its metadata, or set labelled: false.',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: scatter, surface: wall}}',
      'c.yaml:8:72: objects.g.placement.surface: the node "wall" is not a surface. Give it surface: true in the scene.',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: stack, surface: tabel}}',
      'c.yaml:8:70: objects.g.placement.surface: unknown surface "tabel". Did you mean "table"?',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: free, volume: water}}',
      'c.yaml:8:68: objects.g.placement.volume: unknown volume "water". Volumes of the scene: air.',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: shelf, surfaces: [table, tabel]}}',
      'c.yaml:8:79: objects.g.placement.surfaces[1]: unknown surface "tabel". Did you mean "table"?',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: on, of: tabel}}',
      'c.yaml:8:62: objects.g.placement.of: unknown object group or node "tabel". Did you mean "table"?',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: on, of: h}}\n  h: {categories: [mug], count: 1, placement: {kind: pile, surface: table}}',
      'c.yaml:8:62: objects.g.placement.of: the object group "h" is not placed before "g". Groups are placed in the order in which they are written: write it above.',
    ],
    [
      'objects:\n  table: {categories: [mug], count: 1, placement: {kind: pile, surface: table}}\n  g: {categories: [mug], count: 1, placement: {kind: on, of: table}}',
      'c.yaml:9:62: objects.g.placement.of: "table" is an object group and a node. Give the group another name.',
    ],
    [
      'sequence: {frames: 3}\nobjects:\n  h: {categories: [mug], count: 1, motion: {}, placement: {kind: scatter, surface: table}}\n  g: {categories: [mug], count: 1, placement: {kind: on, of: h}}',
      'c.yaml:10:62: objects.g.placement.of: expected something at rest, found "h", which has a motion. Leave its motion out, or place the objects another way.',
    ],
    [
      'objects:\n  g: {categories: [mug], count: 1, placement: {kind: grid, surface: table, rows: 0, columns: 2, rowPitchMeters: 1, columnPitchMeters: 1}}',
      'c.yaml:8:82: objects.g.placement.rows: expected 1..1000, found 0',
    ],
  ])('%s', (more, problem) => {
    expect(check(`${base}${more}`)).toEqual([problem]);
  });

  it('checks the lens and the camera', () => {
    const text = base.replace(
      'camera: front }',
      'camera: frnt }, lens: { kind: fov, verticalDegrees: 0.5 }',
    );
    expect(check(text)).toEqual([
      'c.yaml:6:40: camera.pose.camera: unknown camera "frnt". Did you mean "front"?',
      'c.yaml:6:84: camera.lens.verticalDegrees: expected 1..150, found 0.5',
    ]);
  });

  it('wants sub-frames, and no contact shadows, where the lens is focused', () => {
    const text = base.replace('camera: front }', 'camera: front }, focus: { distanceMeters: 0 }');
    expect(check(text)).toEqual([
      'c.yaml:6:56: camera.focus: expected render.subframes of at least 16, found 1. Each sub-frame looks through one point of the lens: 64 or more make smooth blur.',
      'c.yaml:6:56: camera.focus: expected render.ambientOcclusion.strength 0, found 1. Contact shadows are measured from the middle of the lens and do not blur: turn them off.',
      'c.yaml:6:74: camera.focus.distanceMeters: expected 0.01..1000000, found 0',
    ]);
    const render = 'render: { subframes: 64, ambientOcclusion: { strength: 0 } }';
    expect(check(`${text.replace('Meters: 0', 'Meters: 2')}${render}`)).toEqual([]);
  });

  it('refuses what a wide lens cannot give, each by its name', () => {
    const wide = (more: string): string[] =>
      check(
        base.replace('camera: front }', 'camera: front }, lens: { kind: equirectangular }') + more,
      );
    const fine = 'render: { ambientOcclusion: { strength: 0 } }\noutputs: { depth: { png: false }';
    expect(wide(`${fine} }`)).toEqual([]);
    expect(wide('')).toEqual([
      expect.stringMatching(/outputs\.depth: expected no planar depth .* ask for outputs\.range/),
      expect.stringMatching(/render\.ambientOcclusion\.strength: expected 0 where the lens sees/),
    ]);
    const named = (more: string): string | undefined =>
      /: ([a-z]+\.[A-Za-z]+)/.exec(wide(`${fine}${more}`)[0] ?? '')?.[1];
    expect(named(', objectCoordinates: { png: true } }')).toBe('outputs.objectCoordinates');
    expect(named(' }\nsensor: { vignetting: { kind: uniform, min: 0, max: 1 } }')).toBe(
      'sensor.vignetting',
    );
    expect(named(' }\nweather: { rain: { millimetersPerHour: 5 } }')).toBe('weather.rain');
    expect(named(' }\nsensor: { shutter: { kind: global } }')).toBe('sensor.shutter');
  });

  it('takes a fisheye for wide by what its image shows, and its border where that is stated', () => {
    const lens = (focal: number, circle = ''): string[] =>
      check(
        base.replace(
          'camera: front }',
          `camera: front }, lens: { kind: intrinsics, fx: ${focal}, fy: ${focal}, cx: 320, cy: 240, distortion: { kind: kannala-brandt, k1: -0.1${circle} } }`,
        ),
      );
    expect(lens(400)).toEqual([]);
    expect(lens(100).join()).toMatch(/distortion\.imageCircle/);
    expect(lens(100, ', imageCircle: { degrees: 100 }').join()).toMatch(/outputs\.depth/);
    expect(lens(100, ', imageCircle: { degrees: 300 }').join()).toMatch(/where the lens folds/);
  });

  it('wants a lens that does not fold inside the image, before the first frame', () => {
    const lens = (k1: string): string =>
      base.replace(
        'camera: front }',
        `camera: front }, lens: { kind: fov, verticalDegrees: 60, distortion: { kind: brown-conrady, k1: ${k1} } }`,
      );
    expect(check(lens('-0.5'))[0]).toMatch(
      /camera\.lens\.distortion: expected a lens that does not fold inside the image, found one that folds at radius 0\.8165 .* Weaken/,
    );
    expect(check(lens('-0.1'))).toEqual([]);
    // Left to the draws.
    expect(check(lens('{ kind: uniform, min: -0.5, max: 0 }'))).toEqual([]);
  });

  it('refuses a picture that the lens would bend out of shape', () => {
    const text = base.replace(
      'camera: front }',
      'camera: front }, lens: { kind: fov, verticalDegrees: 60, distortion: { kind: brown-conrady, k1: -0.1 } }',
    );
    const behind = 'environment: { background: { kind: pattern, pattern: { kind: random } } }';
    expect(check(`${text}${behind}`)[0]).toContain(
      'environment.background: expected a background by direction where camera.lens.distortion bends',
    );
  });

  it('wants a depth sensor where depth is measured, and a pinhole where it matches along rows', () => {
    expect(check(`${base}outputs: { measuredDepth: {} }`)).toEqual([
      'c.yaml:7:27: outputs.measuredDepth: expected camera.depthSensor, which measures it, found none. Say what sensor measures, such as camera: { depthSensor: { kind: structured-light } }.',
    ]);
    const sensor = (kind: string): string =>
      base.replace(
        'camera: front }',
        `camera: front }, lens: { kind: fov, verticalDegrees: 60, distortion: { kind: brown-conrady, k1: -0.1 } }, depthSensor: { kind: ${kind} }`,
      );
    expect(check(sensor('time-of-flight'))).toEqual([]);
    expect(check(sensor('stereo'))[0]).toContain(
      'camera.lens.distortion: expected none where camera.depthSensor (stereo) matches along rows',
    );
    const near = base.replace(
      'camera: front }',
      'camera: front }, depthSensor: { kind: stereo, nearMeters: 0 }',
    );
    expect(check(near)[0]).toContain('camera.depthSensor.nearMeters: expected 0.01..65, found 0');
  });

  it('wants a lidar where points are written, and numbers that one can have', () => {
    expect(check(`${base}outputs: { lidar: {} }`)).toEqual([
      'c.yaml:7:19: outputs.lidar: expected camera.lidars, which measure it, found none. Say what measures, such as camera: { lidars: { roof: { beams: … } } }, or extend one of configs/lidars.',
    ]);
    const beams = (elevation: string): string =>
      base.replace(
        'camera: front }',
        `camera: front }, lidars: { roof: { beams: { kind: list, elevationsDegrees: [0, ${elevation}] } } }`,
      );
    expect(check(beams('{ kind: uniform, min: -90, max: 90 }'))).toEqual([]);
    const bright = beams('0').replace(
      'roof: {',
      'roof: { reflectance: { categories: { mugs: { to: 0.9 }, mug: { to: 2 } } },',
    );
    expect(check(bright).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      expect.stringContaining('reflectance.categories.mugs: unknown category "mugs"'),
      expect.stringContaining('reflectance.categories.mug.to: expected 0.001..1, found 2'),
    ]);
    expect(check(beams('91'))[0]).toContain(
      'camera.lidars.roof.beams.elevationsDegrees[1]: expected -90..90, found 91',
    );
  });

  it('wants whole moments, and pairs of two views of the rig, once each', () => {
    const rig = (text: string, frames = 2): string =>
      base
        .replace('frames: 1', `frames: ${frames}`)
        .replace('camera: front }', `camera: front }, rig: { views: { a: {}, b: {} }, ${text} }`);
    expect(check(rig('pairs: [[a, b]]'))).toEqual([]);
    expect(check(rig('pairs: []', 5))).toEqual([
      'c.yaml:4:9: frames: expected a multiple of the 2 views of camera.rig, found 5. Each moment has a frame for each view: 6 make 3 moments.',
    ]);
    expect(check(rig('pairs: [[a, c], [b, a]]'))).toEqual([
      expect.stringContaining('camera.rig.pairs[0][1]: unknown view "c"'),
      expect.stringContaining('camera.rig.pairs[1][1]: expected each view in one pair, found "a"'),
    ]);
    expect(check(`${rig('pairs: []')}accept: { rules: [{ kind: brightness, min: 0.1 }] }`)).toEqual(
      [expect.stringContaining('accept: expected no accept where camera.rig has several views')],
    );
    expect(check(`${base}outputs: { disparity: {} }`)[0]).toContain(
      'outputs.disparity: expected camera.rig.pairs, which have one, found none',
    );
    const bent =
      'pairs: [[a, b]] }, lens: { kind: fov, verticalDegrees: 60, distortion: { kind: brown-conrady, k1: -0.1 }';
    expect(check(rig(bent))[0]).toContain(
      'camera.lens.distortion: expected none where camera.rig.pairs are rectified',
    );
  });

  it('checks the lens of each view, and lets those of no pair bend', () => {
    const rig = (lens: string, more = ''): string[] =>
      check(
        base
          .replace('frames: 1', 'frames: 3')
          .replace(
            'camera: front }',
            `camera: front }, rig: { views: { a: {}, b: {}, c: { lens: { ${lens} } } }, pairs: [[a, ${more || 'b'}]] }`,
          ),
      );
    const fisheye = 'kind: fov, verticalDegrees: 60, distortion: { kind: kannala-brandt }';
    expect(rig(fisheye)).toEqual([]);
    expect(rig(fisheye, 'c')).toEqual([
      expect.stringContaining(
        'camera.rig.views.c.lens.distortion: expected none where camera.rig.pairs are rectified',
      ),
    ]);
    // A globe beside a pair asks for no planar depth, but leaves the pair alone.
    expect(rig('kind: equirectangular')).not.toContainEqual(
      expect.stringContaining('camera.rig.pairs'),
    );
    expect(rig('kind: equirectangular', 'c')).toContainEqual(
      expect.stringContaining('camera.rig.pairs: expected no pairs where the lens sees beyond 80°'),
    );
    expect(rig('kind: fov, verticalDegrees: 151')).toEqual([
      expect.stringContaining(
        'camera.rig.views.c.lens.verticalDegrees: expected 1..150, found 151',
      ),
    ]);
    expect(
      rig('kind: fov, verticalDegrees: 60, distortion: { kind: brown-conrady, k1: -0.9 }')[0],
    ).toContain('camera.rig.views.c.lens.distortion: ');
  });

  it('wants amodal masks where visibility decides', () => {
    expect(check(`${base}labels: {minVisibility: 0.2, amodal: false}`)).toEqual([
      'c.yaml:7:25: labels.minVisibility: expected 0 where labels.amodal is false, found 0.2. Visibility is measured against the amodal mask: set labels.amodal to true.',
    ]);
    expect(check(`${base}labels: {amodal: false}`)).toEqual([]);
  });

  it('leaves the open ends of a normal to sampling', () => {
    expect(
      check(`${base}sensor: {vignetting: {kind: normal, mean: 0.2, std: 0.1, min: 0}}`),
    ).toEqual([]);
  });

  it('wants every category of scene and models, each once', () => {
    const text =
      base.replace('[mug, apple]', '[pear, {name: pear}]') + group('categories: [apple]');
    expect(check(text)).toEqual([
      'c.yaml:5:13: categories: unknown category "mug", of the scene\'s node "mug". Categories of the config: pear.',
      'c.yaml:5:20: categories[1]: expected each category once, found "pear" again (first at categories[0])',
      'c.yaml:8:74: objects.g.categories[0]: unknown category "apple", of the model "scans/apple". Categories of the config: pear. Add it to categories, or set labelled: false.',
    ]);
    expect(check(text.replace('g: {', 'g: {labelled: false, ')).length).toBe(2);
  });

  it('checks the values of the scene, unless the config replaces them', () => {
    const light = {
      kind: 'point' as const,
      count: 9,
      place: {
        kind: 'at' as const,
        position: [0, 1, 0] as [number, number, number],
        target: [0, 0, 0] as [number, number, number],
      },
      intensity: { kind: 'var' as const, name: 'gone', scale: 1, offset: 0 },
      color: '#ffffff',
      castShadow: true,
      sizeMeters: 0,
      coneDegrees: 40,
      unit: 'relative' as const,
      widthMeters: 0.5,
      heightMeters: 0.5,
      penumbra: 0.3,
    };
    const lit = { ...scene, lights: { lamp: light } };
    expect(check(base, lit)).toEqual([
      'scene.yaml: lights.lamp.count: expected 0..8, found 9',
      'scene.yaml: lights.lamp.intensity.name: unknown variable "gone". There are no variables.',
    ]);
    const own =
      'lights: {lamp: {kind: point, place: {kind: at, position: [0, 1, 0]}, intensity: 1}}';
    expect(check(`${base}${own}`, lit)).toEqual([]);
  });

  it('refuses doubled names and a scene with nothing in it', () => {
    const twice = { ...scene, nodes: [node('a'), node('a')] };
    expect(check(base, twice)).toEqual([
      'scene.yaml: nodes[1].name: expected a name of its own, found "a" again',
    ]);
    const empty = { ...scene, nodes: [node('group', { bounds: null })] };
    expect(check(base, empty)).toEqual([
      'c.yaml:3:8: scene: expected something to see, found no visible geometry and no objects. Add nodes to the scene, or a group under objects.',
    ]);
    expect(
      check(`${base}nodes: {a: {visible: false}}`, { ...scene, nodes: [node('a')] }).length,
    ).toBe(1);
  });

  it('wants everything that policy rules name', () => {
    const rule = (text: string): string[] =>
      check(`${base}labels: { policies: [{ policy: solid, ${text} }] }`);
    expect(rule("categories: [mug], assets: ['scans/*'], nodes: [wall]")).toEqual([]);
    expect(rule('categories: [mugs]')).toEqual([
      expect.stringMatching(
        /labels\.policies\[0\]\.categories\[0\]: unknown category "mugs"\. Did you mean "mug"\?/,
      ),
    ]);
    expect(rule("assets: ['scan/*']")).toEqual([
      expect.stringContaining('labels.policies[0].assets[0]: no model asset matches "scan/*"'),
    ]);
    expect(rule('nodes: [wal]')[0]).toContain('unknown node "wal". Did you mean "wall"?');
    expect(rule('materials: [glass]')[0]).toContain('unknown material "glass"');
    // A scene that is loaded whole brings materials that only the page knows.
    const whole = { ...scene, source: { ...scene.source, kind: 'gltf' } } as const;
    const config = `${base}labels: { policies: [{ policy: solid, materials: [glass] }] }`;
    expect(check(config, whole)).toEqual([]);
  });

  it('refuses motion of frames that stand alone', () => {
    const moving = `${base}nodes: {table: {motion: {spinDegreesPerSecond: 9}}}`;
    expect(check(moving)).toEqual([
      expect.stringContaining(
        'expected sequence.frames above 1 or a sensor.shutter where something moves, found neither',
      ),
    ]);
    expect(check(`${moving}\nsequence: {frames: 2}`)).toEqual([]);
  });

  it('lets frames that stand alone move while a shutter is open, with what motion blur needs', () => {
    const moving = `${base}nodes: {table: {motion: {spinDegreesPerSecond: 9}}}\n`;
    const render = 'render: {subframes: 64, ambientOcclusion: {strength: 0}}\n';
    const open = (shutter: string, more = render): string[] =>
      check(`${moving}${more}sensor: {shutterSeconds: 0.01, shutter: {${shutter}}}`);
    expect(open('kind: global')).toEqual([]);
    expect(open('kind: rolling, readoutSeconds: 0.03')).toEqual([]);
    expect(open('kind: global', '')).toEqual([
      expect.stringContaining('sensor.shutter: expected render.subframes of at least 16 where'),
      expect.stringContaining('sensor.shutter: expected render.ambientOcclusion.strength 0 where'),
    ]);
    expect(open('kind: global', `${render}weather: {rain: {millimetersPerHour: 5}}\n`)).toEqual([
      expect.stringContaining('sensor.shutter: expected neither weather.rain nor weather.snow'),
    ]);
    // 640 × 480: 0.01 s + 479/480 · 0.8 s are 81 exposures.
    expect(open('kind: rolling, readoutSeconds: {kind: uniform, min: 0.1, max: 0.8}')).toEqual([
      expect.stringContaining('expected render.subframes of at least 81 for rows of 0.01 s read'),
    ]);
    // Light that flickers asks for sub-frames alone.
    const flicker = 'flicker: {kind: mains, hertz: 50, depth: 0.3}';
    const place = 'place: {kind: at, position: [0, 1, 0]}';
    const lamp = `lights: {k: {kind: point, ${place}, intensity: 1, ${flicker}}}\n`;
    const shutter = 'sensor: {shutterSeconds: 0.01, shutter: {kind: global}}';
    expect(check(`${base}${lamp}${shutter}`)).toEqual([
      expect.stringContaining('of at least 16 where something moves or flickers, found 1'),
    ]);
    // Where nothing moves it asks for nothing.
    expect(check(`${base}sensor: {shutter: {kind: global}}`)).toEqual([]);
  });

  it('refuses codes of a raw image without a converter', () => {
    expect(check(`${base}outputs: {raw: png}`)).toEqual([
      expect.stringContaining('outputs.raw: expected sensor.adc where it is png, found none'),
    ]);
    expect(check(`${base}outputs: {raw: png}\nsensor: {adc: {}}`)).toEqual([]);
    expect(check(`${base}outputs: {raw: exr}`)).toEqual([]);
  });

  it('refuses optical flow without sequences, or past what moves without a label', () => {
    const flow = `${base}outputs: {flow: {forward: flo}}\n`;
    expect(check(flow)).toEqual([
      expect.stringContaining('expected sequence.frames above 1 for optical flow, found 1'),
    ]);
    const moving = `${flow}sequence: {frames: 2}\nnodes: {table: {motion: {}}}`;
    expect(check(moving)).toEqual([
      expect.stringMatching(/nodes\.table\.motion: expected only labelled things to move/),
    ]);
  });

  it('refuses motion beside objects that fall, but for the camera’s', () => {
    const falling = `${base}sequence: {frames: 2}\nobjects: {g: {assets: [mug-1], count: 1, labelled: false, placement: {kind: drop, surface: table}}}`;
    const issues = (text: string): readonly string[] =>
      check(text).filter((issue) => issue.includes('nothing but the camera'));
    expect(issues(falling)).toEqual([]);
    expect(issues(`${falling}\nnodes: {table: {motion: {spinDegreesPerSecond: 9}}}`)).toEqual([
      expect.stringContaining('nodes.table.motion'),
    ]);
  });

  it('throws what it finds, with paths alone where nobody knows the lines', () => {
    const config = configFromDocument(parseDocument(`${base}nodes: {roof: {}}`, 'c.yaml'));
    expect(problemsOf(() => checkConfig(config, { scene, catalogue }))).toEqual([
      'c: nodes.roof: unknown node "roof". Nodes of the scene: table, wall, mug.',
    ]);
  });
});
