import sharp from 'sharp';
import type { TextureImage } from './asset-model.ts';

/** An SVG drawing to rasterise. */
export interface SvgTextureSpec {
  name: string;
  /** Size of the drawing in its own units, usually millimetres. */
  viewWidth: number;
  viewHeight: number;
  /** Width of the texture in pixels; the height follows the drawing. */
  pixelWidth: number;
  /** SVG elements, y downwards from the top left. */
  content: string;
  /** JPEG quality 1–100; 90 when absent. */
  quality?: number;
  /** Encodes PNG with alpha instead of JPEG. */
  transparent?: boolean;
}

/** Renders an SVG drawing to a JPEG (or, with alpha, a PNG). */
export async function renderSvg(spec: SvgTextureSpec): Promise<TextureImage> {
  const height = Math.round((spec.pixelWidth * spec.viewHeight) / spec.viewWidth);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${spec.pixelWidth}" height="${height}" ` +
    `viewBox="0 0 ${spec.viewWidth} ${spec.viewHeight}" preserveAspectRatio="none">${spec.content}</svg>`;
  const image = sharp(Buffer.from(svg));
  if (spec.transparent) {
    const data = await image.png({ compressionLevel: 9, palette: true, quality: 90 }).toBuffer();
    return { name: spec.name, data: new Uint8Array(data), mimeType: 'image/png' };
  }
  const options = { quality: spec.quality ?? 90, mozjpeg: true, chromaSubsampling: '4:4:4' };
  const data = await image.flatten({ background: '#ffffff' }).jpeg(options).toBuffer();
  return { name: spec.name, data: new Uint8Array(data), mimeType: 'image/jpeg' };
}

/** A rectangle of a drawing, y downwards, in the drawing's units. */
export interface SvgRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Places a drawing made in its own origin into a rectangle of a larger one, clipped to it. */
export function svgPanel(rect: SvgRect, content: string): string {
  return (
    `<svg x="${rect.x}" y="${rect.y}" width="${rect.width}" height="${rect.height}" ` +
    `viewBox="0 0 ${rect.width} ${rect.height}" overflow="hidden">${content}</svg>`
  );
}
