import { srgbHexFromLinear } from './srgb-hex.ts';
import type { LinearRgb } from '#shared/core/geometry';
import type {
  LayerSample,
  MaterialSample,
  SceneSample,
  TextureSample,
} from '#shared/sampling/scene-sample';

/** A word and its value. */
export type Fact = Readonly<{ name: string; value: string; color?: string | undefined }>;

const short = (value: number): string => String(Math.round(value * 1000) / 1000);

function textureName(texture: TextureSample): string {
  switch (texture.kind) {
    case 'image':
      return `image ${texture.imageId}`;
    case 'material':
      return `material ${texture.materialId}`;
    case 'label':
      return `${texture.form} label`;
    default:
      return `pattern ${texture.kind}`;
  }
}

function layerName(layer: LayerSample): string {
  if (layer.kind !== 'decal') return layer.kind;
  const { print, side } = layer;
  return `decal ${'imageId' in print ? print.imageId : `${print.form} label`} on ${side}`;
}

/** A field of the config and what was drawn for it. */
function surfaceFact(name: string, value: number | LinearRgb): Fact {
  if (typeof value === 'number') return { name, value: short(value) };
  const hex = srgbHexFromLinear(value);
  return { name, value: hex, color: hex };
}

/** What was drawn for a surface; a surface that was left as it is has no facts. */
export function materialFacts(material: MaterialSample | undefined): readonly Fact[] {
  if (material === undefined) return [];
  const { color, roughness, metalness, texture, surface, layers } = material;
  const hex = color && srgbHexFromLinear(color);
  return [
    ...(hex === undefined ? [] : [{ name: 'colour', value: hex, color: hex }]),
    ...(texture ? [{ name: 'texture', value: textureName(texture) }] : []),
    ...(roughness === undefined ? [] : [{ name: 'roughness', value: short(roughness) }]),
    ...(metalness === undefined ? [] : [{ name: 'metalness', value: short(metalness) }]),
    ...(layers ?? []).map((layer) => ({ name: 'layer', value: layerName(layer) })),
    ...Object.entries(surface ?? {}).map(([name, value]) => surfaceFact(name, value)),
  ];
}

/** The material that was drawn for an object, or for a node of the scene, by the name that labels have. */
export function materialOf(sample: SceneSample, name: string): MaterialSample | undefined {
  const object = sample.objects.find(({ group, slot }) => `${group}[${slot}]` === name);
  return (object ?? sample.nodes.find((node) => node.name === name))?.material;
}
