import type { BufferGeometry } from 'three';
import type { MaterialSpec, Part, Recipe } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { metal, plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
import type { Axis } from '../lib/rig-model.ts';
import { roundedBox } from '../lib/rounded-box.ts';
import { robotArmHose } from './robot-arm-hose.ts';
import { ROBOT_ARM_RIG } from './robot-arm-rig.ts';

interface Look {
  paint: MaterialSpec;
  caps: MaterialSpec;
  rings: MaterialSpec;
  hose: MaterialSpec;
  steel: MaterialSpec;
}

/** What is drawn about an axis through a point. */
interface Place {
  axis: Axis;
  at: readonly [number, number, number];
  /** Whether it goes against the axis. */
  back?: boolean;
}

/** Turns what was made along +Y from the origin, and moves it. */
function placed(geometry: BufferGeometry, { axis, at, back }: Place): BufferGeometry {
  const turned = geometry.clone();
  if (back) turned.rotateX(Math.PI);
  if (axis === 'x') turned.rotateZ(-Math.PI / 2);
  if (axis === 'z') turned.rotateX(Math.PI / 2);
  return turned.translate(...at);
}

const FACETS = 22;

/** The housing of a joint: a barrel with a dark seam where it meets the next, and a cap at its other end. */
function barrel(
  look: Look,
  joint: string,
  { radius: r, length: l, cap, ...place }: Place & { radius: number; length: number; cap: boolean },
): Part[] {
  const end = cap ? l - 9 : l;
  const zones = latheZones(
    filletProfile([
      [r - 3, 0, 0, 'seam'],
      [r - 3, 2.5, 0.4, 'body'],
      [r, 3.2, 1],
      ...(cap
        ? ([
            [r, end, 1],
            [r - 2.5, end + 1, 0.4, 'groove'],
            [r - 2.5, end + 2.5, 0.4, 'cap'],
            [r - 0.8, end + 3.2, 0.8],
            [r - 1.6, l - 1, 1.2],
            [0, l],
          ] as const)
        : ([
            [r, l, 5],
            [0, l],
          ] as const)),
    ]),
    FACETS,
  );
  const materials = { seam: look.rings, body: look.paint, groove: look.rings, cap: look.caps };
  return [...zones.keys()].map((zone) => ({
    name: `${joint} ${zone}`,
    geometry: placed(zoneOf(zones, zone), place),
    material: materials[zone as keyof typeof materials],
    carriedBy: joint,
  }));
}

/** A tube between two housings, a little narrower in its middle. */
function tube(
  look: Look,
  joint: string,
  { radius: r, length: l, at }: { radius: number; length: number; at: Place['at'] },
): Part {
  const zones = latheZones(
    filletProfile([
      [r + 1.5, 0],
      [r, l * 0.3, 60],
      [r, l * 0.7, 60],
      [r + 1.5, l],
    ]),
    FACETS,
  );
  return {
    name: `${joint} tube`,
    geometry: placed(zoneOf(zones, 'body'), { axis: 'y', at }),
    material: look.paint,
    carriedBy: joint,
  };
}

function foot(look: Look): Part[] {
  const flange = latheZones(
    filletProfile([
      [0, 0],
      [62, 0, 1.5],
      [62, 9, 2.5],
      [47, 10.5, 4],
      [46, 60, 1],
      [0, 60],
    ]),
    FACETS + 8,
  );
  const seam = latheZones(
    filletProfile([
      [42, 59],
      [42, 66],
    ]),
    FACETS,
  );
  const bolts = [45, 135, 225, 315].map((degrees): Part => {
    const head = latheZones(
      filletProfile([
        [4, 8.5],
        [4, 12, 0.8],
        [0, 12],
      ]),
      10,
    );
    const turn = (degrees * Math.PI) / 180;
    return {
      name: 'bolt',
      geometry: zoneOf(head, 'body').translate(54.5 * Math.sin(turn), 0, 54.5 * Math.cos(turn)),
      material: look.steel,
      carriedBy: 'base',
    };
  });
  return [
    { name: 'foot', geometry: zoneOf(flange, 'body'), material: look.paint, carriedBy: 'base' },
    { name: 'foot seam', geometry: zoneOf(seam, 'body'), material: look.rings, carriedBy: 'base' },
    ...bolts,
  ];
}

/** How far each finger goes outwards where the gripper is open. */
const OPENING = 19;

function gripper(look: Look): Part[] {
  const [x, y] = [-42, 502];
  const box = (size: readonly [number, number, number], at: Place['at'], radius = 2.5) =>
    roundedBox({ width: size[0], height: size[1], depth: size[2], radius, steps: 1 }).translate(
      ...at,
    );
  const onRoll = (name: string, geometry: BufferGeometry, material: MaterialSpec): Part => ({
    name,
    geometry,
    material,
    carriedBy: 'wrist-roll',
  });
  const flange = latheZones(
    filletProfile([
      [24, 0],
      [24, 8, 1],
      [0, 8],
    ]),
    FACETS,
  );
  const fingers = [-1, 1].flatMap((side): Part[] => {
    const morphs = { open: [side * OPENING, 0, 0] as const };
    const at = (from: number, depth: number): Place['at'] => [x + side * from, y, depth];
    return [
      { ...onRoll('jaw', box([10, 20, 16], at(9, 78), 2), look.steel), morphs },
      { ...onRoll('finger', box([6, 15, 36], at(7, 100), 1.5), look.steel), morphs },
      { ...onRoll('pad', box([4, 13, 22], at(2.6, 106), 1), look.rings), morphs },
    ];
  });
  return [
    onRoll('flange', placed(zoneOf(flange, 'body'), { axis: 'z', at: [x, y, 31] }), look.steel),
    onRoll('palm', box([68, 42, 32], [x, y, 55], 7), look.rings),
    onRoll('palm plate', box([72, 30, 6], [x, y, 70], 2), look.steel),
    ...fingers,
  ];
}

/** A clamp that holds the hose to its joint. */
function clamp(look: Look, joint: string, at: Place['at']): Part {
  const block = roundedBox({ width: 22, height: 12, depth: 24, radius: 3, steps: 1 });
  return {
    name: 'clamp',
    geometry: block.translate(...at),
    material: look.rings,
    carriedBy: joint,
  };
}

function buildArm(): Promise<Part[]> {
  const look: Look = {
    paint: plastic('paint', '#dde1e3', 0.36),
    caps: plastic('caps', '#2f7fb5', 0.4),
    rings: plastic('rings', '#3b4046', 0.5),
    hose: plastic('hose', '#1e2022', 0.6),
    steel: metal('steel', '#b4b8bc', 0.35),
  };
  return Promise.resolve([
    ...foot(look),
    // The turntable stands on the foot and reaches out to the shoulder.
    ...barrel(look, 'turntable', { axis: 'y', at: [0, 66, 0], radius: 45, length: 84, cap: false }),
    ...barrel(look, 'turntable', {
      axis: 'x',
      at: [47, 112, 0],
      back: true,
      radius: 40,
      length: 94,
      cap: true,
    }),
    ...barrel(look, 'shoulder', { axis: 'x', at: [49, 112, 0], radius: 40, length: 66, cap: true }),
    tube(look, 'shoulder', { radius: 28, length: 180, at: [80, 112, 0] }),
    ...barrel(look, 'shoulder', { axis: 'x', at: [48, 292, 0], radius: 35, length: 66, cap: true }),
    ...barrel(look, 'elbow', {
      axis: 'x',
      at: [46, 292, 0],
      back: true,
      radius: 35,
      length: 62,
      cap: true,
    }),
    tube(look, 'elbow', { radius: 23, length: 150, at: [16, 292, 0] }),
    ...barrel(look, 'elbow', { axis: 'x', at: [-11, 442, 0], radius: 29, length: 56, cap: true }),
    ...barrel(look, 'wrist-lift', {
      axis: 'x',
      at: [-13, 442, 0],
      back: true,
      radius: 28,
      length: 42,
      cap: false,
    }),
    ...barrel(look, 'wrist-lift', {
      axis: 'y',
      at: [-42, 470, 0],
      back: true,
      radius: 28,
      length: 60,
      cap: true,
    }),
    ...barrel(look, 'wrist-pan', {
      axis: 'y',
      at: [-42, 472, 0],
      radius: 28,
      length: 44,
      cap: false,
    }),
    ...barrel(look, 'wrist-pan', {
      axis: 'z',
      at: [-42, 502, 28],
      back: true,
      radius: 27,
      length: 62,
      cap: true,
    }),
    ...gripper(look),
    robotArmHose(look.hose),
    clamp(look, 'turntable', [-6, 92, -40]),
    clamp(look, 'shoulder', [81, 208, -33]),
    clamp(look, 'elbow', [15.5, 370, -28]),
    clamp(look, 'wrist-pan', [-42, 487, -24]),
  ]);
}

/** A table-top robot arm whose joints, gripper and hose move. */
export const robotArmRecipes: readonly Recipe[] = [
  { id: 'robot-arm-1', category: 'robot-arm', build: buildArm, lean: true, rig: ROBOT_ARM_RIG },
];
