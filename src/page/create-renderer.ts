import { PCFShadowMap, WebGLRenderer, type RenderItem } from 'three';
import { turnShadowPatternsAtOnce } from './passes/shadow-pattern.ts';

/** three's renderer, set up so that what it draws hangs on the scene alone. */
export function createRenderer(canvas: HTMLCanvasElement): WebGLRenderer {
  turnShadowPatternsAtOnce();
  const renderer = new WebGLRenderer({
    canvas,
    antialias: false,
    alpha: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
    reversedDepthBuffer: true,
  });
  renderer.setPixelRatio(1);
  // Clipping planes of materials; there are none of the renderer.
  renderer.localClippingEnabled = true;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  renderer.shadowMap.autoUpdate = false;
  renderer.info.autoReset = true;
  renderer.setOpaqueSort(nearestFirst);
  renderer.setTransparentSort(farthestFirst);
  return renderer;
}

type Ranked = Pick<RenderItem, 'groupOrder' | 'renderOrder' | 'z'>;

/**
 * Orders of drawing that the plan alone decides. three's own goes by the numbers of materials, and so by
 * what was made for earlier frames; here ties keep the order of the scene, since sorting is stable.
 */
function nearestFirst(a: Ranked, b: Ranked): number {
  return a.groupOrder - b.groupOrder || a.renderOrder - b.renderOrder || a.z - b.z;
}

function farthestFirst(a: Ranked, b: Ranked): number {
  return a.groupOrder - b.groupOrder || a.renderOrder - b.renderOrder || b.z - a.z;
}
