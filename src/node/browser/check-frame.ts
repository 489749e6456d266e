import type { GBuffers } from '#shared/annotate/annotations';
import type { FramePlan } from '#shared/plan/frame-plan';

/**
 * A frame whose labels are known on paper. The camera stands at the origin and looks along −z with
 * f = 160 px; a box of 1 × 0.75 × 1 m has its front face 2 m ahead, so one metre there is 80 px. The
 * camera's axis passes through that face, so the face hides the rest of the box and its outline is the
 * mask: x from −0.25 to 0.75 m gives columns 60 to 139, y from −0.25 to 0.5 m gives rows 20 to 79. It is
 * off centre both ways: a flipped or mirrored image fails. All edges fall between pixel centres.
 */
const WIDTH = 160;
const HEIGHT = 120;
const BOX = { left: 60, top: 20, width: 80, height: 60, depthMeters: 2 } as const;
const INSTANCE_ID = 1;

/** SwiftShader's depth is off by up to 1.5e-4 of the distance; a wrong unit or axis is off by far more. */
const DEPTH_TOLERANCE_METERS = 1e-3;
/** 8-bit sRGB; the face is lit head-on (about 225), the background is black. */
const LIT_FROM = 96;
const DARK_UP_TO = 8;

const WORLD_FROM_CAMERA = [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1] as const;
const WORLD_FROM_BOX = [1, 0, 0, 0.25, 0, 1, 0, 0.125, 0, 0, 1, -2.5, 0, 0, 0, 1] as const;

/** The plan of the frame. */
export function planCheckFrame(): FramePlan {
  return {
    protocol: 1,
    frame: 0,
    size: { width: WIDTH, height: HEIGHT },
    camera: {
      worldFromCamera: WORLD_FROM_CAMERA,
      intrinsics: { fx: 160, fy: 160, cx: WIDTH / 2, cy: HEIGHT / 2 },
      nearMeters: 0.1,
      farMeters: 100,
    },
    stage: null,
    nodes: [
      {
        kind: 'shape',
        name: 'check-box',
        shape: { kind: 'box', size: [1, 0.75, 1], bevelMeters: 0 },
        worldFromNode: WORLD_FROM_BOX,
        instanceId: INSTANCE_ID,
        material: { color: [0.8, 0.8, 0.8], roughness: 1, metalness: 0 },
        castShadow: false,
        receiveShadow: false,
      },
    ],
    lights: [
      {
        kind: 'directional',
        position: [0, 0, 2],
        target: [0, 0, -2.5],
        color: [1, 1, 1],
        intensity: 3,
        castShadow: false,
        sizeMeters: 0,
        coneRadians: 0,
        penumbra: 0,
      },
    ],
    lightCapacity: { directional: 1, point: 0, spot: 0 },
    environment: {
      map: null,
      format: null,
      rotationRadians: 0,
      strength: 0,
      background: { kind: 'color', color: [0, 0, 0] },
    },
    instances: [
      {
        instanceId: INSTANCE_ID,
        categoryId: 1,
        category: 'box',
        name: 'check-box',
        assetId: null,
        worldFromObject: WORLD_FROM_BOX,
        scale: [1, 1, 1],
        bounds: { min: [-0.5, -0.375, -0.5], max: [0.5, 0.375, 0.5] },
      },
    ],
    shadowBounds: { center: [0.25, 0.125, -2.5], radius: 1 },
    sensor: {
      exposure: 1,
      blurSigmaPixels: 0,
      vignetting: 0,
      noise: null,
      whiteBalance: [1, 1, 1],
      toneMapping: 'none',
      noiseKey: 0,
    },
    render: { samples: 0, subframes: 1, shadowMapPixels: 256, ambientOcclusion: null },
    labels: { opaqueFrom: 0.5, normals: false, silhouettes: null },
  };
}

/**
 * Compares a rendered check frame with its closed form.
 *
 * @returns what is wrong, in words; empty where nothing is.
 */
export function findCheckFrameFaults(buffers: GBuffers): readonly string[] {
  if (buffers.width !== WIDTH || buffers.height !== HEIGHT) {
    return [`size: expected ${WIDTH}×${HEIGHT}, got ${buffers.width}×${buffers.height}`];
  }
  return [...findMaskFaults(buffers), ...findDepthFaults(buffers), ...findColorFaults(buffers)];
}

function findMaskFaults({ instanceId }: GBuffers): readonly string[] {
  let area = 0;
  const seen = { left: WIDTH, top: HEIGHT, right: -1, bottom: -1 };
  for (const [index, id] of instanceId.entries()) {
    if (id !== INSTANCE_ID) continue;
    const x = index % WIDTH;
    const y = Math.floor(index / WIDTH);
    area += 1;
    seen.left = Math.min(seen.left, x);
    seen.right = Math.max(seen.right, x);
    seen.top = Math.min(seen.top, y);
    seen.bottom = Math.max(seen.bottom, y);
  }
  const expectedArea = BOX.width * BOX.height;
  if (area === 0) return ['mask: expected a box, the id image is empty'];
  const found = [seen.left, seen.top, seen.right - seen.left + 1, seen.bottom - seen.top + 1].join(
    ', ',
  );
  const expected = [BOX.left, BOX.top, BOX.width, BOX.height].join(', ');
  return [
    ...(area === expectedArea ? [] : [`mask: expected ${expectedArea} pixels, got ${area}`]),
    ...(found === expected ? [] : [`bbox: expected [${expected}], got [${found}]`]),
  ];
}

function findDepthFaults({ depth }: GBuffers): readonly string[] {
  let worst = 0;
  let stray = 0;
  for (const [index, meters] of depth.entries()) {
    const expected = insideBox(index) ? BOX.depthMeters : 0;
    const error = Math.abs(meters - expected);
    if (expected === 0) stray += meters === 0 ? 0 : 1;
    // NaN compares false with everything, and must not pass.
    else if (!(error <= worst)) worst = error;
  }
  return [
    ...(worst <= DEPTH_TOLERANCE_METERS
      ? []
      : [`depth: expected ${BOX.depthMeters} m on the box, off by up to ${worst} m`]),
    ...(stray === 0 ? [] : [`depth: expected 0 where nothing is, got ${stray} other pixels`]),
  ];
}

function findColorFaults({ color }: GBuffers): readonly string[] {
  let darkest = 255;
  let brightest = 0;
  for (let index = 0; index < WIDTH * HEIGHT; index += 1) {
    const green = color[index * 4 + 1] ?? 0;
    if (insideBox(index)) darkest = Math.min(darkest, green);
    else brightest = Math.max(brightest, green);
  }
  return [
    ...(darkest >= LIT_FROM ? [] : [`color: expected a lit box, found a pixel of ${darkest}`]),
    ...(brightest <= DARK_UP_TO
      ? []
      : [`color: expected a black background, found a pixel of ${brightest}`]),
  ];
}

function insideBox(index: number): boolean {
  const x = (index % WIDTH) - BOX.left;
  const y = Math.floor(index / WIDTH) - BOX.top;
  return x >= 0 && x < BOX.width && y >= 0 && y < BOX.height;
}
