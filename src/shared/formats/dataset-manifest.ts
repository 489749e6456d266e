import type { Config } from '../config/config-schema.ts';

/** What drew the pixels. Another renderer means other bytes. */
export type RendererInfo = Readonly<{
  /** `UNMASKED_RENDERER_WEBGL`. */
  renderer: string;
  backend: 'gpu' | 'mesa' | 'swiftshader';
  /** Product and version, such as `Chrome/156.0.8078.79`. */
  browser: string;
  three: string;
}>;

/** An asset of the dataset; what `LICENSES.md` lists. */
export type ManifestAsset = Readonly<{
  id: string;
  kind: 'model' | 'environment' | 'image' | 'material' | 'scene';
  sha256: string;
  license: string;
  author?: string | undefined;
}>;

/** `dataset.json`: everything that the frames depend on, and nothing that differs from run to run. */
export type DatasetManifest = Readonly<{
  manifestVersion: 1;
  name: string;
  generator: Readonly<{ name: 'diorama'; version: string }>;
  seed: string;
  config: Config;
  /** Parameter path to where its value came from; defaults are not listed. */
  sources: Readonly<Record<string, string>>;
  /** SHA-256 of the resolved config, hex. */
  configSha256: string;
  categories: readonly Readonly<{
    id: number;
    name: string;
    supercategory?: string | undefined;
    /** false: stuff, without instances of its own. Absent: a thing. */
    isthing?: boolean | undefined;
  }>[];
  /** What values of part images mean; absent where nothing has parts. */
  parts?: readonly Readonly<{ id: number; categoryId: number; name: string }>[] | undefined;
  scene: Readonly<{ path: string; sha256: string }>;
  assets: readonly ManifestAsset[];
  renderer: RendererInfo;
  /** The label conventions in words and numbers, for readers of the dataset. */
  conventions: Readonly<Record<string, string | number>>;
}>;

/** Ids of the categories that are stuff. */
export function stuffIdsOf({
  categories,
}: Pick<DatasetManifest, 'categories'>): ReadonlySet<number> {
  return new Set(categories.flatMap(({ id, isthing }) => (isthing === false ? [id] : [])));
}
