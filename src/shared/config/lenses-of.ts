import type { Config } from './config-schema.ts';
import { formatPath } from './parameter-path.ts';

type Camera = Config['camera'];

/** A lens, where the config states it, and the names of the views of the rig that see through it. */
export type StatedLens = Readonly<{
  lens: Camera['lens'];
  path: string;
  views: readonly string[];
}>;

/** The lens of the camera, which views without one of their own share. */
export function sharedLens({ lens, rig }: Camera): StatedLens {
  const views = Object.entries(rig?.views ?? {}).filter(([, view]) => view.lens === undefined);
  return { lens, path: 'camera.lens', views: views.map(([name]) => name) };
}

/** The lens of the camera, and those that views of its rig have of their own. */
export function lensesOf(camera: Camera): readonly StatedLens[] {
  const own = Object.entries(camera.rig?.views ?? {}).flatMap(([name, { lens }]): StatedLens[] => {
    const path = formatPath(['camera', 'rig', 'views', name, 'lens']);
    return lens ? [{ lens, path, views: [name] }] : [];
  });
  return [sharedLens(camera), ...own];
}

/** What a config asks of those who see through a lens: the camera has it, and pairs are those of its views. */
export function seenThrough(config: Config, { lens, views }: StatedLens): Config {
  const { camera } = config;
  const isOfViews = (pair: readonly string[]): boolean => pair.some((name) => views.includes(name));
  const rig = camera.rig && { ...camera.rig, pairs: camera.rig.pairs.filter(isOfViews) };
  return { ...config, camera: { ...camera, lens, ...(rig && { rig }) } };
}
