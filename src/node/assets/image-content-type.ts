const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  hdr: 'image/vnd.radiance',
  exr: 'image/x-exr',
};

const extensionOf = (file: string): string => /\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';

/** Media type of an image or environment file, by its extension; octet-stream for others. */
export function imageContentType(file: string): string {
  return MEDIA_TYPES[extensionOf(file.replace(/\.js$/, ''))] ?? 'application/octet-stream';
}
