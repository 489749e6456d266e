import type { CheckContext } from './check-context.ts';
import type { Config } from './config-schema.ts';
import { dropsObjects } from './drops-objects.ts';
import { checkSkins } from './check-skins.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';

/** Motion needs time, which frames that stand alone have over their exposure at most, and moves what keeps its shape. */
export function checkMotion(context: CheckContext): void {
  const { config, report } = context;
  checkSkins(context);
  checkFlow(context);
  if (config.sequence.frames > 1) checkSeesRest(context);
  if (config.sequence.frames > 1 || config.sensor.shutter) {
    checkDropsRest(context);
    return;
  }
  for (const path of motionPaths(config)) {
    report(
      formatPath(path),
      'expected sequence.frames above 1 or a sensor.shutter where something moves, found neither',
      'Set sequence.frames to the number of frames that follow one another, or sensor.shutter: { kind: global } for motion blur, or leave motion out.',
    );
  }
}

/** Pixels without an id belong to the static scene, so that what moves must have one. */
function checkFlow({ config, scene, report }: CheckContext): void {
  const { forward, backward } = config.outputs.flow;
  if (forward === 'none' && backward === 'none') return;
  if (config.sequence.frames === 1) {
    const advice = 'Set sequence.frames to the number of frames that follow one another.';
    report('outputs.flow', 'expected sequence.frames above 1 for optical flow, found 1', advice);
  }
  const refuse = (path: readonly PathSegment[], advice: string): void =>
    report(
      formatPath(path),
      'expected only labelled things to move where outputs.flow is asked for',
      advice,
    );
  for (const [name, { labelled, motion }] of Object.entries(config.objects)) {
    if (motion && !labelled) {
      refuse(['objects', name, 'motion'], 'Set labelled: true, or leave its motion out.');
    }
  }
  for (const { name, category } of scene.nodes) {
    const override = Object.hasOwn(config.nodes, name) ? config.nodes[name] : undefined;
    if (override?.motion && category === undefined) {
      refuse(['nodes', name, 'motion'], 'Give the node a category in the scene.');
    }
  }
}

/** What falls is brought to rest once, among things that stay where they are. */
function checkDropsRest({ config, report }: CheckContext): void {
  if (!dropsObjects(config)) return;
  for (const path of motionPaths(config)) {
    if (path[0] === 'camera') continue;
    report(
      formatPath(path),
      'expected nothing but the camera to move where objects are dropped (placement.kind: drop or pile)',
      'Leave the motion out, or place objects another way.',
    );
  }
}

/** A view is judged once, where its sequence begins, for all of its frames. */
function checkSeesRest({ config, report }: CheckContext): void {
  if (config.camera.sees === undefined) return;
  for (const path of motionPaths(config)) {
    if (path[0] === 'camera') continue;
    report(
      formatPath(path),
      'expected nothing but the camera to move where camera.sees judges its view',
      'Leave the motion out, or leave camera.sees out.',
    );
  }
}

/** Where the config lets something move, in the order of its sections. */
export function motionPaths({
  camera,
  nodes,
  objects,
}: Config): readonly (readonly PathSegment[])[] {
  const below = (
    section: string,
    entries: Readonly<Record<string, { motion?: unknown }>>,
  ): PathSegment[][] =>
    Object.entries(entries)
      .filter(([, { motion }]) => motion !== undefined)
      .map(([name]) => [section, name, 'motion']);
  return [
    ...(camera.motion ? [['camera', 'motion']] : []),
    ...below('nodes', nodes),
    ...below('objects', objects),
  ];
}
