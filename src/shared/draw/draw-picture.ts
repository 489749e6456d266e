import type { Size } from '../core/geometry.ts';
import type { FrameRecord } from '../formats/frame-record.ts';
import type { CategoryTable } from './category-table.ts';
import { instanceColor } from './category-palette.ts';
import { oklabFromRgb, type Rgb } from './oklab.ts';
import { POINTS, type OverlayInput, type OverlayLayer, type PixelLayer } from './overlay.ts';
import { OVERLAYS, OVERLAY_NAMES, type OverlayName } from './overlays.ts';
import { placeTags } from './place-tags.ts';
import { scaleBarShapes } from './scale-bar.ts';
import { svgDocument, svgFromShapes, type Shape } from './shapes.ts';
import { CAP_UNITS, textWidth, UNITS_PER_SIZE } from './stroke-font.ts';

/** What goes over a frame's image: pixels from the bottom to the top, then one drawing of output size. */
export type PictureLayers = Readonly<{ pixels: readonly PixelLayer[]; svg: string }>;

export type PictureRequest = Readonly<{
  record: FrameRecord;
  categories: CategoryTable;
  labels: readonly OverlayName[];
  /** The decoded file of a label, null for one that needs none. */
  fileOf: (label: OverlayName) => OverlayInput['file'];
  /** Pixels of the picture that is made. */
  size: Size;
  polygonTolerance?: number | undefined;
}>;

/** Width of a picture whose points are pixels; lines grow more slowly than pictures do. */
const POINT_WIDTH = 640;
const POINT_LEAST = 0.8;

/** Output pixels of a point. */
export function pointOf(widthPixels: number): number {
  return Math.max(POINT_LEAST, Math.sqrt(widthPixels / POINT_WIDTH));
}

/** Colours of a frame's instances: their categories', neighbours of one category a little apart. */
export function instanceColors(record: FrameRecord): ReadonlyMap<number, Rgb> {
  const seen = new Map<number, number>();
  return new Map(
    record.annotations.instances.map(({ instanceId, categoryId }) => {
      const ordinal = seen.get(categoryId) ?? 0;
      seen.set(categoryId, ordinal + 1);
      return [instanceId, instanceColor(categoryId, ordinal)];
    }),
  );
}

/** Draws labels of one frame, in the order of {@link OVERLAYS} whatever the order of `labels`. */
export function drawPicture(request: PictureRequest): PictureLayers {
  const { record, categories, labels, fileOf, size, polygonTolerance } = request;
  const colors = instanceColors(record);
  const layers: readonly OverlayLayer[] = OVERLAY_NAMES.filter((name) => labels.includes(name)).map(
    (name) =>
      OVERLAYS[name].draw({ record, categories, colors, file: fileOf(name), polygonTolerance }),
  );
  const scale = size.width / record.width;
  const point = pointOf(size.width);
  const shapes = layers.flatMap((layer) => layer.shapes ?? []);
  const bars = layers.flatMap((layer) => layer.scaleBar ?? []);
  const tags = layers.flatMap((layer) => layer.tags ?? []);
  const inPoints = { width: size.width / point, height: size.height / point };
  const above: readonly Shape[] = [
    ...tagShapes(tags, { record, colors, pointsPerPixel: scale / point, picture: inPoints }),
    ...bars.flatMap((bar, i) => scaleBarShapes(bar, inPoints.height, i * 45)),
  ];
  const body = [
    svgFromShapes(shapes, { scale, point }),
    svgFromShapes(above, { scale: point, point }),
  ];
  return {
    pixels: layers.flatMap((layer) => layer.pixels ?? []),
    svg: svgDocument(size, body.join('\n')),
  };
}

const PADDING = { x: 4, y: 3 } as const;
const DARK: Rgb = [12, 14, 18];
const LIGHT: Rgb = [255, 255, 255];

/** The ink that stands out on a ground. */
export function inkOn(ground: Rgb): Rgb {
  return oklabFromRgb(ground)[0] > 0.6 ? DARK : LIGHT;
}

/** Tags in points, small objects' first: they have fewer places to choose from. */
function tagShapes(
  tags: NonNullable<OverlayLayer['tags']>,
  frame: Readonly<{
    record: FrameRecord;
    colors: ReadonlyMap<number, Rgb>;
    pointsPerPixel: number;
    picture: Size;
  }>,
): readonly Shape[] {
  const textOf = new Map<number, string>();
  for (const { instanceId, text } of tags) {
    const before = textOf.get(instanceId);
    textOf.set(instanceId, before === undefined ? text : `${before} ${text}`);
  }
  const capHeight = (POINTS.tag * CAP_UNITS) / UNITS_PER_SIZE;
  const wanted = [...frame.record.annotations.instances]
    .sort((a, b) => a.area - b.area || a.instanceId - b.instanceId)
    .flatMap(({ instanceId, bbox: [x, y, width, height] }) => {
      const text = textOf.get(instanceId);
      const color = frame.colors.get(instanceId);
      if (text === undefined || color === undefined) return [];
      const p = frame.pointsPerPixel;
      // Around the box's line, so that tag and box are flush.
      const rim = POINTS.line / 2;
      const box = [x * p - rim, y * p - rim, width * p + 2 * rim, height * p + 2 * rim] as const;
      const tag = {
        width: textWidth(text, POINTS.tag) + 2 * PADDING.x,
        height: capHeight + 2 * PADDING.y,
      };
      return [{ text, color, request: { ...tag, box } }];
    });
  const places = placeTags(
    wanted.map(({ request }) => request),
    frame.picture,
  );
  return wanted.flatMap(({ text, color, request }, i): readonly Shape[] => {
    const { x, y } = places[i] ?? { x: 0, y: 0 };
    const { width, height } = request;
    const [left, baseline] = [x + PADDING.x, y + PADDING.y + capHeight];
    return [
      { kind: 'rect', x, y, width, height, radius: POINTS.radius, fill: color, fillOpacity: 0.92 },
      { kind: 'text', x: left, y: baseline, text, size: POINTS.tag, color: inkOn(color) },
    ];
  });
}
