import type { Config } from '#shared/config/config-schema';
import type { OverlayName } from '#shared/draw/overlays';

/** What the page must draw beyond what the config writes. */
export type LabelNeeds = Readonly<{
  normals: boolean;
  forward: boolean;
  backward: boolean;
  /** Points of lidars, which are drawn for nothing else. */
  lidar: boolean;
}>;

/** The needs of some overlays. */
export function needsOf(shown: ReadonlySet<OverlayName>): LabelNeeds {
  return {
    normals: shown.has('normals'),
    forward: shown.has('flow'),
    backward: shown.has('flow-backward'),
    lidar: shown.has('lidar'),
  };
}

/**
 * The config with the labels that are needed, so that they can be looked at before they are asked for.
 * Outputs draw nothing by chance, so sample, picture, ids and depth stay as they are.
 */
export function withLabels(config: Config, needs: LabelNeeds): Config {
  const { outputs } = config;
  const flow = {
    ...outputs.flow,
    ...(needs.forward && outputs.flow.forward === 'none' && { forward: 'flo' as const }),
    ...(needs.backward && outputs.flow.backward === 'none' && { backward: 'flo' as const }),
  };
  const normals = { ...outputs.normals, ...(needs.normals && { png: true }) };
  return { ...config, outputs: { ...outputs, flow, normals } };
}
