import type { WebGLRenderer, WebGLRenderTarget } from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { LabelMesh } from '../passes/label-meshes.ts';
import { LabelPass } from '../passes/label-pass.ts';
import { PinholeCamera } from '../scene/pinhole-camera.ts';
import { type FaceView, fromNearer, planOfFace } from './face-view.ts';
import { LabelLookUp } from './look-up-labels.ts';

/**
 * Ids, distances and normals along rays into any directions (docs/adr/0033-wide-lenses-look-through-faces.md). What
 * holds planar depth elsewhere holds the distance along the ray, metres.
 */
export class FaceLabels {
  readonly #pass: LabelPass;
  readonly #lookUp: LabelLookUp;
  readonly #camera = new PinholeCamera();

  constructor(renderer: WebGLRenderer) {
    this.#pass = new LabelPass(renderer);
    this.#lookUp = new LabelLookUp(renderer, 'faces');
  }

  /**
   * Renders into its own target, of the size of the view, which it returns; the next call overwrites it.
   * @param plan Its camera is that of the rays; its size and intrinsics are not used.
   */
  render(
    plan: FramePlan,
    meshes: readonly LabelMesh[],
    { size, faces, places }: FaceView,
  ): WebGLRenderTarget {
    const target = this.#lookUp.begin(size, plan.labels.normals);
    for (const [number, { face: look, rays }] of faces.entries()) {
      const seen = planOfFace(plan, look);
      this.#camera.setPlan(fromNearer(seen));
      const eye = { camera: this.#camera, rays: { texture: rays, by: 'range' } } as const;
      const labels = this.#pass.render(seen, meshes, eye);
      this.#lookUp.add(target, { places, labels, face: { number, look } });
    }
    return target;
  }

  dispose(): void {
    this.#pass.dispose();
    this.#lookUp.dispose();
  }
}
