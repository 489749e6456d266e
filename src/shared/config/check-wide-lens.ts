import { backgroundChoices } from './background-schema.ts';
import type { Config } from './config-schema.ts';
import { distortionOf } from './lens-schema.ts';

/** What a config asks of a wide lens that it cannot give, and what to do. */
export type WideLensIssue = Readonly<{ path: string; message: string; advice: string }>;

const OF = 'where the lens sees beyond 80° from the axis';
const ALONG_RAY = 'Its distances are those along the ray: ask for outputs.range';
const FACES = 'Such a lens looks through several pictures, which would not go on into each other';

/**
 * What cannot be had through a wide lens (docs/adr/0033-wide-lenses-look-through-faces.md): what needs planar depth,
 * one picture of a plane, or the light of many lenses.
 */
export function wideLensIssues(config: Config): readonly WideLensIssue[] {
  return [...depthIssues(config), ...lightIssues(config), ...backgroundIssues(config)];
}

type Asked = readonly [path: string, isAsked: boolean, expected: string, advice: string];

const issuesOf = (asked: readonly Asked[]): readonly WideLensIssue[] =>
  asked
    .filter(([, isAsked]) => isAsked)
    .map(([path, , expected, advice]) => ({ path, message: `expected ${expected} ${OF}`, advice }));

function depthIssues({ camera, outputs }: Config): readonly WideLensIssue[] {
  const { depth, objectCoordinates, flow } = outputs;
  const isWritten = (files: typeof depth): boolean => files.png || files.float !== 'none';
  const none = 'none';
  return issuesOf([
    [
      'outputs.depth',
      isWritten(depth),
      'no planar depth',
      `${ALONG_RAY}, and set outputs.depth to { png: false }.`,
    ],
    [
      'outputs.objectCoordinates',
      isWritten(objectCoordinates),
      none,
      'Leave them out, or use a narrower lens; outputs.pointCloud has points in the camera\u2019s frame.',
    ],
    [
      'outputs.flow',
      flow.forward !== 'none' || flow.backward !== 'none',
      none,
      'Leave the flow out, or use a narrower lens.',
    ],
    [
      'camera.depthSensor',
      camera.depthSensor !== undefined,
      none,
      `${ALONG_RAY}, or use a narrower lens.`,
    ],
    [
      'camera.rig.pairs',
      (camera.rig?.pairs.length ?? 0) > 0,
      'no pairs',
      'Rectified views are pinholes: leave the pairs out.',
    ],
  ]);
}

function lightIssues({ camera, render, sensor, weather }: Config): readonly WideLensIssue[] {
  const isGlobe = camera.lens.kind === 'equirectangular';
  const bent = distortionOf(camera.lens);
  const hasCircle = bent?.kind === 'kannala-brandt' && bent.imageCircle !== undefined;
  return issuesOf([
    ['camera.focus', camera.focus !== undefined, 'everything in focus', 'Leave camera.focus out.'],
    [
      'render.ambientOcclusion.strength',
      render.ambientOcclusion.strength > 0,
      '0',
      `${FACES}: turn contact shadows off, and take render.subframes for soft ones.`,
    ],
    [
      'sensor.exposure',
      hasCircle && sensor.exposure?.kind === 'auto',
      'a manual exposure, or none,',
      'The black border of the image circle would count as dark: state the exposure.',
    ],
    ['sensor.shutter', sensor.shutter !== undefined, 'no shutter', 'Leave sensor.shutter out.'],
    [
      'sensor.vignetting',
      sensor.vignetting !== 0,
      '0',
      'Light would end at 90° from the axis: leave vignetting out.',
    ],
    [
      'sensor.chromaticAberration',
      isGlobe && sensor.chromaticAberration !== undefined,
      'none, the picture of a globe having no radius,',
      'Leave it out.',
    ],
    ['weather.glass', weather?.glass !== undefined, 'no glass', 'Leave weather.glass out.'],
    ['weather.rain', weather?.rain !== undefined, 'no rain', 'Fog, dust and wet ground are drawn.'],
    ['weather.snow', weather?.snow !== undefined, 'no snow', 'Fog, dust and wet ground are drawn.'],
  ]);
}

function backgroundIssues({ environment }: Config): readonly WideLensIssue[] {
  return issuesOf(
    backgroundChoices(environment.background).map(({ spec, path }) => [
      path,
      spec.kind === 'pattern' || spec.kind === 'photo',
      'an environment, a sky or a colour',
      'A flat picture does not surround the camera.',
    ]),
  );
}
