import { ConfigError, type ConfigIssue } from '../core/errors.ts';
import { type LocatedValue, originAt } from './located-value.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { parseDocument } from './parse-document.ts';
import { type SceneFile, sceneSchema } from './scene-schema.ts';
import { sortIssues, validate } from './validate.ts';

/**
 * Reads a scene file: YAML or JSON text. Names of nodes, volumes and cameras are unique, and the
 * corners of volumes are in order. `$schema` is not part of the result.
 *
 * @param source Name of the text in error messages, usually its file.
 * @throws ConfigError with every problem at once.
 */
export function parseScene(text: string, source: string): SceneFile {
  const document = parseDocument(text, source);
  const { $schema: _schema, ...scene } = validate(sceneSchema, document);
  const issues = [
    ...(['nodes', 'volumes', 'cameras'] as const).flatMap((list) =>
      duplicateNames(scene[list], list, document),
    ),
    ...crossedVolumes(scene, document),
  ];
  if (issues.length > 0) throw new ConfigError(sortIssues(issues));
  return scene;
}

function duplicateNames(
  items: readonly Readonly<{ name: string }>[],
  list: string,
  document: LocatedValue,
): ConfigIssue[] {
  const first = new Map<string, number>();
  return items.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    const line = originAt(document, [list, earlier, 'name']).position?.line;
    const where = line === undefined ? `${list}[${earlier}]` : `line ${line}`;
    const message = `expected a name of its own, found ${JSON.stringify(name)} again (first at ${where})`;
    return [issueAt(document, [list, index, 'name'], message)];
  });
}

function crossedVolumes({ volumes }: SceneFile, document: LocatedValue): ConfigIssue[] {
  return volumes.flatMap(({ min, max }, index) =>
    ([0, 1, 2] as const).flatMap((axis) =>
      min[axis] < max[axis]
        ? []
        : [
            issueAt(
              document,
              ['volumes', index, 'min', axis],
              `expected a corner below max (${max[axis]}), found ${min[axis]}`,
            ),
          ],
    ),
  );
}

function issueAt(
  document: LocatedValue,
  path: readonly PathSegment[],
  message: string,
): ConfigIssue {
  return { ...originAt(document, path), path: formatPath(path), message };
}
