import type { GBuffers } from '#shared/annotate/annotations';

/** Pixels in which colour and ids disagree on whether something is there: next to an edge, or not. */
export type SilhouetteFaults = Readonly<{ atEdges: number; elsewhere: number }>;

/**
 * Compares a frame before a black background, drawn without anti-aliasing: a pixel that is not black
 * must have an id, and the other way round. Colour is rasterised with snapped corners, so pixels with a
 * neighbour of the other kind are counted apart.
 */
export function compareSilhouettes({
  width,
  height,
  color,
  instanceId,
}: GBuffers): SilhouetteFaults {
  const labelled = (x: number, y: number): boolean => (instanceId[y * width + x] ?? 0) > 0;
  const isEdge = (x: number, y: number): boolean => {
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        if (labelled(u, v) !== labelled(x, y)) return true;
      }
    }
    return false;
  };
  let [atEdges, elsewhere] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const seen = (color[at] ?? 0) + (color[at + 1] ?? 0) + (color[at + 2] ?? 0) > 0;
      if (seen === labelled(x, y)) continue;
      if (isEdge(x, y)) atEdges++;
      else elsewhere++;
    }
  }
  return { atEdges, elsewhere };
}
