import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import type { Sampler } from './sampler.ts';

/** What the material of a surface is drawn with. */
export type MaterialContext = Readonly<{ sampler: Sampler; catalogue: AssetCatalogue }>;
