import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeNodes } from '#node/assets/describe-nodes';
import { createGltfIo } from '#node/assets/gltf-document';
import { defaultScene, sceneNodes } from '#node/assets/inspect-model';
import { readRig } from '#node/assets/model-rig';
import type { ModelNode } from '#shared/core/asset-catalogue';
import { sampleChannel } from '#shared/core/clip';
import type { Bounds } from '#shared/core/geometry';
import { type ModelRig, type Pose, posedExtent, visitPosedPoints } from '#shared/core/rig';
import { eulerQuaternion } from '#shared/core/rotation';
import { streamFor } from '#shared/core/stream';

const file = fileURLToPath(new URL('../../../assets/models/robot-arm-1.glb', import.meta.url));
let rig: ModelRig;
let nodes: readonly ModelNode[];
beforeAll(async () => {
  const glb = new Uint8Array(await readFile(file));
  rig = await readRig(glb, 'robot-arm-1');
  const document = await (await createGltfIo()).readBinary(glb);
  const described = describeNodes(sceneNodes(defaultScene(document)));
  expect(described.warnings).toEqual([]);
  nodes = described.nodes;
});

/** The pose of joints that are turned about their axes by what `degrees` says between their limits. */
const poseBy = (degrees: (low: number, high: number) => number, open = 0): Pose => ({
  nodes: nodes.flatMap(({ jointLimitsDegrees: limits }, node) => {
    const stored = rig.nodes[node];
    if (!limits || !stored) return [];
    const turn = (axis: 'x' | 'y' | 'z'): number => (limits[axis] ? degrees(...limits[axis]) : 0);
    return [{ ...stored, node, rotation: eulerQuaternion([turn('x'), turn('y'), turn('z')]) }];
  }),
  weights: [{ node: 0, weights: [open] }],
});
const pointsOf = (pose: Pose): readonly (readonly [number, number, number])[] => {
  const points: [number, number, number][] = [];
  visitPosedPoints(rig, pose, (x, y, z) => points.push([x, y, z]));
  return points;
};
const boundsOf = (pose: Pose): Bounds => posedExtent(rig, [pose]).bounds;

describe('the robot arm that ships', () => {
  it('has six joints with limits, clips, and a gripper that opens', () => {
    const limited = nodes.filter(({ jointLimitsDegrees }) => jointLimitsDegrees);
    expect(limited).toHaveLength(6);
    expect(rig.clips.map(({ name }) => name)).toEqual(['pick-and-place', 'look-around']);
    expect(nodes[0]?.morphTargets).toEqual(['open']);
    // Opening moves its fingers by 19 mm, and nothing else.
    const [shut, open] = [0, 1].map((weight) => pointsOf(poseBy(() => 0, weight)));
    const ways = (shut ?? []).map(([x], i) => Math.abs((open?.[i]?.[0] ?? NaN) - x));
    expect(new Set(ways.map((way) => Math.round(way * 1e6)))).toEqual(new Set([0, 19_000]));
  });

  it('reaches nowhere below its base', () => {
    const chance = streamFor({ seed: 'arm', frame: 0, path: 'limits' });
    for (let i = 0; i < 150; i++) {
      const pose = poseBy((low, high) => low + (high - low) * chance(), chance());
      expect(boundsOf(pose).min[1]).toBeGreaterThan(-1e-4);
    }
  });

  it('has clips that end where they begin, within the limits of its joints and above its base', () => {
    for (const { channels, durationSeconds } of rig.clips) {
      for (const channel of channels) {
        const [first, last] = [0, durationSeconds].map((time) => sampleChannel(channel, time));
        for (const [i, value] of (first ?? []).entries()) expect(last?.[i]).toBeCloseTo(value, 6);
      }
      for (let time = 0; time < durationSeconds; time += 0.25) {
        const pose: Pose = {
          nodes: channels.flatMap((channel) => {
            const stored = rig.nodes[channel.node];
            const limits = nodes[channel.node]?.jointLimitsDegrees;
            if (channel.path !== 'rotation' || !stored || !limits) return [];
            const [x = 0, y = 0, z = 0, w = 1] = sampleChannel(channel, time);
            for (const [axis, part] of [x, y, z].entries()) {
              const [low, high] = limits[(['x', 'y', 'z'] as const)[axis] ?? 'x'] ?? [0, 0];
              const degrees = (2 * Math.atan2(part, w) * 180) / Math.PI;
              expect(degrees).toBeGreaterThan(low - 1e-3);
              expect(degrees).toBeLessThan(high + 1e-3);
            }
            return [{ ...stored, node: channel.node, rotation: [w, x, y, z] as const }];
          }),
          weights: [],
        };
        expect(boundsOf(pose).min[1]).toBeGreaterThan(-1e-4);
      }
    }
  });
});
