import {
  DepthTexture,
  FloatType,
  Matrix4,
  Mesh,
  NearestFilter,
  RedFormat,
  RedIntegerFormat,
  RGBAFormat,
  Scene,
  UnsignedByteType,
  UnsignedIntType,
  WebGLRenderTarget,
  type BufferGeometry,
  type InstancedMesh,
  type Material,
  type RawShaderMaterial,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { RenderError } from '#shared/core/errors';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import type { RenderItem } from '../scene/render-item.ts';
import { createLabelGeometry, type DrawGroup } from './label-geometry.ts';
import {
  alphaRuleOf,
  createLabelMaterial,
  facingOf,
  requireMatchable,
  type AlphaRule,
} from './label-material.ts';

/** One draw of the pass. */
type LabelDraw = Readonly<{
  mesh: Mesh;
  group: DrawGroup;
  material: Material;
  matrixWorld: Matrix4;
  instanceId: number;
}>;

/** What only the frame, not the mesh, decides. */
type FrameContext = Readonly<{ plan: FramePlan; scene: Scene }>;

/**
 * Draws instance id (R32UI), planar depth in metres (R32F) and geometric normal (RGBA8, camera axes,
 * n·0.5+0.5) in one pass over the frame's geometry: no multisampling, no blending, no colour management,
 * each value at the pixel's centre. Row 0 is the top row of the image.
 */
export class LabelPass {
  readonly #renderer: WebGLRenderer;
  readonly #materials = new Map<string, RawShaderMaterial>();
  /** Triangles of rigid meshes outlive the frame, with the geometry that they were made of. */
  readonly #geometries = new WeakMap<BufferGeometry, Map<string, BufferGeometry>>();
  #target: WebGLRenderTarget | null = null;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  /** Renders into the pass's own target, which it returns; the next call overwrites it. */
  render(plan: FramePlan, items: readonly RenderItem[], camera: PinholeCamera): WebGLRenderTarget {
    const target = this.#targetOf(plan.size);
    const scene = new Scene();
    scene.matrixWorldAutoUpdate = false;
    const passing: BufferGeometry[] = [];
    for (const item of items) {
      for (const draw of drawsOf(item)) {
        const { mesh, keep } = this.#labelMesh(draw, { plan, scene });
        if (!keep) passing.push(mesh.geometry);
        scene.add(mesh);
      }
    }
    this.#clear(target);
    this.#renderer.render(scene, camera);
    for (const geometry of passing) geometry.dispose();
    return target;
  }

  dispose(): void {
    this.#target?.dispose();
    for (const material of this.#materials.values()) material.dispose();
  }

  #clear(target: WebGLRenderTarget): void {
    const renderer = this.#renderer;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.clear(false, true, false);
    gl.clearBufferuiv(gl.COLOR, 0, new Uint32Array(4));
    gl.clearBufferfv(gl.COLOR, 1, new Float32Array(4));
    gl.clearBufferfv(gl.COLOR, 2, new Float32Array(4));
  }

  #labelMesh(draw: LabelDraw, { plan }: FrameContext): { mesh: Mesh; keep: boolean } {
    requireMatchable(draw.mesh, draw.material);
    const rule = alphaRuleOf(draw.material, plan.labels.opaqueFrom);
    const keep = isRigid(draw.mesh);
    const geometry = this.#geometryOf(draw, rule, keep);
    const mesh = new Mesh(geometry, this.#materialOf(rule));
    mesh.matrixAutoUpdate = false;
    mesh.matrixWorldAutoUpdate = false;
    mesh.matrixWorld.copy(draw.matrixWorld);
    mesh.onBeforeRender = () => {
      setUniforms(mesh.material, draw, { plan, rule });
    };
    return { mesh, keep };
  }

  #geometryOf({ mesh, group }: LabelDraw, rule: AlphaRule | null, keep: boolean): BufferGeometry {
    const channel = rule?.map?.channel ?? rule?.alphaMap?.channel ?? null;
    const source = mesh.geometry;
    const cached = this.#geometries.get(source) ?? new Map<string, BufferGeometry>();
    this.#geometries.set(source, cached);
    const key = `${group.start}:${group.count}:${channel ?? 'none'}`;
    const known = keep ? cached.get(key) : undefined;
    if (known) return known;
    try {
      const geometry = createLabelGeometry(mesh, group, channel);
      if (keep) {
        cached.set(key, geometry);
        source.addEventListener('dispose', () => geometry.dispose());
      }
      return geometry;
    } catch (cause) {
      throw new RenderError('unsupported', `"${mesh.name}" ${(cause as Error).message}`, { cause });
    }
  }

  #materialOf(rule: AlphaRule | null): RawShaderMaterial {
    const key = rule ? `${rule.map?.uuid ?? ''}:${rule.alphaMap?.uuid ?? ''}` : 'opaque';
    const known = this.#materials.get(key);
    if (known) return known;
    const material = createLabelMaterial(rule, this.#renderer.capabilities.reversedDepthBuffer);
    this.#materials.set(key, material);
    const forget = (): void => {
      material.dispose();
      this.#materials.delete(key);
    };
    for (const texture of [rule?.map, rule?.alphaMap]) texture?.addEventListener('dispose', forget);
    return material;
  }

  #targetOf({ width, height }: FramePlan['size']): WebGLRenderTarget {
    const current = this.#target;
    if (current && current.width === width && current.height === height) return current;
    current?.dispose();
    this.#target = createLabelTarget(width, height);
    return this.#target;
  }
}

function createLabelTarget(width: number, height: number): WebGLRenderTarget {
  const target = new WebGLRenderTarget(width, height, {
    count: 3,
    magFilter: NearestFilter,
    minFilter: NearestFilter,
    generateMipmaps: false,
    depthTexture: new DepthTexture(width, height, FloatType),
  });
  const [id, depth, normal] = target.textures as [Texture, Texture, Texture];
  Object.assign(id, { format: RedIntegerFormat, type: UnsignedIntType, internalFormat: 'R32UI' });
  Object.assign(depth, { format: RedFormat, type: FloatType, internalFormat: 'R32F' });
  Object.assign(normal, { format: RGBAFormat, type: UnsignedByteType });
  return target;
}

/** Splits an item by material group, and by instance where the mesh is instanced. */
function* drawsOf({ mesh, instanceId }: RenderItem): Generator<LabelDraw> {
  const materials = Array.isArray(mesh.material) ? mesh.material : [mesh.material];
  const whole: DrawGroup = { start: 0, count: Infinity };
  const groups = Array.isArray(mesh.material)
    ? mesh.geometry.groups
    : [{ ...whole, materialIndex: 0 }];
  for (const { start, count, materialIndex = 0 } of groups) {
    const material = materials[materialIndex];
    if (!material?.visible) continue;
    for (const matrixWorld of matricesOf(mesh)) {
      yield { mesh, group: { start, count }, material, matrixWorld, instanceId };
    }
  }
}

function matricesOf(mesh: Mesh): readonly Matrix4[] {
  const instanced = mesh as InstancedMesh;
  if (!instanced.isInstancedMesh) return [mesh.matrixWorld];
  return Array.from({ length: instanced.count }, (_, index) => {
    const matrix = new Matrix4();
    instanced.getMatrixAt(index, matrix);
    return matrix.premultiply(mesh.matrixWorld);
  });
}

function isRigid(mesh: Mesh): boolean {
  const morphs = mesh.morphTargetInfluences?.some((influence) => influence !== 0) ?? false;
  return !morphs && !(mesh as { isSkinnedMesh?: boolean }).isSkinnedMesh;
}

function setUniforms(
  material: RawShaderMaterial,
  draw: LabelDraw,
  { plan, rule }: Readonly<{ plan: FramePlan; rule: AlphaRule | null }>,
): void {
  const { uniforms } = material;
  const { fx, fy, cx, cy } = plan.camera.intrinsics;
  const { nearMeters, farMeters } = plan.camera;
  const set = (name: string, value: number | readonly number[]): void => {
    const uniform = uniforms[name];
    if (uniform) uniform.value = value;
  };
  set('intrinsics', [fx, fy, cx, cy]);
  set('size', [plan.size.width, plan.size.height]);
  set('depthRange', [nearMeters, farMeters]);
  set('facing', facingOf(draw.material));
  set('mirrored', draw.matrixWorld.determinant() < 0 ? -1 : 1);
  set('instanceId', draw.instanceId);
  set('opacity', rule?.opacity ?? 1);
  set('alphaFrom', rule?.from ?? 0);
  material.uniformsNeedUpdate = true;
}
