import type { CheckContext } from './check-context.ts';
import { suggestFrom } from './suggest.ts';

/** A rail takes the place of other ways to move; what carries a camera moves it. */
export function checkCameraPath({ config, scene, report }: CheckContext): void {
  const { pose, motion } = config.camera;
  if (pose.kind === 'mount') {
    const names = scene.nodes.map(({ name }) => name);
    if (!names.includes(pose.node)) {
      const message = `unknown node ${JSON.stringify(pose.node)}`;
      report('camera.pose.node', message, suggestFrom(pose.node, names, 'nodes of the scene'));
    }
  }
  if (motion === undefined) return;
  const { rail, velocityMetersPerSecond, targetVelocityMetersPerSecond } = motion;
  const moves = [
    ['velocityMetersPerSecond', !isZero(velocityMetersPerSecond)],
    ['orbitDegreesPerSecond', !isZero(motion.orbitDegreesPerSecond)],
  ] as const;
  for (const [name, isSet] of moves) {
    if (!isSet || (rail === undefined && pose.kind !== 'mount')) continue;
    report(
      `camera.motion.${name}`,
      `expected none where ${rail ? 'a rail' : 'a mount'} moves the camera`,
      `Leave it out, or leave ${rail ? 'camera.motion.rail' : 'the mount'} out.`,
    );
  }
  if (pose.kind !== 'mount') return;
  const others = [
    ['rail', rail !== undefined],
    ['targetVelocityMetersPerSecond', !isZero(targetVelocityMetersPerSecond)],
  ] as const;
  for (const [name, isSet] of others) {
    if (!isSet) continue;
    const advice = 'Leave it out: what carries the camera moves it, and its target with it.';
    report(`camera.motion.${name}`, 'expected none where a mount moves the camera', advice);
  }
}

/** Whether a value is what it is where nothing is stated. */
const isZero = (value: unknown): boolean =>
  value === 0 || (Array.isArray(value) && value.every((each) => each === 0));
