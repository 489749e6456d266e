import type { Clip, Joint, Rig } from '../lib/rig-model.ts';

/**
 * Six joints, at rest straight up with the gripper to the front (+Z). No pose within their limits reaches below
 * the base. Millimetres.
 */
const JOINTS: readonly Joint[] = [
  { name: 'base', at: [0, 0, 0] },
  { name: 'turntable', parent: 'base', at: [0, 64, 0], turns: { axis: 'y', degrees: [-170, 170] } },
  {
    name: 'shoulder',
    parent: 'turntable',
    at: [0, 112, 0],
    turns: { axis: 'x', degrees: [-60, 45] },
  },
  { name: 'elbow', parent: 'shoulder', at: [0, 292, 0], turns: { axis: 'x', degrees: [0, 85] } },
  {
    name: 'wrist-lift',
    parent: 'elbow',
    at: [0, 442, 0],
    turns: { axis: 'x', degrees: [-60, 20] },
  },
  {
    name: 'wrist-pan',
    parent: 'wrist-lift',
    at: [-42, 442, 0],
    turns: { axis: 'y', degrees: [-100, 100] },
  },
  {
    name: 'wrist-roll',
    parent: 'wrist-pan',
    at: [-42, 502, 0],
    turns: { axis: 'z', degrees: [-170, 170] },
  },
  { name: 'gripper', parent: 'wrist-roll', at: [-42, 502, 118] },
];

const HOME = { shoulder: -25, elbow: 75, 'wrist-lift': 0 };
const CLIPS: readonly Clip[] = [
  {
    name: 'pick-and-place',
    keys: [
      [0, HOME],
      [0.8, { turntable: -45, shoulder: 10, elbow: 70, 'wrist-lift': 10, open: 1 }],
      [1.5, { turntable: -45, shoulder: 42, elbow: 82, 'wrist-lift': -34, open: 1 }],
      [1.8, { turntable: -45, shoulder: 42, elbow: 82, 'wrist-lift': -34, open: 0.4 }],
      [2.5, { turntable: -45, shoulder: 5, elbow: 75, 'wrist-lift': 10, open: 0.4 }],
      [
        3.5,
        { turntable: 50, shoulder: 5, elbow: 75, 'wrist-lift': 10, 'wrist-roll': 90, open: 0.4 },
      ],
      [
        4.2,
        { turntable: 50, shoulder: 40, elbow: 78, 'wrist-lift': -28, 'wrist-roll': 90, open: 0.4 },
      ],
      [
        4.5,
        { turntable: 50, shoulder: 40, elbow: 78, 'wrist-lift': -28, 'wrist-roll': 90, open: 1 },
      ],
      [5.2, { turntable: 50, shoulder: 0, elbow: 70, 'wrist-lift': 10, 'wrist-roll': 90, open: 1 }],
      [6.2, HOME],
    ],
  },
  {
    name: 'look-around',
    keys: [
      [0, HOME],
      [1, { ...HOME, turntable: -60, shoulder: -40, 'wrist-lift': 15, 'wrist-pan': -30 }],
      [1.8, { ...HOME, turntable: -60, shoulder: -10, 'wrist-lift': -40, 'wrist-pan': 20 }],
      [
        3,
        {
          ...HOME,
          turntable: 70,
          shoulder: -35,
          'wrist-lift': -10,
          'wrist-pan': 40,
          'wrist-roll': 60,
        },
      ],
      [4, HOME],
    ],
  },
];

/** Skeleton and clips of the arm; its gripper is opened by a morph target. */
export const ROBOT_ARM_RIG: Rig = { joints: JOINTS, morphTargets: ['open'], clips: CLIPS };
