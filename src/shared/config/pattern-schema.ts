import { z } from 'zod';
import { colorValue, numberValue } from './value-schemas.ts';

const scaleMeters = numberValue
  .default(0.5)
  .meta({ description: 'Side of one repetition of the texture, metres.' });
export const rotationDegrees = numberValue
  .default(0)
  .meta({ description: 'Turn of the texture, degrees.' });
/** How a texture lies on a surface: projected along the three axes of its object. */
export const projectionFields = {
  scaleMeters,
  rotationDegrees,
  sharpness: numberValue.optional().meta({
    description:
      'How sharply the three projections part where a surface turns from one axis to the next, 1..64: they are mixed by the normal’s components to this power. Absent: 8.',
  }),
};
const colors = z
  .array(colorValue)
  .min(2)
  .max(4)
  .meta({ description: 'Two to four colours; the pattern goes from the first to the last.' });
const colorsAs = (description: string): typeof colors => colors.meta({ description });

/** What a pattern's height makes of the surface, colour aside. */
export const reliefFields = {
  reliefMeters: numberValue.optional().meta({
    description: 'Height of the pattern, metres, which bends normals; absent: flat.',
  }),
  roughness: z.tuple([numberValue, numberValue]).optional().meta({
    description:
      'Perceptual roughness at the lowest and the highest places, 0..1; absent: the same everywhere.',
  }),
};

const procedural = { colors, ...projectionFields, ...reliefFields };

const count = (max: number, value: number, description: string) =>
  z.int().min(1).max(max).default(value).meta({ description });
const octavesOf = (value: number, description: string) => count(8, value, description);
const cellsOf = (value: number, description: string) => count(64, value, description);
const amountOf = (value: number, description: string) =>
  numberValue.default(value).meta({ description });

/** Forms of the kinds that have several; a plan has the place in the list. */
export const PATTERN_FORMS = {
  worley: ['distance', 'cracks', 'cells'],
  bricks: ['running', 'stack', 'english'],
  tiles: ['square', 'hexagon', 'diamond'],
  fabric: ['plain', 'twill', 'satin', 'basket'],
} as const;

/** The procedural patterns, one schema for each kind. */
export const patternSchemas = [
  z
    .strictObject({
      kind: z.literal('noise'),
      ...procedural,
      octaves: octavesOf(4, 'Octaves of gradient noise.'),
      cells: cellsOf(4, 'Lattice cells across one repetition.'),
    })
    .meta({ description: 'Fractal gradient noise.' }),
  z
    .strictObject({
      kind: z.literal('value'),
      ...procedural,
      octaves: octavesOf(4, 'Octaves of value noise.'),
      cells: cellsOf(4, 'Lattice cells across one repetition.'),
    })
    .meta({ description: 'Fractal value noise: blotches along the axes.' }),
  z
    .strictObject({
      kind: z.literal('simplex'),
      ...procedural,
      octaves: octavesOf(4, 'Octaves of simplex noise.'),
      cells: cellsOf(2, 'Pairs of lattice cells across one repetition.'),
    })
    .meta({ description: 'Fractal simplex noise: blotches without a direction.' }),
  z
    .strictObject({
      kind: z.literal('worley'),
      ...procedural,
      colors: colorsAs(
        'Two to four colours: outwards from points; of the cracks and then of cells; or shades of cells.',
      ),
      cells: cellsOf(6, 'Cells across one repetition.'),
      form: z.enum(PATTERN_FORMS.worley).default('distance').meta({
        description:
          'Distance to the nearest point; cells with cracks between them; cells in shades between the colours.',
      }),
      softness: amountOf(0.08, 'Width of the borders between cells, as a share of a cell.'),
    })
    .meta({ description: 'Cellular noise: pebbles, cells and cracked ground.' }),
  z
    .strictObject({
      kind: z.literal('checks'),
      ...procedural,
      cells: cellsOf(4, 'Pairs of squares across one repetition.'),
    })
    .meta({ description: 'A chessboard.' }),
  z
    .strictObject({
      kind: z.literal('stripes'),
      ...procedural,
      cells: cellsOf(4, 'Repetitions of the stripe sequence.'),
      softness: amountOf(0.05, 'Share of a stripe that is blended, 0..1.'),
    })
    .meta({ description: 'Parallel stripes, one of each colour in turn.' }),
  z
    .strictObject({ kind: z.literal('gradient'), ...procedural })
    .meta({ description: 'There and back between the colours over one repetition.' }),
  z
    .strictObject({
      kind: z.literal('marble'),
      ...procedural,
      octaves: octavesOf(5, 'Octaves of turbulence.'),
      cells: cellsOf(3, 'Veins across one repetition.'),
      turbulence: amountOf(1.2, 'How far veins stray, in vein widths.'),
    })
    .meta({ description: 'Clouded stone of the first colours, with thin veins of the last.' }),
  z
    .strictObject({
      kind: z.literal('wood'),
      ...procedural,
      octaves: octavesOf(4, 'Octaves of detail.'),
      cells: cellsOf(4, 'Boards across one repetition; grain runs along x.'),
      turbulence: amountOf(1, 'How far the grain strays: 0 straight, 1 natural, 2 wild.'),
      softness: amountOf(
        0.02,
        'Width of the joints between boards, as a share of a board; 0: none.',
      ),
    })
    .meta({ description: 'Boards with year rings and fibres, early wood to late wood.' }),
  z
    .strictObject({
      kind: z.literal('bricks'),
      ...procedural,
      colors: colorsAs('Two to four colours: of the joints, then of the bricks.'),
      octaves: octavesOf(4, 'Octaves of roughness.'),
      cells: cellsOf(4, 'Pairs of courses across one repetition.'),
      form: z.enum(PATTERN_FORMS.bricks).default('running').meta({
        description: 'Bond: shifted by half; not shifted; every other course of headers.',
      }),
      softness: amountOf(0.14, 'Width of the joints, as a share of a course.'),
      turbulence: amountOf(1, 'How uneven bricks are: 0 not at all, 1 natural.'),
    })
    .meta({ description: 'A wall of bricks.' }),
  z
    .strictObject({
      kind: z.literal('tiles'),
      ...procedural,
      colors: colorsAs('Two to four colours: of the joints, then of the tiles.'),
      cells: cellsOf(4, 'Tiles across one repetition.'),
      form: z
        .enum(PATTERN_FORMS.tiles)
        .default('square')
        .meta({ description: 'Squares, hexagons, or squares on their corners.' }),
      softness: amountOf(0.05, 'Width of the joints, as a share of a tile.'),
      turbulence: amountOf(0.4, 'How uneven tiles are: 0 not at all, 1 much.'),
    })
    .meta({ description: 'Tiles with joints.' }),
  z
    .strictObject({
      kind: z.literal('fabric'),
      ...procedural,
      colors: colorsAs(
        'Two to four colours: of the warp, of the weft, of stripes of the warp, of stripes of the weft.',
      ),
      cells: cellsOf(
        12,
        'Repeats of the weave across one repetition: 2 (plain), 4 (twill, basket) or 5 (satin) threads.',
      ),
      form: z.enum(PATTERN_FORMS.fabric).default('plain').meta({ description: 'The weave.' }),
      turbulence: amountOf(0.5, 'How uneven threads are: 0 not at all, 1 like hand-woven cloth.'),
    })
    .meta({ description: 'Woven cloth; with stripes of both, a tartan.' }),
  z
    .strictObject({
      kind: z.literal('scratches'),
      ...procedural,
      colors: colorsAs('Two to four colours: of the surface, stained, and last of the scratches.'),
      octaves: octavesOf(4, 'Layers of scratches, each finer than the last.'),
      cells: cellsOf(4, 'Scratches of the first layer across one repetition.'),
      softness: amountOf(0.008, 'Half the width of a scratch, as a share of its cell.'),
      turbulence: amountOf(1, 'Spread of directions: 0 brushed along x, 1 every way.'),
    })
    .meta({ description: 'A worn surface with fine scratches.' }),
] as const;

export type PatternSpec = z.output<(typeof patternSchemas)[number]>;
export type ProceduralKind = PatternSpec['kind'];

/** Every kind of procedural pattern, in the order of the schema. */
export const PROCEDURAL_KINDS = [
  'noise',
  'value',
  'simplex',
  'worley',
  'checks',
  'stripes',
  'gradient',
  'marble',
  'wood',
  'bricks',
  'tiles',
  'fabric',
  'scratches',
] as const satisfies readonly ProceduralKind[];
