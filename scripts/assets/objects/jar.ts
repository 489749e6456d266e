import { Vector3 } from 'three';
import { recipesOf, type Part } from '../lib/asset-model.ts';
import { latheZones, zoneOf } from '../lib/lathe.ts';
import { ellipseSection, sweep } from '../lib/loft.ts';
import { card, glaze, metal, plastic } from '../lib/materials.ts';
import { filletProfile, type ProfileRow } from '../lib/profile.ts';
import { deformed, merged, smoothPath } from '../lib/solid.ts';
import { barcode, circle, leaf, rect, smallPrint, text } from '../lib/svg-motifs.ts';
import { renderSvg } from '../lib/svg-textures.ts';

interface LabelledVessel {
  radius: number;
  height: number;
  content: string;
  name: string;
  line: string;
  ink: string;
}

interface JarVariant extends LabelledVessel {
  lid: string;
}

interface CandleVariant extends LabelledVessel {
  wax: string;
}

const JARS: readonly JarVariant[] = [
  {
    radius: 34,
    height: 92,
    content: '#6e0d1e',
    lid: '#b8322f',
    name: 'Bramble',
    line: 'RASPBERRY JAM',
    ink: '#6e0d1e',
  },
  {
    radius: 37,
    height: 108,
    content: '#d98a12',
    lid: '#c8a13a',
    name: 'Apiary',
    line: 'WILDFLOWER HONEY',
    ink: '#7a4a06',
  },
  {
    radius: 33,
    height: 128,
    content: '#5b6b1e',
    lid: '#2f5d3a',
    name: 'Pickwell',
    line: 'GHERKINS WITH DILL',
    ink: '#2f4a1c',
  },
];

const CANDLES: readonly CandleVariant[] = [
  {
    radius: 39,
    height: 88,
    content: '#3a3230',
    wax: '#f3e7cf',
    name: 'Ember',
    line: 'AMBER &amp; OAK',
    ink: '#3a3230',
  },
  {
    radius: 36,
    height: 95,
    content: '#b9cfc4',
    wax: '#fbf8ee',
    name: 'Verdance',
    line: 'SAGE &amp; SEA SALT',
    ink: '#36584a',
  },
  {
    radius: 44,
    height: 72,
    content: '#c9707d',
    wax: '#f7dfe0',
    name: 'Rosarium',
    line: 'ROSE &amp; PEONY',
    ink: '#7d2f43',
  },
];

function labelSvg(jar: LabelledVessel, width: number, height: number): string {
  const x = width / 2;
  const sprigs = [-1, 1]
    .map((side) =>
      [0, 1, 2]
        .map((i) =>
          leaf(
            `translate(${x + side * (7 + i * 4.5)} ${height * 0.2}) rotate(${side > 0 ? -35 + i * 35 : 215 - i * 35}) scale(0.9)`,
            jar.ink,
          ),
        )
        .join(''),
    )
    .join('');
  return (
    rect({ x: 0, y: 0, w: width, h: height }, jar.content) +
    rect({ x: x - 38, y: 0, w: 76, h: height, rx: 4 }, '#faf4e4') +
    `<rect x="${x - 35.5}" y="2.5" width="71" height="${height - 5}" rx="3" fill="none" stroke="${jar.ink}" stroke-width="0.8"/>` +
    sprigs +
    circle({ x, y: height * 0.2, r: 4 }, jar.ink) +
    text(jar.name, {
      x,
      y: height * 0.58,
      size: 15,
      fill: jar.ink,
      font: 'Liberation Serif',
      weight: 700,
      italic: true,
    }) +
    text(jar.line, { x, y: height * 0.78, size: 5, fill: jar.ink, weight: 700, spacing: 0.5 }) +
    rect({ x: 4, y: 2, w: 42, h: height - 4, rx: 2 }, '#faf4e4') +
    smallPrint({ x: 8, y: 8, width: 34, lines: 4, size: 2.6 }, jar.ink) +
    barcode({ x: 8, y: height - 22, scale: 1 }, jar.name)
  );
}

async function labelPart(
  jar: LabelledVessel,
  geometry: Part['geometry'],
  height: number,
): Promise<Part> {
  const width = 2 * Math.PI * jar.radius;
  const image = await renderSvg({
    name: `${jar.name} label`,
    viewWidth: width,
    viewHeight: height,
    pixelWidth: 720,
    quality: 86,
    content: labelSvg(jar, width, height),
  });
  return { name: 'label', geometry, material: card('label', image, 0.45) };
}

function jarRows({ radius: r, height: h }: JarVariant): ProfileRow[] {
  return [
    [0, 4, 0, 'lower'],
    [r * 0.6, 3, 3],
    [r * 0.75, 0, 2],
    [r - 4, 0, 4],
    [r, 7, 5],
    [r, 14, 0, 'label'],
    [r, h * 0.66, 0, 'upper'],
    [r, h * 0.74, 9],
    [r - 5, h - 16, 5],
    [r - 5, h - 8, 0.5],
    [0, h - 8],
  ];
}

function lidRows({ radius: r, height: h }: JarVariant): ProfileRow[] {
  const lid = r - 3;
  return [
    [0, h - 14],
    [lid - 2, h - 14, 0.4],
    [lid + 0.8, h - 14, 0.9],
    [lid + 0.8, h - 12, 0.7],
    [lid, h - 11.4, 0.4],
    [lid, h, 1.6],
    [lid - 4, h, 0.8],
    [lid - 5, h - 1, 0.6],
    [lid * 0.55, h - 1, 0.6],
    [lid * 0.5, h - 0.3, 0.6],
    [0, h - 0.3],
  ];
}

async function buildJar(jar: JarVariant): Promise<Part[]> {
  const zones = latheZones(filletProfile(jarRows(jar)), 36);
  const lid = deformed(
    zoneOf(latheZones(filletProfile(lidRows(jar)), 36), 'body'),
    (p) => {
      const radius = Math.hypot(p.x, p.z);
      if (radius < jar.radius - 3.4 || radius > jar.radius - 2.6) return;
      const ripple = 1 + 0.006 * Math.cos(Math.atan2(p.x, p.z) * 18);
      p.x *= ripple;
      p.z *= ripple;
    },
    35,
  );
  return [
    {
      name: 'glass',
      geometry: merged([zoneOf(zones, 'lower'), zoneOf(zones, 'upper')]),
      material: glaze('filled glass', jar.content, 0.07),
    },
    await labelPart(jar, zoneOf(zones, 'label'), jar.height * 0.66 - 14),
    { name: 'lid', geometry: lid, material: metal('lacquered lid', jar.lid, 0.36) },
  ];
}

function candleRows({ radius: r, height: h }: CandleVariant): ProfileRow[] {
  const fill = h * 0.8;
  return [
    [0, 2, 0, 'lower'],
    [r * 0.7, 2, 1.5],
    [r * 0.76, 0, 1.5],
    [r - 4, 0, 3],
    [r, 5, 5],
    [r, 12, 0, 'label'],
    [r, h * 0.78, 0, 'upper'],
    [r, h, 1.5],
    [r - 3.4, h, 1.5],
    [r - 3.4, fill, 0, 'wax'],
    [r - 5, fill - 1.6, 2],
    [5, fill - 2.2, 3],
    [3, fill - 0.8, 2],
    [0, fill - 0.6],
  ];
}

async function buildCandle(candle: CandleVariant): Promise<Part[]> {
  const zones = latheZones(filletProfile(candleRows(candle)), 38);
  const fill = candle.height * 0.8;
  const wick = sweep({
    path: smoothPath(
      [
        [0, fill - 3, 0],
        [0, fill + 5, 0],
        [1.2, fill + 9, 0],
        [3.6, fill + 11, 0],
      ],
      10,
    ),
    planeNormal: new Vector3(0, 0, 1),
    section: () => ellipseSection(0.9, 0.9, 8),
  });
  return [
    {
      name: 'vessel',
      geometry: merged([zoneOf(zones, 'lower'), zoneOf(zones, 'upper')]),
      material: glaze('vessel glass', candle.content, 0.12),
    },
    await labelPart(candle, zoneOf(zones, 'label'), candle.height * 0.78 - 12),
    { name: 'wax', geometry: zoneOf(zones, 'wax'), material: plastic('wax', candle.wax, 0.55) },
    { name: 'wick', geometry: wick, material: card('wick', '#2a2522', 0.9) },
  ];
}

/** Preserve jars with screw lids. */
export const jarRecipes = recipesOf('jar', JARS, buildJar);

/** Scented candles in tumblers. */
export const candleRecipes = recipesOf('candle', CANDLES, buildCandle);
