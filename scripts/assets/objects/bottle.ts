import { recipesOf, type MaterialSpec, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { card, plastic } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { merged, deformed } from '../lib/solid.ts';
import { renderSvg } from '../lib/svg-textures.ts';
import {
  juiceLabel,
  sauceLabel,
  shampooLabel,
  waterLabel,
  type LabelArea,
} from './bottle-labels.ts';

interface BottleVariant {
  radius: number;
  height: number;
  /** Height range of the label, mm. */
  label: readonly [from: number, to: number];
  /** Outside from the label's top up to the neck, below the cap. */
  shoulder: readonly ProfileRow[];
  neck: number;
  cap: { radius: number; height: number; color: string };
  body: { color: string; roughness: number };
  /** Depth relative to width: 1 is round. */
  flatness: number;
  drawLabel: (area: LabelArea) => string;
}

const VARIANTS: readonly BottleVariant[] = [
  {
    radius: 32,
    height: 222,
    label: [72, 132],
    neck: 12,
    flatness: 1,
    shoulder: [
      [32, 140, 4],
      [31, 146, 3],
      [32, 152, 4],
      [32, 165, 18],
      [15, 199, 14],
      [12, 203, 2],
      [12, 206, 1],
    ],
    cap: { radius: 14.5, height: 16, color: '#1f6fc2' },
    body: { color: '#9fd0ea', roughness: 0.08 },
    drawLabel: waterLabel,
  },
  {
    radius: 36,
    height: 196,
    label: [38, 112],
    neck: 17,
    flatness: 1,
    shoulder: [
      [36, 122, 14],
      [21, 162, 24],
      [17.5, 172, 4],
      [17, 176, 1],
    ],
    cap: { radius: 20.5, height: 20, color: '#e9e6dd' },
    body: { color: '#e88a14', roughness: 0.1 },
    drawLabel: juiceLabel,
  },
  {
    radius: 31,
    height: 205,
    label: [44, 118],
    neck: 9,
    flatness: 0.72,
    shoulder: [
      [31, 128, 12],
      [26, 158, 22],
      [12, 170, 6],
      [10, 174, 1],
    ],
    cap: { radius: 15, height: 31, color: '#f4f1ea' },
    body: { color: '#b3211b', roughness: 0.32 },
    drawLabel: sauceLabel,
  },
  {
    radius: 38,
    height: 214,
    label: [34, 138],
    neck: 13,
    flatness: 0.58,
    shoulder: [
      [38, 150, 18],
      [30, 182, 16],
      [15, 189, 4],
      [13, 192, 1],
    ],
    cap: { radius: 20, height: 24, color: '#2f3e46' },
    body: { color: '#84b6ad', roughness: 0.36 },
    drawLabel: shampooLabel,
  },
];

function bodyRows(bottle: BottleVariant): ProfileRow[] {
  const { radius: r, label } = bottle;
  return [
    [0, 5, 0, 'lower'],
    [r * 0.45, 4, 5],
    [r * 0.72, 0, 2.5],
    [r - 4, 0, 4],
    [r, 9, 6],
    [r, label[0] - 12, 3],
    [r - 0.9, label[0] - 8, 2],
    [r, label[0] - 4, 3],
    [r, label[0], 0, 'label'],
    [r, label[1], 0, 'upper'],
    ...bottle.shoulder,
    [bottle.neck, bottle.height - 3, 0.5],
    [0, bottle.height - 3],
  ];
}

/** Knurled screw cap standing on the neck. */
function capRows({ cap, height }: BottleVariant): ProfileRow[] {
  const base = height - cap.height;
  return [
    [0, base + 0.6],
    [cap.radius - 2, base + 0.6, 0.5],
    [cap.radius + 0.5, base, 0.6],
    [cap.radius + 0.5, base + 3, 0.5],
    [cap.radius, base + 3.6, 0.3],
    [cap.radius - 0.5, height, 1.8],
    [cap.radius * 0.7, height, 0.6],
    [cap.radius * 0.66, height - 0.6, 0.4],
    [0, height - 0.6],
  ];
}

async function buildBottle(bottle: BottleVariant, id: string): Promise<Part[]> {
  const zones = latheZones(filletProfile(bodyRows(bottle)), 32);
  const area = { width: 2 * Math.PI * bottle.radius, height: bottle.label[1] - bottle.label[0] };
  const label = await renderSvg({
    name: `${id} label`,
    viewWidth: area.width,
    viewHeight: area.height,
    pixelWidth: 600,
    quality: 84,
    content: bottle.drawLabel(area),
  });
  const capZones = latheZones(filletProfile(capRows(bottle)), 32);
  const knurls = deformed(
    zoneOf(capZones, 'body'),
    (p) => {
      const radius = Math.hypot(p.x, p.z);
      const onSide = radius > bottle.cap.radius - 1.2 && radius < bottle.cap.radius + 0.2;
      if (!onSide) return;
      const tooth =
        Math.round(((Math.atan2(p.x, p.z) + Math.PI) / (2 * Math.PI)) * 32) % 2 ? 0.975 : 1;
      p.x *= tooth;
      p.z *= tooth;
    },
    30,
  );
  const body: MaterialSpec = plastic('bottle', bottle.body.color, bottle.body.roughness);
  const parts: Part[] = [
    {
      name: 'body',
      geometry: merged([zoneOf(zones, 'lower'), zoneOf(zones, 'upper')]),
      material: body,
    },
    { name: 'label', geometry: zoneOf(zones, 'label'), material: card('label', label, 0.42) },
  ];
  for (const part of parts) part.geometry = flattened(part, bottle.flatness);
  return [
    ...parts,
    { name: 'cap', geometry: knurls, material: plastic('cap', bottle.cap.color, 0.45) },
  ];
}

/** Squeezes a round bottle into an oval one below the neck. */
function flattened(part: Part, flatness: number): Part['geometry'] {
  if (flatness === 1) return part.geometry;
  part.geometry.scale(1, 1, flatness);
  return part.geometry;
}

/** Water, juice, sauce and shampoo bottles. */
export const bottleRecipes = recipesOf('bottle', VARIANTS, buildBottle);
