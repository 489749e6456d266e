import type { Config } from './config-schema.ts';
import { formatPath } from './parameter-path.ts';

/** A lens, and where the config states it. */
export type StatedLens = Readonly<{ lens: Config['camera']['lens']; path: string }>;

/** A lens with the names of the views of the rig that see through it. */
type LensOfViews = StatedLens & Readonly<{ views: readonly string[] }>;

/** The lens of the camera, and those that views of its rig have of their own. */
export function lensesOf({ lens, rig }: Config['camera']): readonly LensOfViews[] {
  const views = Object.entries(rig?.views ?? {});
  const shared = views.filter(([, view]) => view.lens === undefined).map(([name]) => name);
  const own = views.flatMap(([name, view]): LensOfViews[] => {
    const path = formatPath(['camera', 'rig', 'views', name, 'lens']);
    return view.lens ? [{ lens: view.lens, path, views: [name] }] : [];
  });
  return [{ lens, path: 'camera.lens', views: shared }, ...own];
}

/** A config whose camera has another lens: what is asked of a view that has one of its own. */
export const seenThrough = (config: Config, lens: StatedLens['lens']): Config => ({
  ...config,
  camera: { ...config.camera, lens },
});
