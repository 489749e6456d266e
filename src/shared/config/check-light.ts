import type { CheckContext, Report } from './check-context.ts';
import { UNITS_OF_KIND, type LightSpec } from './light-schema.ts';
import { formatPath } from './parameter-path.ts';
import { usesPhotometry } from './uses-photometry.ts';

/** Checks that lights, sky and map go together: units of lights, and what a sky stands in place of. */
export function checkLight(context: CheckContext): void {
  const { config, scene, report, reportScene } = context;
  checkUnits(config.lights, report);
  checkUnits(
    Object.fromEntries(
      Object.entries(scene.lights).filter(([name]) => !Object.hasOwn(config.lights, name)),
    ),
    reportScene,
  );
  checkSky(context);
}

function checkUnits(lights: Readonly<Record<string, LightSpec>>, report: Report): void {
  for (const [name, { kind, unit }] of Object.entries(lights)) {
    const units: readonly string[] = UNITS_OF_KIND[kind];
    if (units.includes(unit)) continue;
    report(
      formatPath(['lights', name, 'unit']),
      `expected ${units.join(' or ')} for ${kind === 'area' ? 'an area' : `a ${kind}`} light, found ${unit}`,
    );
  }
}

function checkSky({ config, scene, report }: CheckContext): void {
  const { environment, photometry } = config;
  if (environment.sky === undefined) {
    if (photometry.kind === 'metered' && usesPhotometry(config, scene)) {
      report(
        'photometry',
        'expected ev100 where there is no environment.sky to meter, found metered',
        'State what is white: photometry: { kind: ev100, ev100: 7 } suits a room.',
      );
    }
    return;
  }
  if (environment.map !== undefined) {
    report(
      'environment.map',
      'expected no map beside environment.sky, found one',
      'Leave one out.',
    );
  }
  if (environment.rotationDegrees !== 0) {
    report(
      'environment.rotationDegrees',
      'expected 0 where environment.sky is, found another value',
      'Turn a sky by the azimuths of its sun and moon, or by northDegrees.',
    );
  }
}
