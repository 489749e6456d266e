import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { ellipseSection, sweep } from '../lib/loft.ts';
import { glaze } from '../lib/materials.ts';
import { filletProfile, zoneLength, type ProfileRow } from '../lib/profile.ts';
import { smoothPath } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';
import {
  camperPrint,
  citrusPrint,
  mountainPrint,
  stripePrint,
  type PrintArea,
} from './mug-prints.ts';

interface MugVariant {
  /** Outer radius at foot, belly and lip, mm. */
  radii: readonly [foot: number, belly: number, lip: number];
  height: number;
  wall: number;
  /** How far the handle stands out, mm. */
  handleReach: number;
  inside: string;
  handle: string;
  roughness: number;
  print: (area: PrintArea) => string;
}

const VARIANTS: readonly MugVariant[] = [
  {
    radii: [36, 41, 41],
    height: 96,
    wall: 3.8,
    handleReach: 32,
    inside: '#f6f3ec',
    handle: '#f6f3ec',
    roughness: 0.2,
    print: mountainPrint,
  },
  {
    radii: [30, 42, 44],
    height: 88,
    wall: 4.2,
    handleReach: 30,
    inside: '#e9b44c',
    handle: '#e9b44c',
    roughness: 0.28,
    print: citrusPrint,
  },
  {
    radii: [33, 45, 40],
    height: 102,
    wall: 4.4,
    handleReach: 34,
    inside: '#efe7da',
    handle: '#3d6b66',
    roughness: 0.33,
    print: stripePrint,
  },
  {
    radii: [41, 42, 43],
    height: 80,
    wall: 1.8,
    handleReach: 33,
    inside: '#fbfbf8',
    handle: '#1f3f6e',
    roughness: 0.18,
    print: camperPrint,
  },
];

function mugRows(variant: MugVariant): ProfileRow[] {
  const [foot, belly, lip] = variant.radii;
  const { height, wall } = variant;
  return [
    [0, 2.5, 0, 'base'],
    [foot - 8, 2.5, 1],
    [foot - 6.5, 0, 1],
    [foot - 3, 0, 1.5, 'outside'],
    [foot, 6, 4],
    [belly, height * 0.36, 40],
    [lip, height, wall * 0.48],
    [lip - wall, height, wall * 0.48, 'inside'],
    [belly - wall, height * 0.36, 40],
    [foot - wall, 8, 9],
    [0, 6.5],
  ];
}

function handlePart(variant: MugVariant): Part {
  const { height, wall, handleReach: reach } = variant;
  const [, belly, lip] = variant.radii;
  const root = wall * 0.45 + 0.4;
  const path = smoothPath(
    [
      [lip - root, height * 0.82, 0],
      [lip + reach * 0.45, height * 0.87, 0],
      [lip + reach * 0.93, height * 0.7, 0],
      [belly + reach * 0.86, height * 0.42, 0],
      [belly + reach * 0.4, height * 0.25, 0],
      [belly - root - (belly - variant.radii[0]) * 0.12, height * 0.27, 0],
    ],
    22,
  );
  const slim = wall < 3 ? 0.72 : 1;
  const geometry = sweep({
    path,
    planeNormal: new Vector3(0, 0, 1),
    section: (t) => {
      const flare = 1 + 0.55 * Math.exp(-t * 14) + 0.45 * Math.exp(-(1 - t) * 14);
      return ellipseSection(6.2 * flare * (slim + 0.1), 4 * flare * slim, 12);
    },
  });
  return {
    name: 'handle',
    geometry,
    material: glaze('handle glaze', variant.handle, variant.roughness),
  };
}

async function buildMug(variant: MugVariant, id: string): Promise<Part[]> {
  const profile = filletProfile(mugRows(variant));
  const zones = latheZones(profile, 36);
  const area = { width: 2 * Math.PI * variant.radii[1], height: zoneLength(profile, 'outside') };
  const print = await renderSvg({
    name: `${id} print`,
    viewWidth: area.width,
    viewHeight: area.height,
    pixelWidth: 768,
    content: variant.print(area),
  });
  const inside = glaze('inside glaze', variant.inside, variant.roughness);
  return [
    {
      name: 'body',
      geometry: zoneOf(zones, 'outside'),
      material: glaze('printed glaze', print, variant.roughness),
    },
    { name: 'inside', geometry: zoneOf(zones, 'inside'), material: inside },
    { name: 'base', geometry: zoneOf(zones, 'base'), material: glaze('base', '#d9d2c5', 0.7) },
    handlePart(variant),
  ];
}

/** Drinking mugs with handles at +X. */
export const mugRecipes = recipesOf('mug', VARIANTS, buildMug);
