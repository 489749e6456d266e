import type { CheckContext } from './check-context.ts';
import { distortionOf } from './lens-schema.ts';
import { lensesOf } from './lenses-of.ts';
import type { RigSpec } from './rig-schema.ts';
import { suggestFrom } from './suggest.ts';

/** Moments are whole and are drawn alike for all of their views; pairs are of two views of the rig, once each. */
export function checkRig(context: CheckContext): void {
  const { config, report } = context;
  const { rig } = config.camera;
  if (rig === undefined || rig.pairs.length === 0) {
    if (config.outputs.disparity !== undefined) {
      const advice = 'Name two views: camera: { rig: { views: …, pairs: [[left, right]] } }.';
      report('outputs.disparity', 'expected camera.rig.pairs, which have one, found none', advice);
    }
  } else {
    checkPairLenses(context, rig);
  }
  if (rig === undefined) return;
  checkMoments(context, Object.keys(rig.views).length);
  checkPairs(context, rig);
}

function checkMoments({ config, report }: CheckContext, views: number): void {
  if (config.frames % views !== 0) {
    report(
      'frames',
      `expected a multiple of the ${views} views of camera.rig, found ${config.frames}`,
      `Each moment has a frame for each view: ${Math.ceil(config.frames / views) * views} make ${Math.ceil(config.frames / views)} moments.`,
    );
  }
  if (views === 1) return;
  for (const key of ['accept', 'targets'] as const) {
    if (config[key] === undefined) continue;
    const advice = 'The views of a moment share their draws, so none can be drawn again alone.';
    report(key, `expected no ${key} where camera.rig has several views`, advice);
  }
}

/** Rectified views are pinholes; where their lenses are alike is seen as they are drawn. */
function checkPairLenses({ config: { camera }, report }: CheckContext, { pairs }: RigSpec): void {
  const paired = pairs.flat();
  for (const { lens, path, views } of lensesOf(camera)) {
    if (distortionOf(lens) === undefined || !views.some((name) => paired.includes(name))) continue;
    report(
      `${path}.distortion`,
      'expected none where camera.rig.pairs are rectified',
      'Rectified views are pinholes: leave the distortion out, or the pairs.',
    );
  }
}

function checkPairs(
  { report }: CheckContext,
  { views, pairs }: Readonly<{ views: object; pairs: readonly (readonly [string, string])[] }>,
): void {
  const names = Object.keys(views);
  const taken = new Set<string>();
  for (const [index, pair] of pairs.entries()) {
    for (const [side, name] of pair.entries()) {
      const path = `camera.rig.pairs[${index}][${side}]`;
      if (!names.includes(name)) {
        const suggestion = suggestFrom(name, names, 'views of the rig');
        report(path, `unknown view ${JSON.stringify(name)}`, suggestion);
      } else if (taken.has(name)) {
        const advice = 'A frame has one disparity: give the second pair views of its own.';
        report(path, `expected each view in one pair, found ${JSON.stringify(name)} again`, advice);
      }
      taken.add(name);
    }
  }
}
