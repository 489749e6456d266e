import type { Vec3 } from '../core/geometry.ts';
import { matchAssets } from './asset-pattern.ts';
import type { KeypointListSpec, PointSpec } from './keypoints-schema.ts';
import type { PathSegment } from './parameter-path.ts';
import { suggestFrom } from './suggest.ts';

/** An object, as far as its keypoints are concerned. */
export type KeypointSubject = Readonly<{
  /** Asset id; the node's name where it has none. */
  name: string;
  /** Origins in the object's frame, before scale, metres. */
  nodes: readonly Readonly<{ name: string; origin: Vec3; keypoint?: string | undefined }>[];
}>;

/** A point in the object's frame, before scale, metres; null where the object has no such point. */
export type ObjectKeypoint = Readonly<{ name: string; point: Vec3 | null }>;

/** Why a keypoint cannot be found. The path starts below the category's list. */
export type KeypointFault = Readonly<{
  path: readonly PathSegment[];
  message: string;
  suggestion?: string | undefined;
}>;

type Stated = Readonly<{ spec: PointSpec; path: readonly PathSegment[] }>;

/**
 * The keypoints of an object, one for each name of its category's list, in that order: where the config
 * says, else where a node of the object says so in its extras.
 */
export function resolveKeypoints(
  list: KeypointListSpec,
  subject: KeypointSubject,
): Readonly<{ keypoints: readonly ObjectKeypoint[]; faults: readonly KeypointFault[] }> {
  const faults: KeypointFault[] = [];
  const keypoints = list.names.map((name, index): ObjectKeypoint => {
    const stated = statedPoint(list, name, subject);
    const found = stated ? pointOf(stated, subject) : markedPoint(name, index, subject);
    if (isFault(found)) faults.push(found);
    return { name, point: isFault(found) ? null : found };
  });
  return { keypoints, faults };
}

const isFault = (found: Vec3 | null | KeypointFault): found is KeypointFault =>
  found !== null && 'message' in found;

function statedPoint(
  { points, assets }: KeypointListSpec,
  name: string,
  subject: KeypointSubject,
): Stated | undefined {
  const special = Object.entries(assets)
    .filter(
      ([pattern, own]) =>
        Object.hasOwn(own, name) && matchAssets(pattern, [subject.name]).length > 0,
    )
    .at(-1);
  if (special) {
    const [pattern, own] = special;
    const spec = own[name];
    if (spec !== undefined) return { spec, path: ['assets', pattern, name] };
  }
  const spec = Object.hasOwn(points, name) ? points[name] : undefined;
  return spec === undefined ? undefined : { spec, path: ['points', name] };
}

function pointOf({ spec, path }: Stated, subject: KeypointSubject): Vec3 | null | KeypointFault {
  if (spec === 'none') return null;
  if (!('node' in spec)) return spec;
  const { node, offsetMeters } = spec;
  const matches = subject.nodes.filter(({ name }) => name === node);
  const [found] = matches;
  if (found && matches.length === 1) return add(found.origin, offsetMeters);
  const who = JSON.stringify(subject.name);
  const message = found
    ? `${who} has ${matches.length} nodes ${JSON.stringify(node)}; expected one`
    : `${who} has no node ${JSON.stringify(node)}`;
  const suggestion = found
    ? 'Rename them, or state the point in metres.'
    : suggestFrom(node, namesOf(subject), 'nodes of it');
  return { path: [...path, 'node'], message, suggestion };
}

function markedPoint(name: string, index: number, subject: KeypointSubject): Vec3 | KeypointFault {
  const marked = subject.nodes.filter(({ keypoint }) => keypoint === name);
  const [found] = marked;
  if (found && marked.length === 1) return found.origin;
  const who = JSON.stringify(subject.name);
  const what = JSON.stringify(name);
  if (found) {
    const nodes = marked.map((node) => JSON.stringify(node.name)).join(', ');
    const message = `${who} has several keypoints ${what}, at the nodes ${nodes}; expected one`;
    return { path: ['names', index], message };
  }
  const suggestion = `State it under points or under assets; "none" says that the object has no such point.`;
  return { path: ['names', index], message: `${who} has no keypoint ${what}`, suggestion };
}

const namesOf = ({ nodes }: KeypointSubject): readonly string[] =>
  nodes.map(({ name }) => name).filter((name) => name !== '');

const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
