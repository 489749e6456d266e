import type { AssetCatalogue, PhotoFacts } from '#shared/core/asset-catalogue';
import type { Vec3 } from '#shared/core/geometry';

/** A folder of assets under the name that the catalogue gives it. */
export type AssetRoot = Readonly<{ name: string; dir: string }>;

/** What an asset is said to be before it has been opened. */
export type AssetClaim = Readonly<{
  id: string;
  root: AssetRoot;
  /** Relative to the root, forward slashes; what messages name. */
  file: string;
  /** Absolute path. */
  path: string;
  license?: string | undefined;
  author?: string | undefined;
  category?: string | undefined;
  sizeMeters?: Vec3 | undefined;
  /** Expected length and SHA-256 of the file; another one means a damaged file. */
  bytes?: number | undefined;
  sha256?: string | undefined;
  photo?: PhotoFacts | undefined;
  note?: string | undefined;
}>;

/** A file to open, as one kind of asset. */
export type FileClaim = AssetClaim & Readonly<{ kind: 'model' | 'environment' | 'image' }>;

/** Images that belong together; the values are files relative to the root. */
export type MaterialClaim = AssetClaim &
  Readonly<{
    kind: 'material';
    maps: Readonly<{
      color: string;
      normal?: string;
      roughness?: string;
      metalness?: string;
      occlusion?: string;
      height?: string;
    }>;
  }>;

/** An asset that cannot be used, with the reason in words. */
export type BrokenAsset = Readonly<{
  kind: 'model' | 'environment' | 'image' | 'material';
  id: string;
  root: string;
  file: string;
  reason: string;
}>;

/** Bytes ready for the page, with their media type. */
export type ServedAsset = Readonly<{ bytes: Uint8Array; contentType: string }>;

/** What {@link buildCatalogue} hands back. */
export type BuiltCatalogue = Readonly<{
  catalogue: AssetCatalogue;
  /** Empty unless `onBroken` is `collect`. */
  broken: readonly BrokenAsset[];
  /** One line for each doubt about an asset: unknown licence, odd size, a declared fact that differs. */
  warnings: readonly string[];
  /** A sentence for people, where the cache folder could not be written; null otherwise. */
  cacheProblem: string | null;
  /**
   * The bytes of the asset with this SHA-256, as the page needs them: models as self-contained,
   * uncompressed GLB. Null where the catalogue has no such asset.
   *
   * @throws AssetError where the file has changed since the catalogue was built.
   */
  resolve: (sha256: string) => Promise<ServedAsset | null>;
}>;

/** Units of length in which a file that is imported may be. */
export const METERS_PER_UNIT = { m: 1, cm: 0.01, mm: 0.001, in: 0.0254 } as const;
