import type { AssetCatalogue, CatalogueEntry } from '#shared/core/asset-catalogue';
import type { Bounds, Vec3 } from '#shared/core/geometry';
import type { BrokenAsset } from './asset-types.ts';
import type { ImportResult } from './import-model.ts';
import type { ModelFacts } from './inspect-model.ts';

/** Which assets a list shows. */
export type AssetFilter = Readonly<{
  kind?: CatalogueEntry['kind'] | undefined;
  category?: string | undefined;
}>;

/** Every asset that passes the filter: models, environments, images, materials, each by id. */
export function selectAssets(
  catalogue: AssetCatalogue,
  { kind, category }: AssetFilter,
): readonly CatalogueEntry[] {
  const all = [
    ...catalogue.models,
    ...catalogue.environments,
    ...catalogue.images,
    ...catalogue.materials,
  ];
  return all.filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      (category === undefined || (entry.kind === 'model' && entry.category === category)),
  );
}

/** A table for people, broken assets last, with a line that counts them. */
export function formatAssetTable(
  entries: readonly CatalogueEntry[],
  broken: readonly BrokenAsset[],
): string {
  const rows = [
    ['KIND', 'ID', 'ROOT', 'CATEGORY', 'SIZE', 'TRIANGLES', 'BYTES', 'LICENCE'],
    ...entries.map((entry) => [
      entry.kind,
      entry.id,
      entry.root,
      entry.kind === 'model' ? (entry.category ?? '–') : '–',
      formatExtent(entry),
      entry.kind === 'model' ? String(entry.triangles) : '–',
      entry.kind === 'material' ? '–' : formatBytes(entry.bytes),
      entry.license,
    ]),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const faults = broken.map(
    (asset) => `BROKEN ${asset.kind} "${asset.id}" (${asset.root}/${asset.file}): ${asset.reason}`,
  );
  const count = `${entries.length} assets${broken.length > 0 ? `, ${broken.length} broken` : ''}`;
  return [...lines, ...faults, count].join('\n');
}

/** Everything that is known of an asset, a line each. */
export function formatAsset(entry: CatalogueEntry): string {
  return formatLines(entry);
}

/** Everything that was measured in a model's file. */
export function formatModelFacts(file: string, facts: ModelFacts): string {
  const textures = facts.textures.map(
    (t) => `${t.name || '(unnamed)'} ${t.mimeType} ${t.size.join('×')} ${formatBytes(t.bytes)}`,
  );
  return formatLines({ file, ...facts, textures });
}

function formatLines(facts: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(facts).filter(([, value]) => value !== undefined);
  return fields.map(([key, value]) => `${key.padEnd(15)}${formatValue(key, value)}`).join('\n');
}

function formatValue(key: string, value: unknown): string {
  if (key === 'bounds') {
    const { min, max } = value as Bounds;
    return `${formatSize(sizeOf(value as Bounds))}, from [${min.map(short).join(', ')}] to [${max.map(short).join(', ')}]`;
  }
  if (key === 'footprint') return `${(value as unknown[]).length} corners`;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('; ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What an import did. */
export function formatImport({ path, before, after, warnings }: ImportResult): string {
  return [
    `wrote ${path}`,
    `triangles  ${before.triangles} → ${after.triangles}`,
    `size       ${before.sizeMeters.map(short).join(' × ')} (file's units and axes) → ${formatSize(after.sizeMeters)}`,
    `bytes      ${formatBytes(before.bytes)} → ${formatBytes(after.bytes)}`,
    ...warnings.map((text) => `warning: ${text}`),
  ].join('\n');
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
const sizeOf = ({ min, max }: Bounds): Vec3 => [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
const formatSize = (size: Vec3): string => `${size.map((value) => value.toFixed(3)).join(' × ')} m`;

function formatExtent(entry: CatalogueEntry): string {
  if (entry.kind === 'model') return formatSize(sizeOf(entry.bounds));
  return entry.kind === 'image' ? `${entry.widthPixels}×${entry.heightPixels}` : '–';
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(0)} KiB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
