import sharp, { type JpegOptions } from 'sharp';
import type { TextureImage } from './asset-model.ts';

/** sRGB channels, 0–255. */
export type Rgb = readonly [number, number, number];

/** Names and sizes a painted texture; sizes in pixels. */
export interface PixelTextureSpec {
  name: string;
  width: number;
  height: number;
  /** JPEG quality 1–100; 90 when absent. */
  quality?: number;
}

/** Parses `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Blends two colours; t is clamped to 0–1. */
export function mixRgb(a: Rgb, b: Rgb, t: number): Rgb {
  const k = Math.min(1, Math.max(0, t));
  return [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k];
}

/** Multiplies a colour's brightness. */
export function shade(color: Rgb, factor: number): Rgb {
  return [color[0] * factor, color[1] * factor, color[2] * factor];
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

async function encode(
  spec: PixelTextureSpec,
  pixels: Uint8Array,
  options: JpegOptions,
): Promise<TextureImage> {
  const raw = { width: spec.width, height: spec.height, channels: 3 as const };
  const data = await sharp(pixels, { raw }).jpeg(options).toBuffer();
  return { name: spec.name, data: new Uint8Array(data), mimeType: 'image/jpeg' };
}

/** Paints a JPEG from a function of (u, v), v upwards, sampled at pixel centres. */
export async function paintTexture(
  spec: PixelTextureSpec,
  colorAt: (u: number, v: number) => Rgb,
): Promise<TextureImage> {
  const { width, height } = spec;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = colorAt((x + 0.5) / width, 1 - (y + 0.5) / height);
      for (let c = 0; c < 3; c++) {
        pixels[(y * width + x) * 3 + c] = Math.min(255, Math.max(0, Math.round(color[c] ?? 0)));
      }
    }
  }
  return encode(spec, pixels, { quality: spec.quality ?? 90, mozjpeg: true });
}

/** A height field to turn into a tangent-space normal map. */
export interface HeightField {
  /** Height in pixels of the texture at (u, v), v upwards. */
  heightAt: (u: number, v: number) => number;
}

/** Encodes the slopes of a height field as an OpenGL-style (+Y) normal map; wraps around in u. */
export async function paintNormalMap(
  spec: PixelTextureSpec,
  field: HeightField,
): Promise<TextureImage> {
  const { width, height } = spec;
  const heights = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      heights[y * width + x] = field.heightAt((x + 0.5) / width, 1 - (y + 0.5) / height);
    }
  }
  const at = (x: number, y: number): number =>
    heights[Math.min(height - 1, Math.max(0, y)) * width + ((x + width) % width)] ?? 0;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const slopeU = (at(x + 1, y) - at(x - 1, y)) / 2;
      const slopeV = (at(x, y - 1) - at(x, y + 1)) / 2;
      const length = Math.hypot(slopeU, slopeV, 1);
      const normal = [-slopeU / length, -slopeV / length, 1 / length];
      normal.forEach(
        (value, c) => (pixels[(y * width + x) * 3 + c] = Math.round((value * 0.5 + 0.5) * 255)),
      );
    }
  }
  return encode(spec, pixels, {
    quality: spec.quality ?? 90,
    chromaSubsampling: '4:4:4',
    mozjpeg: true,
  });
}
