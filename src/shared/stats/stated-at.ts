import type { Config } from '../config/config-schema.ts';
import { parsePath, type PathSegment } from '../config/parameter-path.ts';
import { parameterOf } from '../sampling/drawn-parameters.ts';
import { goalNamed, steerGroup } from '../sampling/steer-group.ts';

/**
 * What a config states for a draw of a recorded sample, found by the path of the draw; undefined where the
 * path leads to no value: scenes state values of their own, and which asset is drawn hangs on what there is.
 *
 * @param goal The goal that the frame pursues, which may steer what is drawn.
 */
export function statedAt(config: Config, path: string, goal?: string): unknown {
  const parameter = segmentsOf(parameterOf(path));
  if (parameter === null) return undefined;
  const [part, name = '', ...rest] = parameter;
  const group = part === 'objects' && Object.hasOwn(config.objects, name) && config.objects[name];
  if (group && rest.length === 1 && rest[0] === 'category')
    return categoryChoice(steerGroup(group, goalNamed(config, goal), () => []));
  const candidates = [
    parameter,
    parameter.slice(0, -1),
    ...(group ? [['objects', name, 'placement', ...rest]] : []),
    ...(group ? [['objects', name, 'placement', ...rest.slice(0, -1)]] : []),
  ];
  // Without its last segment a path leads to the value that both axes of a plane share.
  const shortened = typeof parameter.at(-1) === 'number';
  const found = candidates
    .filter((_, i) => i % 2 === 0 || shortened)
    .map((candidate) => valueAt(config, candidate));
  return found.find(isStated);
}

function segmentsOf(path: string): readonly PathSegment[] | null {
  try {
    return parsePath(path);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function valueAt(config: Config, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Readonly<Record<PathSegment, unknown>>)[segment]
        : undefined,
    config,
  );
}

const isStated = (value: unknown): boolean =>
  value !== undefined && (typeof value !== 'object' || (value !== null && 'kind' in value));

/** By weight among the categories of a group; where assets are named, what there is decides. */
function categoryChoice({ categories, assets, weights }: Config['objects'][string]): unknown {
  if (categories === undefined || assets !== undefined) return undefined;
  return {
    kind: 'choice',
    values: categories,
    weights: categories.map((name) => (Object.hasOwn(weights, name) ? weights[name] : 1)),
  };
}
