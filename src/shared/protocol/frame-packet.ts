import type {
  GBuffers,
  NeighbourBuffers,
  RayBuffers,
  Silhouette,
} from '../annotate/annotations.ts';
import { RenderError } from '../core/errors.ts';
import { rayCount } from '../core/lidar-rays.ts';
import { textFromBytes } from '../core/text-from-bytes.ts';
import type { FramePlan } from '../plan/frame-plan.ts';
import { guardBandOf } from '../plan/guard-band.ts';

/** First four bytes of a packet: "DIO2". */
const MAGIC = 0x324f4944;
const PREAMBLE_BYTES = 16;
/** Sections start at multiples of this, so that every element type can be viewed in place. */
const ALIGNMENT = 8;
/** What the directory may take: some keys, and a line for each silhouette. */
const DIRECTORY_BYTES = 4096;
const DIRECTORY_BYTES_PER_INSTANCE = 256;
/** An id, a range and a cosine, and what aligns them. */
const RAY_BYTES = 2 + 4 + 4 + 8;

const ELEMENTS = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array } as const;
type ElementName = keyof typeof ELEMENTS;
type Elements = Uint8Array | Uint16Array | Float32Array;

type ElementType<T> = Readonly<{ name: string; BYTES_PER_ELEMENT: number }> &
  (new (buffer: ArrayBuffer, byteOffset: number, length: number) => T);

/** Where a section lies behind the directory: element type, first byte, number of elements. */
type Section = readonly [ElementName, offset: number, length: number];

type Directory = Readonly<{
  width: number;
  height: number;
  sections: Readonly<Record<string, Section>>;
  /** Masks lie one after another in the section of the same name. */
  silhouettes: readonly Omit<Silhouette, 'mask'>[] | null;
  metered?: number;
}>;

/** Frames beside a frame, whose labels its packet may hold too. */
const NEIGHBOURS = ['next', 'previous', 'pair'] as const;

/** Channels of what the sensor captures. */
export const rawChannels = ({ sensor }: Pick<FramePlan, 'sensor'>): 1 | 3 =>
  sensor.mosaic ? 1 : 3;

/** Most bytes that a plan's packet may have; what the server sets aside memory for. */
export function maxPacketBytes(plan: FramePlan): number {
  const { size, instances, labels, parts, neighbours, lidars } = plan;
  const pixels = size.width * size.height;
  const directory = DIRECTORY_BYTES + DIRECTORY_BYTES_PER_INSTANCE * instances.length;
  const [, , width, height] = guardBandOf(size, labels.silhouettes?.guardBand ?? 0);
  const silhouettes = labels.silhouettes === null ? 0 : instances.length * width * height;
  const beside = NEIGHBOURS.filter((which) => neighbours?.[which]).length;
  const raw = plan.raw ? 4 * rawChannels(plan) : 0;
  const rays = (lidars ?? []).reduce((sum, { lidar }) => sum + rayCount(lidar), 0);
  const perPixel = 4 + 2 + 4 + raw + (labels.normals ? 12 : 0) + (parts ? 2 : 0) + 6 * beside;
  return PREAMBLE_BYTES + directory + pixels * perPixel + silhouettes + rays * RAY_BYTES;
}

/**
 * Lays a frame out for the wire, little-endian: magic, bytes of the directory, two zeros; the directory as
 * ASCII JSON; then its sections. Returns parts, so that a Blob can be made without a copy.
 */
export function encodePacket(buffers: GBuffers): readonly Uint8Array<ArrayBuffer>[] {
  const { width, height, silhouettes } = buffers;
  const arrays: readonly (readonly [string, Elements])[] = [
    ['depth', buffers.depth],
    ['color', buffers.color],
    ['instanceId', buffers.instanceId],
    ...(buffers.raw ? [['raw', buffers.raw] as const] : []),
    ...(buffers.partId ? [['partId', buffers.partId] as const] : []),
    ...(buffers.normal ? [['normal', buffers.normal] as const] : []),
    ...NEIGHBOURS.flatMap((which) => {
      const shown = buffers[which];
      if (shown === undefined) return [];
      return [
        [`${which}.depth`, shown.depth] as const,
        [`${which}.instanceId`, shown.instanceId] as const,
      ];
    }),
    ...(buffers.lidars ?? []).flatMap(({ instanceId, range, facing }, i) => [
      [`lidar.${i}.instanceId`, instanceId] as const,
      [`lidar.${i}.range`, range] as const,
      [`lidar.${i}.facing`, facing] as const,
    ]),
    ...(silhouettes ?? []).map(({ mask }, i) => [`silhouette.${i}`, mask] as const),
  ];
  const sections: Record<string, Section> = {};
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [name, array] of arrays) {
    const padding = (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT;
    if (padding > 0) parts.push(new Uint8Array(padding));
    sections[name] = [elementOf(array), offset + padding, array.length];
    parts.push(new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength));
    offset += padding + array.byteLength;
  }
  const directory: Directory = {
    width,
    height,
    sections,
    silhouettes: silhouettes?.map(({ mask: _, ...rest }) => rest) ?? null,
    ...(buffers.metered !== undefined && { metered: buffers.metered }),
  };
  const text = JSON.stringify(directory);
  const padded = new Uint8Array(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT).fill(0x20);
  for (let i = 0; i < text.length; i++) padded[i] = text.charCodeAt(i);
  const preamble = new Uint32Array([MAGIC, padded.length, 0, 0]);
  return [new Uint8Array(preamble.buffer), padded, ...parts];
}

/**
 * Views of a packet's bytes; `bytes` must start at a multiple of eight.
 * @throws RenderError where it is no packet or a section lies outside of it.
 */
export function decodePacket(bytes: Uint8Array): GBuffers {
  const { directory, start } = readDirectory(bytes);
  const { width, height, sections } = directory;
  const view = <T extends Elements>(name: string, type: ElementType<T>): T | null => {
    const section = sections[name];
    if (section === undefined) return null;
    const [found, offset, length] = section;
    const end = start + offset + length * type.BYTES_PER_ELEMENT;
    if (ELEMENTS[found] !== (type as unknown) || end > bytes.byteLength) {
      throw broken(`expected ${type.name} inside ${bytes.byteLength} bytes`, [name, ...section]);
    }
    return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset + start + offset, length);
  };
  const required = <T>(value: T | null, name: string): T => {
    if (value !== null) return value;
    throw broken(`expected a section "${name}"`, Object.keys(sections));
  };
  const pixels = width * height;
  const sized = <T extends Elements>(name: string, type: ElementType<T>, perPixel: number): T => {
    const array = required(view(name, type), name);
    if (array.length === pixels * perPixel) return array;
    throw broken(
      `section "${name}": expected ${pixels * perPixel} values for ${width}×${height}`,
      array.length,
    );
  };
  const neighbour = (which: (typeof NEIGHBOURS)[number]): NeighbourBuffers => ({
    depth: sized(`${which}.depth`, Float32Array, 1),
    instanceId: sized(`${which}.instanceId`, Uint16Array, 1),
  });
  const rays = (i: number): RayBuffers => {
    const part = <T extends Elements>(name: string, type: ElementType<T>): T =>
      required(view(`lidar.${i}.${name}`, type), `lidar.${i}.${name}`);
    return {
      instanceId: part('instanceId', Uint16Array),
      range: part('range', Float32Array),
      facing: part('facing', Float32Array),
    };
  };
  const lidars = Object.keys(sections).filter((name) => /^lidar\.\d+\.range$/.test(name)).length;
  return {
    width,
    height,
    depth: sized('depth', Float32Array, 1),
    color: sized('color', Uint8Array, 4),
    instanceId: sized('instanceId', Uint16Array, 1),
    ...(sections['raw'] && {
      raw: sized('raw', Float32Array, sections['raw'][2] === pixels ? 1 : 3),
    }),
    ...(directory.metered !== undefined && { metered: directory.metered }),
    ...(sections['partId'] && { partId: sized('partId', Uint16Array, 1) }),
    ...(sections['normal'] && { normal: sized('normal', Float32Array, 3) }),
    ...(sections['next.depth'] && { next: neighbour('next') }),
    ...(sections['previous.depth'] && { previous: neighbour('previous') }),
    ...(sections['pair.depth'] && { pair: neighbour('pair') }),
    ...(lidars > 0 && { lidars: Array.from({ length: lidars }, (_, i) => rays(i)) }),
    ...(directory.silhouettes && {
      silhouettes: directory.silhouettes.map((silhouette, i) => ({
        ...silhouette,
        mask: required(view(`silhouette.${i}`, Uint8Array), `silhouette.${i}`),
      })),
    }),
  };
}

function readDirectory(bytes: Uint8Array): Readonly<{ directory: Directory; start: number }> {
  if (bytes.byteLength < PREAMBLE_BYTES) throw broken('expected a preamble', bytes.byteLength);
  const [magic, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
  const start = PREAMBLE_BYTES + length;
  if (magic !== MAGIC || start > bytes.byteLength) throw broken('expected the magic DIO2', magic);
  const text = textFromBytes(bytes.subarray(PREAMBLE_BYTES, start));
  try {
    return { directory: JSON.parse(text) as Directory, start };
  } catch (cause) {
    throw broken('expected a directory in JSON', text.slice(0, 40), cause);
  }
}

function elementOf(array: Elements): ElementName {
  if (array instanceof Float32Array) return 'f32';
  return array instanceof Uint16Array ? 'u16' : 'u8';
}

function broken(expected: string, found: unknown, cause?: unknown): RenderError {
  return new RenderError('internal', `frame packet: ${expected}, found ${JSON.stringify(found)}`, {
    cause,
  });
}
