import { categoryNames } from './category-names.ts';
import type { CheckContext } from './check-context.ts';
import { formatPath } from './parameter-path.ts';
import { suggestFrom } from './suggest.ts';

/** Reflectances are of categories of the config; what is written needs a lidar. */
export function checkLidars({ config, report }: CheckContext): void {
  const names = categoryNames(config);
  for (const [name, { reflectance }] of Object.entries(config.camera.lidars ?? {})) {
    for (const category of Object.keys(reflectance.categories)) {
      if (names.includes(category)) continue;
      report(
        formatPath(['camera', 'lidars', name, 'reflectance', 'categories', category]),
        `unknown category ${JSON.stringify(category)}`,
        suggestFrom(category, names, 'categories of the config'),
      );
    }
  }
  const { camera, outputs } = config;
  if (outputs.lidar === undefined || Object.keys(camera.lidars ?? {}).length > 0) return;
  report(
    'outputs.lidar',
    'expected camera.lidars, which measure it, found none',
    'Say what measures, such as camera: { lidars: { roof: { beams: … } } }, or extend one of configs/lidars.',
  );
}
