import type { FramePlan, PlanNode } from '#shared/plan/frame-plan';
import { median } from '../run/stage-clock.ts';
import { SENSOR_STAGES, withoutStage, type SensorStage } from './sensor-stages.ts';
import type { WarmCase } from './warm-case.ts';

/** Pairs of draws, with the stage and without, one right after the other: the machine's moods fall on both. */
const PAIRS = 7;

/**
 * What each stage of the camera takes, milliseconds: how much longer an empty picture of the same size is drawn with
 * it than without, the median of pairs. What a stage takes hangs on the pixels' number and not on what they show;
 * sub-frames alone, which draw the scene again, are measured on the frame itself.
 * Stages that no frame has are left out; below what the clock can tell, a figure may be negative.
 */
export async function measureSensor({
  plans,
  pool,
  signal,
}: WarmCase): Promise<Readonly<Partial<Record<SensorStage, number>>>> {
  const costs: Partial<Record<SensorStage, number>> = {};
  for (const stage of SENSOR_STAGES) {
    const pair = findPair(plans, stage);
    if (pair === null) continue;
    signal.throwIfAborted();
    costs[stage] = await pool.run(async (client) => {
      const draw = async (plan: FramePlan): Promise<number> => {
        const [timings] = await client.renderBare(plan, { repeats: 1, sync: true });
        if (timings === undefined) throw new RangeError('expected timings of one frame, got none');
        return timings.color;
      };
      for (const plan of pair) await draw(plan); // compiles
      const differences: number[] = [];
      for (let i = 0; i < PAIRS; i++)
        differences.push((await draw(pair[0])) - (await draw(pair[1])));
      return median(differences);
    });
  }
  return costs;
}

/** The first plan that has a stage, with it and without: emptied, but for sub-frames, of which each draws the scene. */
function findPair(
  plans: readonly FramePlan[],
  stage: SensorStage,
): readonly [FramePlan, FramePlan] | null {
  for (const plan of plans) {
    const shown = stage === 'subframes' ? plan : emptied(plan);
    const without = withoutStage(shown, stage);
    if (without !== null) return [shown, without];
  }
  return null;
}

/** Scenes without any geometry are refused. */
const SPECK: PlanNode = {
  kind: 'shape',
  name: 'speck',
  shape: { kind: 'box', size: [0.001, 0.001, 0.001], bevelMeters: 0 },
  worldFromNode: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  instanceId: 0,
  castShadow: false,
  receiveShadow: false,
};

/** A plan of next to nothing before an even background, through the same lens and sensor, drawn once. */
function emptied(plan: FramePlan): FramePlan {
  const { environment, render, labels } = plan;
  return {
    ...plan,
    stage: null,
    nodes: [SPECK],
    instances: [],
    parts: undefined,
    weather: undefined,
    shutter: undefined,
    neighbours: undefined,
    environment: { ...environment, background: { kind: 'color', color: [0.18, 0.18, 0.18] } },
    render: { ...render, subframes: 1, ambientOcclusion: null },
    labels: { ...labels, silhouettes: null },
  };
}
