import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { ellipseSection, sweep } from '../lib/loft.ts';
import { card, metal, plastic } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { planarUv, roundedBox } from '../lib/rounded-box.ts';
import { merged, smoothPath } from '../lib/solid.ts';
import { circle, text } from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface ClockVariant {
  radius: number;
  depth: number;
  body: { color: string; metallic: boolean };
  dial: { paper: string; ink: string; accent: string; font: string };
  bells: boolean;
  /** Time shown, hours and minutes. */
  time: readonly [number, number];
}

const VARIANTS: readonly ClockVariant[] = [
  {
    radius: 45,
    depth: 46,
    body: { color: '#b5302a', metallic: false },
    dial: { paper: '#fbf7ea', ink: '#23201c', accent: '#b5302a', font: 'Liberation Serif' },
    bells: true,
    time: [10, 9],
  },
  {
    radius: 48,
    depth: 40,
    body: { color: '#c9a24f', metallic: true },
    dial: { paper: '#1d2d3a', ink: '#f2ead2', accent: '#e0a83a', font: 'Open Sans' },
    bells: true,
    time: [7, 26],
  },
  {
    radius: 52,
    depth: 34,
    body: { color: '#e8e4da', metallic: false },
    dial: { paper: '#f7c84a', ink: '#26323a', accent: '#e2553d', font: 'Open Sans' },
    bells: false,
    time: [1, 50],
  },
];

function dialSvg(clock: ClockVariant): string {
  const { paper, ink, accent, font } = clock.dial;
  const ticks = Array.from(
    { length: 60 },
    (_, i) =>
      `<rect x="49.6" y="4" width="${i % 5 ? 0.5 : 1.2}" height="${i % 5 ? 2.4 : 4.2}" fill="${ink}" transform="rotate(${i * 6} 50 50)"/>`,
  ).join('');
  const numerals = Array.from({ length: 12 }, (_, i) => {
    const angle = ((i + 1) * Math.PI) / 6;
    return text(String(i + 1), {
      x: 50 + 34.5 * Math.sin(angle),
      y: 54 - 34.5 * Math.cos(angle),
      size: 11,
      fill: ink,
      font,
      weight: 700,
    });
  }).join('');
  const [hour, minute] = clock.time;
  const hand = (angle: number, length: number, width: number): string =>
    `<rect x="${50 - width / 2}" y="${50 - length}" width="${width}" height="${length + 7}" rx="${width / 2}" fill="${ink}" transform="rotate(${angle} 50 50)"/>`;
  return (
    circle({ x: 50, y: 50, r: 72 }, paper) +
    ticks +
    numerals +
    text('TEMPORA', { x: 50, y: 70, size: 4.4, fill: accent, weight: 700, spacing: 0.8 }) +
    hand((hour + minute / 60) * 30, 22, 3.4) +
    hand(minute * 6, 35, 2.4) +
    `<rect x="49.5" y="16" width="1" height="42" fill="${accent}" transform="rotate(205 50 50)"/>` +
    circle({ x: 50, y: 50, r: 3.2 }, accent)
  );
}

function caseRows({ radius: r, depth: d }: ClockVariant): ProfileRow[] {
  return [
    [0, 0, 0, 'case'],
    [r * 0.7, 0, 4],
    [r - 3, 6, 10],
    [r, d * 0.5, 20],
    [r, d - 5, 2, 'bezel'],
    [r + 2, d - 4, 1],
    [r + 2, d + 1, 1.6],
    [r - 4, d + 2, 1.4],
    [r - 6, d - 2, 0.5, 'dial'],
    [0, d - 2],
  ];
}

/** Bells, their arms, the hammer and the carrying loop. */
function bellWork(clock: ClockVariant): Part[] {
  const { radius: r, depth: d } = clock;
  const rows: ProfileRow[] = [
    [0, 0],
    [3, 0, 0.5],
    [15, -1, 2],
    [19, -1, 0.6],
    [19.5, 0.5, 0.5],
    [16, 8, 9],
    [6, 13.5, 6],
    [2.6, 14, 0.6],
    [2.4, 17, 1],
    [0, 17],
  ];
  const tilt = 0.62;
  const bells = [-1, 1].map((side) =>
    zoneOf(latheZones(filletProfile(rows), 18), 'body')
      .translate(0, r + 6, 0)
      .rotateZ(-side * tilt)
      .translate(0, 0, d / 2),
  );
  const arm = (side: number): Part['geometry'] =>
    sweep({
      path: smoothPath(
        [
          [side * Math.sin(tilt) * (r - 3), Math.cos(tilt) * (r - 3), d / 2],
          [side * Math.sin(tilt) * (r + 12), Math.cos(tilt) * (r + 12), d / 2],
        ],
        3,
      ),
      planeNormal: new Vector3(0, 0, 1),
      section: () => ellipseSection(1.8, 1.8, 8),
    });
  const loopPath = smoothPath(
    [
      [-0.58 * (r + 20), 0.81 * (r + 20), d / 2],
      [-0.5 * (r + 20), r + 30, d / 2],
      [0, r + 38, d / 2],
      [0.5 * (r + 20), r + 30, d / 2],
      [0.58 * (r + 20), 0.81 * (r + 20), d / 2],
    ],
    18,
  );
  const handle = sweep({
    path: loopPath,
    planeNormal: new Vector3(0, 0, 1),
    section: () => ellipseSection(2.6, 1.5, 8),
  });
  const hammer = sweep({
    path: smoothPath(
      [
        [0, r - 3, d / 2],
        [0, r + 14, d / 2],
        [0, r + 17, d / 2],
      ],
      8,
    ),
    planeNormal: new Vector3(0, 0, 1),
    section: (t) => ellipseSection(t > 0.7 ? 3.4 : 1.2, t > 0.7 ? 3.4 : 1.2, 10),
  });
  const brass = metal('bell metal', clock.body.metallic ? clock.body.color : '#d6d3cc', 0.22);
  return [
    { name: 'bells', geometry: merged(bells), material: brass },
    {
      name: 'handle',
      geometry: merged([handle, arm(-1), arm(1), hammer]),
      material: metal('steel', '#b9bbbd', 0.32),
    },
  ];
}

async function buildClock(clock: ClockVariant, id: string): Promise<Part[]> {
  const { radius: r, depth: d } = clock;
  const zones = latheZones(filletProfile(caseRows(clock)), 38);
  for (const zone of zones.values()) zone.rotateX(Math.PI / 2);
  const dial = planarUv(zoneOf(zones, 'dial'), new Vector3(1, 0, 0), {
    up: new Vector3(0, 1, 0),
    spanX: 2 * r - 10,
    spanY: 2 * r - 10,
  });
  const print = await renderSvg({
    name: `${id} dial`,
    viewWidth: 100,
    viewHeight: 100,
    pixelWidth: 448,
    quality: 86,
    content: dialSvg(clock),
  });
  const feet = [-1, 1].map((side) => {
    if (!clock.bells)
      return roundedBox({ width: 18, height: 14, depth: d * 0.8, radius: 4, steps: 3 }).translate(
        side * r * 0.5,
        -r * 0.9,
        d / 2,
      );
    return zoneOf(
      latheZones(
        filletProfile([
          [0, -14],
          [3.4, -14, 1.2],
          [3.8, -11, 1],
          [2.4, -8, 1],
          [2.8, 8, 0.5],
          [0, 8],
        ]),
        16,
      ),
      'body',
    )
      .translate(0, -r, 0)
      .rotateZ(side * 0.6)
      .translate(0, 0, d * 0.5);
  });
  const body = clock.body.metallic
    ? metal('brass', clock.body.color, 0.3)
    : plastic('lacquer', clock.body.color, 0.28);
  const stand = clock.bells
    ? [
        roundedBox({ width: 10, height: 6, depth: 8, radius: 2.5, steps: 2 }).translate(
          0,
          -r * 0.98 + 2,
          d * 0.2,
        ),
      ]
    : [];
  const parts: Part[] = [
    { name: 'case', geometry: zoneOf(zones, 'case'), material: body },
    {
      name: 'bezel',
      geometry: zoneOf(zones, 'bezel'),
      material: clock.bells ? metal('chrome', '#d6d3cc', 0.2) : body,
    },
    { name: 'dial', geometry: dial, material: card('dial', print, 0.35) },
    {
      name: 'feet',
      geometry: merged([...feet, ...stand]),
      material: clock.bells ? metal('steel', '#b9bbbd', 0.32) : body,
    },
  ];
  return clock.bells ? [...parts, ...bellWork(clock)] : parts;
}

/** Alarm clocks, two of them with bells. */
export const clockRecipes = recipesOf('clock', VARIANTS, buildClock);
