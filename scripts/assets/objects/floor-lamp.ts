import type { BufferGeometry } from 'three';
import { leanRecipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, metal, plastic } from '../lib/materials.ts';
import { filletProfile } from '../lib/profile.ts';
import { rod } from '../lib/soft-shapes.ts';
import { merged } from '../lib/solid.ts';
import { paintWeave } from '../lib/weave.ts';

interface FloorLampVariant {
  height: number;
  shade: { low: number; high: number; height: number; color: string };
  stand: 'tripod' | 'column';
  color: string;
}

const VARIANTS: readonly FloorLampVariant[] = [
  {
    height: 1540,
    shade: { low: 240, high: 200, height: 300, color: '#efe4cf' },
    stand: 'tripod',
    color: '#9b6f45',
  },
  {
    height: 1620,
    shade: { low: 190, high: 120, height: 230, color: '#c96f4a' },
    stand: 'column',
    color: '#2b2d30',
  },
  {
    height: 1480,
    shade: { low: 210, high: 210, height: 340, color: '#7f8f95' },
    stand: 'column',
    color: '#b08d4f',
  },
];

/** A shade, outside and lining; radii and heights in mm. */
export function lampShade(spec: { low: number; high: number; from: number; height: number }): {
  fabric: BufferGeometry;
  lining: BufferGeometry;
} {
  const top = spec.from + spec.height;
  const zones = latheZones(
    filletProfile([
      [spec.low - 3, spec.from, 0, 'fabric'],
      [spec.low, spec.from],
      [spec.high, top],
      [spec.high - 3, top, 0, 'lining'],
      [spec.low - 3, spec.from],
    ]),
    28,
  );
  return { fabric: zoneOf(zones, 'fabric'), lining: zoneOf(zones, 'lining') };
}

function standOf({ stand, height, shade }: FloorLampVariant): BufferGeometry {
  const top = height - shade.height * 0.35;
  if (stand === 'column') {
    const foot = filletProfile([
      [0, 0],
      [150, 0],
      [150, 16, 4],
      [24, 24, 8],
      [11, 60, 8],
      [11, top],
      [0, top],
    ]);
    return zoneOf(latheZones(foot, 24), 'body');
  }
  const hub = height - shade.height - 40;
  return merged([
    rod([0, hub - 30, 0], [0, top, 0], [13, 13]),
    rod([0, hub - 55, 0], [0, hub, 0], [42, 42]),
    ...[0, 1, 2].map((i) => {
      const turn = (i / 3) * 2 * Math.PI;
      const at = (reach: number, y: number): [number, number, number] => [
        reach * Math.sin(turn),
        y,
        reach * Math.cos(turn),
      ];
      return rod(at(300, 0), at(24, hub - 20), [12, 19]);
    }),
  ]);
}

async function buildFloorLamp(lamp: FloorLampVariant, id: string): Promise<Part[]> {
  const { fabric, lining } = lampShade({ ...lamp.shade, from: lamp.height - lamp.shade.height });
  const cloth = await paintWeave(`${id} shade`, lamp.shade.color, 20);
  const stand =
    lamp.stand === 'column'
      ? metal('stand', lamp.color, 0.4)
      : plastic('wooden stand', lamp.color, 0.55);
  return [
    { name: 'stand', geometry: standOf(lamp), material: stand },
    { name: 'shade', geometry: fabric, material: card('shade', cloth, 0.9) },
    { name: 'lining', geometry: lining, material: card('lining', '#f6f0e2', 0.9) },
  ];
}

/** Floor lamps on three legs and on a column. */
export const floorLampRecipes = leanRecipesOf('floor-lamp', VARIANTS, buildFloorLamp);
