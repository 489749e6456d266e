import type { ManifestAsset } from '#shared/formats/dataset-manifest';

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

/**
 * `LICENSES.md`: who made what the images show, and under which terms. One section for each licence, one
 * line for each asset, both sorted; the same asset twice is one line.
 */
export function licensesDocument(datasetName: string, assets: readonly ManifestAsset[]): string {
  const byLicense = new Map<string, Set<string>>();
  for (const asset of assets) {
    const row = `| ${cell(asset.id)} | ${asset.kind} | ${cell(asset.author ?? 'not stated')} |`;
    const license = cell(asset.license);
    byLicense.set(license, (byLicense.get(license) ?? new Set()).add(row));
  }
  const sections = [...byLicense.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([license, rows]) =>
      [
        `## ${license}`,
        '',
        '| Asset | Kind | Author |',
        '| --- | --- | --- |',
        ...[...rows].sort(),
      ].join('\n'),
    );
  const intro =
    `# Licences of the assets in “${datasetName}”\n\n` +
    'Every asset that a frame of this dataset may show. Its licence applies to the images as well.';
  return `${[intro, ...sections].join('\n\n')}\n`;
}
