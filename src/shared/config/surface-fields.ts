import { colorValue, numberValue } from './value-schemas.ts';

type Field = Readonly<{ range: readonly [min: number, max: number]; description: string }>;

/** Least and greatest angle, degrees: any, as whole turns change nothing. */
const ANY_ANGLE = [-Infinity, Infinity] as const;

/**
 * Numbers of a surface beyond colour, roughness and metalness, with the range that each can mean. They are
 * those of glTF's material extensions; a stated one takes the place of the asset's factor, and an image that
 * the asset has for it goes on multiplying it.
 */
export const SURFACE_NUMBERS = {
  normalStrength: {
    range: [0, 10],
    description:
      "Factor on the slopes of the normal map, the texture's or else the asset's: 0 flat, 1 as it is. Without a map nothing changes.",
  },
  opacity: {
    range: [0, 1],
    description:
      'Factor on opacity, 0..1; below 1 the surface is blended. Labels have it where what is left is at least `labels.opaqueFrom`, and what is behind it elsewhere.',
  },
  emissiveStrength: {
    range: [0, 1e6],
    description:
      'Factor on the light that the surface gives off: at 1, white looks as an image of white does. It lights nothing else.',
  },
  ior: {
    range: [1, 3],
    description: 'Index of refraction, of which follows how much is reflected: plastic is 1.5.',
  },
  specular: {
    range: [0, 1],
    description: 'Factor on the reflection of what is no metal, 0..1.',
  },
  clearcoat: {
    range: [0, 1],
    description: 'A layer of clear lacquer: its share of the surface, 0..1.',
  },
  clearcoatRoughness: {
    range: [0, 1],
    description: 'Perceptual roughness of the lacquer, 0..1.',
  },
  sheenRoughness: {
    range: [0, 1],
    description: 'Perceptual roughness of the sheen of cloth, 0..1.',
  },
  iridescence: {
    range: [0, 1],
    description: 'A thin film, as of oil or soap: its share of the surface, 0..1.',
  },
  iridescenceIor: { range: [1, 3], description: 'Index of refraction of the thin film.' },
  iridescenceThicknessNanometers: {
    range: [0, 10_000],
    description:
      'Thickness of the thin film, nanometres; where the asset has an image for it, at 1.',
  },
  anisotropy: {
    range: [0, 1],
    description:
      'How far highlights are drawn out, 0..1, as on brushed metal: along the first axis of textures, which lie along the axes of the object.',
  },
  anisotropyRotationDegrees: {
    range: ANY_ANGLE,
    description: 'Turn of the direction in which highlights are drawn out, anticlockwise, degrees.',
  },
  transmission: {
    range: [0, 1],
    description:
      'Share of the light that is not reflected which passes through, as through glass, 0..1. Labels have the surface itself; a policy `see-through` gives what is behind it.',
  },
  thicknessMeters: {
    range: [0, 100],
    description: 'Thickness of what transmits, metres: 0 is a thin sheet, which does not refract.',
  },
  attenuationDistanceMeters: {
    range: [1e-6, 1e6],
    description: 'How far light goes within before it has the attenuation colour, metres.',
  },
} as const satisfies Readonly<Record<string, Field>>;

/** Colours of a surface beyond its base colour. */
export const SURFACE_COLORS = {
  emissiveColor: 'Colour of the light that the surface gives off.',
  specularColor: 'Colour of the reflection of what is no metal, seen square on.',
  sheenColor: 'Colour of the sheen of cloth; black: none.',
  attenuationColor: 'Colour that white light has after the attenuation distance.',
} as const;

export type SurfaceNumber = keyof typeof SURFACE_NUMBERS;
export type SurfaceColor = keyof typeof SURFACE_COLORS;

export const SURFACE_NUMBER_NAMES = Object.keys(SURFACE_NUMBERS) as readonly SurfaceNumber[];
export const SURFACE_COLOR_NAMES = Object.keys(SURFACE_COLORS) as readonly SurfaceColor[];

const numberField = numberValue.optional();
const colorField = colorValue.optional();

/** The fields of the schema, each optional. */
export const surfaceFields = {
  ...(Object.fromEntries(
    SURFACE_NUMBER_NAMES.map((name) => [
      name,
      numberField.meta({ description: SURFACE_NUMBERS[name].description }),
    ]),
  ) as Readonly<Record<SurfaceNumber, typeof numberField>>),
  ...(Object.fromEntries(
    SURFACE_COLOR_NAMES.map((name) => [
      name,
      colorField.meta({ description: SURFACE_COLORS[name] }),
    ]),
  ) as Readonly<Record<SurfaceColor, typeof colorField>>),
};
