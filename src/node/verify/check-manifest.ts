import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { configHashText } from '#shared/config/canonical-json';
import { configSchema } from '#shared/config/config-schema';
import { UsageError } from '#shared/core/errors';
import type { DatasetManifest } from '#shared/formats/dataset-manifest';
import {
  FINITE,
  formatFault,
  list,
  object,
  oneOf,
  TEXT,
  type Shape,
} from '#shared/verify/json-shape';
import { DATASET_FILES, datasetPaths } from '../store/dataset-files.ts';
import { diffJson, formatDifferences } from '../store/diff-json.ts';
import { datasetProblem, type Problem } from './problem-list.ts';

const SHA256: Shape = (value, path) =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
    ? []
    : [{ path, expected: 'a SHA-256 in hex', found: JSON.stringify(value) ?? 'nothing' }];

const VERSION = object({
  manifestVersion: oneOf(1),
  generator: object({ name: oneOf('diorama') }),
});

const MANIFEST = object({
  name: TEXT,
  generator: object({ version: TEXT }),
  configSha256: SHA256,
  categories: list(object({ id: FINITE, name: TEXT })),
  scene: object({ path: TEXT, sha256: SHA256 }),
  assets: list(object({ id: TEXT, kind: TEXT, sha256: SHA256, license: TEXT })),
  seed: TEXT,
  renderer: object({ backend: TEXT, renderer: TEXT, browser: TEXT, three: TEXT }),
  conventions: object({}),
});

const problem = (message: string): Problem =>
  datasetProblem('manifest', message, { file: DATASET_FILES.manifest });

/** A manifest, where frames can be held against it, and what is wrong with it. */
export type ManifestFindings = Readonly<{
  manifest: DatasetManifest | null;
  problems: readonly Problem[];
}>;

/**
 * Reads `dataset.json`, whatever it holds: its version, its fields, a config that is none or not the one
 * that was hashed, and what must follow from the config.
 *
 * @throws UsageError where there is none: the folder is no dataset.
 */
export function openManifest(folder: string): ManifestFindings {
  const path = datasetPaths(folder).manifest;
  if (!existsSync(path)) {
    throw new UsageError(
      `${folder}: expected a dataset, found no ${DATASET_FILES.manifest}. Give the folder that \`diorama render\` wrote.`,
    );
  }
  const unusable = (...texts: readonly string[]): ManifestFindings => ({
    manifest: null,
    problems: texts.map(problem),
  });
  let manifest: DatasetManifest;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as DatasetManifest;
  } catch (error) {
    return unusable(`expected JSON, ${(error as Error).message}.`);
  }
  const faults = VERSION(manifest, '').map((fault) => `${formatFault(fault)}.`);
  if (faults.length > 0) return unusable(...faults, 'Nothing else can be checked.');
  const parsed = configSchema.safeParse(manifest.config);
  const fields = MANIFEST(manifest, '').map((fault) => `${formatFault(fault)}.`);
  const issues = (parsed.error?.issues ?? []).map(
    ({ path: at, message }) => `config.${at.join('.')}: ${message}.`,
  );
  if (fields.length + issues.length > 0) return unusable(...fields, ...issues);
  // A dataset of an earlier version lacks what was added since: it means what the defaults say.
  const config = parsed.data ?? manifest.config;
  return { manifest: { ...manifest, config }, problems: checkAgainstConfig(manifest) };
}

function checkAgainstConfig(manifest: DatasetManifest): readonly Problem[] {
  const { config, configSha256, conventions } = manifest;
  const hash = createHash('sha256').update(configHashText(config)).digest('hex');
  const problems: Problem[] = [];
  if (hash !== configSha256) {
    problems.push(
      problem(`config: expected the SHA-256 ${configSha256}, found ${hash}. It was changed since.`),
    );
  }
  const expected = {
    name: config.name,
    seed: String(config.seed),
    categories: config.categories.map((category, i) => ({
      id: i + 1,
      ...(typeof category === 'string' ? { name: category } : category),
    })),
  };
  const { name, seed, categories } = manifest;
  const differences = diffJson(expected, { name, seed, categories });
  if (differences.length > 0) {
    const text = formatDifferences(differences).trim();
    problems.push(problem(`expected what follows from the config, found ${text}.`));
  }
  const unit = conventions['depthPngMetersPerUnit'];
  if (unit !== 0.001) {
    problems.push(
      problem(`conventions.depthPngMetersPerUnit: expected 0.001, found ${JSON.stringify(unit)}.`),
    );
  }
  return problems;
}
