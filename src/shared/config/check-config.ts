import { ConfigError, type ConfigIssue } from '../core/errors.ts';
import { checkAcceptance } from './check-acceptance.ts';
import { checkAnimation } from './check-animation.ts';
import { checkCameraPath } from './check-camera-path.ts';
import { checkAssetNames } from './check-asset-names.ts';
import { checkBackground } from './check-background.ts';
import { categoryNames } from './category-names.ts';
import {
  type CheckContext,
  type CheckInputs,
  createCheckContext,
  type Report,
} from './check-context.ts';
import { checkDepthSensor } from './check-depth-sensor.ts';
import { checkDimensions } from './check-dimensions.ts';
import { checkKeypoints } from './check-keypoints.ts';
import { checkLidars } from './check-lidars.ts';
import { checkLight } from './check-light.ts';
import { checkMotion } from './check-motion.ts';
import { checkObjects } from './check-objects.ts';
import { checkParts } from './check-parts.ts';
import { checkPolicies } from './check-policies.ts';
import { checkRaw } from './check-raw.ts';
import { joinMissingAssets } from './join-missing-assets.ts';
import { checkRange } from './check-ranges.ts';
import { checkVariableUse } from './check-variables.ts';
import { type Config, configSchema } from './config-schema.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { sceneSchema } from './scene-schema.ts';
import { lensesOf, seenThrough } from './lenses-of.ts';
import { LEAST_BLUR_SUBFRAMES } from './render-schema.ts';
import { checkRig } from './check-rig.ts';
import { checkSchedule, checkStages } from './check-schedule.ts';
import { checkShutter } from './check-shutter.ts';
import { wideLensIssues } from './check-wide-lens.ts';
import { isMapping } from './schema-walk.ts';
import { suggestFrom } from './suggest.ts';
import { sortIssues } from './validate.ts';
import { lensFault } from '../core/lens-limits.ts';
import { isWide } from '../core/pinhole.ts';
import { LENS_ADVICE, statedIntrinsics } from './stated-intrinsics.ts';
import { rangeOf } from './value-range.ts';
import { type PlacedValue, visitValues } from './visit-values.ts';

/**
 * Checks what a config means: that everything it names exists in the scene and the catalogue, that
 * variables fit where they are used, and that no value can leave what its parameter means.
 *
 * @throws ConfigError with every problem at once.
 */
export function checkConfig(config: Config, inputs: CheckInputs): void {
  const issues = findConfigIssues(config, inputs);
  if (issues.length > 0) throw new ConfigError(issues);
}

/** The problems that {@link checkConfig} throws, in reading order; empty for a good config. */
export function findConfigIssues(config: Config, inputs: CheckInputs): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const missing: ConfigIssue[] = [];
  const context = createCheckContext(config, inputs, { issues, missing });
  checkCategories(context);
  checkSceneNames(context);
  checkCamera(context);
  checkNodes(context);
  checkObjects(context);
  checkAnimation(context);
  checkLight(context);
  checkBackground(context);
  checkMotion(context);
  checkShutter(context);
  checkRaw(context);
  checkLabels(context);
  checkKeypoints(context);
  checkParts(context);
  checkPolicies(context);
  checkSchedule(context);
  checkAcceptance(context);
  checkValues(context);
  checkContent(context);
  return sortIssues([...issues, ...joinMissingAssets(sortIssues(missing))]);
}

function checkCategories({ config, scene, report }: CheckContext): void {
  const names = categoryNames(config);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const first = `categories[${names.indexOf(name)}]`;
    report(
      `categories[${index}]`,
      `expected each category once, found ${JSON.stringify(name)} again (first at ${first})`,
    );
  }
  const missing = new Map<string, string>();
  for (const { name, category } of scene.nodes) {
    if (category !== undefined && !names.includes(category) && !missing.has(category))
      missing.set(category, name);
  }
  for (const [category, node] of missing) {
    const message = `unknown category ${JSON.stringify(category)}, of the scene's node ${JSON.stringify(node)}`;
    report('categories', message, suggestFrom(category, names, 'categories of the config'));
  }
}

function checkSceneNames({ scene, reportScene }: CheckContext): void {
  for (const list of ['nodes', 'volumes', 'cameras'] as const) {
    const names: readonly string[] = scene[list].map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      reportScene(
        `${list}[${index}].name`,
        `expected a name of its own, found ${JSON.stringify(name)} again`,
      );
    }
  }
}

function checkCamera(context: CheckContext): void {
  const { config, scene, report } = context;
  const { camera } = config;
  checkFocus(context);
  checkDepthSensor(context);
  checkLidars(context);
  checkRig(context);
  checkLens(context);
  checkCameraPath(context);
  if (camera.pose.kind !== 'scene') return;
  const names = scene.cameras.map(({ name }) => name);
  const wanted = camera.pose.camera;
  if (names.includes(wanted)) return;
  const suggestion = suggestFrom(wanted, names, 'cameras of the scene');
  report('camera.pose.camera', `unknown camera ${JSON.stringify(wanted)}`, suggestion);
}

/** A lens whose numbers are all stated is judged before the first frame; others as they are drawn. */
function checkLens({ config, report }: CheckContext): void {
  for (const stated of lensesOf(config.camera)) {
    const { lens, path: where } = stated;
    const isGlobe = lens.kind === 'equirectangular';
    const intrinsics = statedIntrinsics(lens, config.image);
    const fault = intrinsics && lensFault(intrinsics, config.image);
    if (fault) report(isGlobe ? where : `${where}.distortion`, fault, LENS_ADVICE);
    if (!isGlobe && !(intrinsics && isWide(intrinsics))) continue;
    for (const { path, message, advice } of wideLensIssues(seenThrough(config, stated)))
      report(path, message, advice);
  }
}

/** Blur is made of sub-frames; contact shadows are those of the middle of the lens, which blur would leave behind. */
function checkFocus({ config: { camera, render }, report }: CheckContext): void {
  if (camera.focus === undefined) return;
  if (render.subframes < LEAST_BLUR_SUBFRAMES) {
    report(
      'camera.focus',
      `expected render.subframes of at least ${LEAST_BLUR_SUBFRAMES}, found ${render.subframes}`,
      'Each sub-frame looks through one point of the lens: 64 or more make smooth blur.',
    );
  }
  if (render.ambientOcclusion.strength > 0) {
    report(
      'camera.focus',
      `expected render.ambientOcclusion.strength 0, found ${render.ambientOcclusion.strength}`,
      'Contact shadows are measured from the middle of the lens and do not blur: turn them off.',
    );
  }
}

function checkNodes({ config, scene, report }: CheckContext): void {
  const names = scene.nodes.map(({ name }) => name);
  for (const name of Object.keys(config.nodes)) {
    if (names.includes(name)) continue;
    const suggestion = suggestFrom(name, names, 'nodes of the scene');
    report(formatPath(['nodes', name]), `unknown node ${JSON.stringify(name)}`, suggestion);
  }
}

/** Visibility is the visible share of the amodal mask, so it needs one. */
function checkLabels({ config: { labels }, report }: CheckContext): void {
  if (labels.minVisibility === 0 || labels.amodal) return;
  report(
    'labels.minVisibility',
    `expected 0 where labels.amodal is false, found ${labels.minVisibility}`,
    'Visibility is measured against the amodal mask: set labels.amodal to true.',
  );
}

/** Values of the config, and those of the scene's lights and materials, which are drawn alike. */
function checkValues(context: CheckContext): void {
  const check = (
    schema: Parameters<typeof visitValues>[0],
    document: unknown,
    { report, reportAsset }: Pick<CheckContext, 'report' | 'reportAsset'>,
  ): void => {
    const values: PlacedValue[] = [];
    visitValues(schema, document, (placed) => {
      values.push(placed);
      checkVariableUse(placed, context, report);
      checkAssetNames(placed, context, reportAsset);
      checkRange(placed, context, report);
      checkStages(placed, context, report);
    });
    checkDimensions(values, report);
    visitMappings(document, (mapping, path) => checkWeights(mapping, path, report));
  };
  const { config, scene, reportScene } = context;
  check(configSchema, config, context);
  const lights = Object.entries(scene.lights).filter(
    ([name]) => !Object.hasOwn(config.lights, name),
  );
  const nodes = scene.nodes.map(({ material }) => ({ ...(material && { material }) }));
  check(
    sceneSchema,
    { nodes, lights: Object.fromEntries(lights) },
    {
      report: reportScene,
      reportAsset: reportScene,
    },
  );
}

type MappingVisitor = (
  mapping: Readonly<Record<string, unknown>>,
  path: readonly PathSegment[],
) => void;

function visitMappings(
  value: unknown,
  visit: MappingVisitor,
  path: readonly PathSegment[] = [],
): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) visitMappings(item, visit, [...path, i]);
  } else if (isMapping(value)) {
    visit(value, path);
    for (const [key, item] of Object.entries(value)) visitMappings(item, visit, [...path, key]);
  }
}

/** `one-of` has as many weights as choices; the schema of a choice checks this, those of `one-of` do not. */
function checkWeights(
  { kind, textures, backgrounds, weights }: Readonly<Record<string, unknown>>,
  path: readonly PathSegment[],
  report: Report,
): void {
  const [what, choices] = backgrounds ? ['backgrounds', backgrounds] : ['textures', textures];
  if (kind !== 'one-of' || !Array.isArray(choices) || !Array.isArray(weights)) return;
  if (weights.length === choices.length && weights.some((weight) => weight > 0)) return;
  const message = `expected one weight for each of ${choices.length} ${what}, at least one above 0, found ${weights.length} with a sum of ${weights.reduce((sum: number, weight) => sum + Number(weight), 0)}`;
  report(formatPath([...path, 'weights']), message);
}

/** There is something to see: geometry of the scene, or a group that places at least one object. */
function checkContent({ config, scene, report }: CheckContext): void {
  const hasGeometry = scene.nodes.some(
    ({ name, bounds }) => bounds !== null && config.nodes[name]?.visible !== false,
  );
  const hasObjects = Object.values(config.objects).some(
    ({ count }) => (rangeOf(count, config.vars)?.max ?? 1) > 0,
  );
  if (hasGeometry || hasObjects) return;
  const advice = 'Add nodes to the scene, or a group under objects.';
  report('scene', `expected something to see, found no visible geometry and no objects`, advice);
}
