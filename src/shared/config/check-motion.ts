import type { CheckContext } from './check-context.ts';
import type { Config } from './config-schema.ts';
import { checkSkins } from './check-skins.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';

/** Motion needs time, which frames that stand alone do not have, and moves what keeps its shape. */
export function checkMotion(context: CheckContext): void {
  const { config, report } = context;
  checkSkins(context);
  if (config.sequence.frames > 1) return;
  for (const path of motionPaths(config)) {
    report(
      formatPath(path),
      'expected sequence.frames above 1 where something moves, found 1',
      'Set sequence.frames to the number of frames that follow one another, or leave motion out.',
    );
  }
}

/** Where the config lets something move, in the order of its sections. */
function motionPaths({ camera, nodes, objects }: Config): readonly (readonly PathSegment[])[] {
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
