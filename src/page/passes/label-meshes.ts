import {
  Matrix4,
  type BufferGeometry,
  type InstancedBufferGeometry,
  type InstancedMesh,
  type Material,
  type Matrix3,
  type Mesh,
  type RawShaderMaterial,
  type Texture,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import { RenderError } from '#shared/core/errors';
import type { RenderItem } from '../scene/render-item.ts';
import { cutDefines, cutsOf, type LabelCuts, planesInCamera } from './label-cuts.ts';
import { copyVectors, type LabelCopy } from './label-copies.ts';
import { keptLabelGeometry } from './label-geometries.ts';
import { createLabelGeometry, type DrawGroup } from './label-geometry.ts';
import {
  alphaFeatures,
  alphaRuleOf,
  createLabelMaterial,
  facingOf,
  type AlphaRule,
  type LabelMaterialOptions,
  type LabelPurpose,
} from './label-material.ts';
import { labelPolicyOf } from './label-policy.ts';
import { mayReachEye } from './may-reach-eye.ts';
import { requireMatchable } from './require-matchable.ts';

/** One draw of the pass. */
type LabelDraw = Readonly<{
  mesh: Mesh;
  group: DrawGroup;
  material: Material;
  matrixWorld: Matrix4;
  instanceId: number;
  partId: number;
}>;

/** A mesh as the label passes draw it: its geometry is that of the frame, in the mesh's own frame. */
export type LabelMesh = Readonly<{
  geometry: InstancedBufferGeometry;
  matrixWorld: Matrix4;
  instanceId: number;
  /** 0 where it is of none. */
  partId: number;
  /** +1: its front faces are seen, −1: its back faces, 0: both; front as the material has it, mirrored or not. */
  facing: number;
  /** Hides no labelled object behind it. */
  seeThrough: boolean;
  lookFor: (purpose: LabelPurpose, view: TargetView) => LabelLook;
}>;

/** What draws a mesh, besides its geometry, its place and its ids. */
export type LabelLook = Readonly<{
  material: RawShaderMaterial;
  /** Meshes of one geometry whose keys are equal may be drawn at once. */
  key: string;
  /** One alone where it may reach the eye, and so far beyond its own pixels. */
  copiesAtOnce: number;
  setUniforms: (copies: readonly LabelCopy[]) => void;
}>;

/** How a target looks at the image plane. */
export type TargetView = Readonly<{
  camera: FramePlan['camera'];
  target: TargetSize;
  /** The ray that each pixel of the target asks for, where a lens bends; absent: that of its centre. */
  rays?: AskedRays | undefined;
  /** The target has a stencil, in which solid surfaces mark where see-through ones may be. */
  stencil?: boolean;
}>;

/** The rays that the pixels of a target ask for. */
export type AskedRays = Readonly<{
  texture: Texture;
  /**
   * `depth`: x and y at depth 1, and planar depths come of it. `range`: unit directions, of which those with w = 0 are
   * none, and distances along them.
   */
  by: 'depth' | 'range';
}>;

/** Whole pixels. */
export type TargetSize = Readonly<{ width: number; height: number }>;

/** Turns a frame's items into label meshes; geometries of rigid meshes and programs outlive the frame. */
export class LabelMeshes {
  readonly #kind: Pick<LabelMaterialOptions, 'reversedDepth' | 'copiesAtOnce'>;
  readonly #materials = new Map<string, RawShaderMaterial>();
  #passing: BufferGeometry[] = [];

  constructor(kind: Pick<LabelMaterialOptions, 'reversedDepth' | 'copiesAtOnce'>) {
    this.#kind = kind;
  }

  /** The label meshes of a frame; valid until {@link release}. */
  create(plan: FramePlan, items: readonly RenderItem[]): readonly LabelMesh[] {
    return items.flatMap((item) =>
      [...drawsOf(item)].flatMap((draw): readonly LabelMesh[] => {
        const { material, instanceId } = draw;
        const policy = labelPolicyOf({ object: draw.mesh, material, policies: item.policies });
        const seeThrough = policy === 'see-through';
        if (policy === 'ignore' || (seeThrough && instanceId === 0)) return [];
        requireMatchable(draw.mesh, material);
        const rule = alphaRuleOf(material, { opaqueFrom: plan.labels.opaqueFrom, policy });
        const cuts = cutsOf(material);
        const geometry = this.#geometryOf(draw, rule);
        const marks = seeThrough ? 'see-through' : instanceId > 0 ? 'labelled' : 'bare';
        const { matrixWorld } = draw;
        const plain = rule === null && cuts.planes.length === 0 && cuts.offset === null;
        const surface = plain ? 'plain' : `${material.id} ${policy ?? 'none'}`;
        const lookFor: LabelMesh['lookFor'] = (purpose, view) => {
          const stencil = view.stencil ? marks : 'none';
          const rays = view.rays?.by ?? 'straight';
          const acrossEye = mayReachEye(geometry.boundingSphere, matrixWorld, view.camera);
          const shader = this.#materialOf(rule, purpose, { stencil, cuts, rays, acrossEye });
          return {
            material: shader,
            copiesAtOnce: acrossEye ? 1 : this.#kind.copiesAtOnce,
            key: `${geometry.id} ${shader.id} ${surface}`,
            setUniforms: (copies) => setUniforms(shader, { copies, rule, cuts, ...view }),
          };
        };
        const facing = facingOf(material) * (matrixWorld.determinant() < 0 ? -1 : 1);
        const { partId } = draw;
        return [{ geometry, matrixWorld, instanceId, partId, facing, seeThrough, lookFor }];
      }),
    );
  }

  /** Lets go of what only the last frame used. */
  release(): void {
    for (const geometry of this.#passing.splice(0)) geometry.dispose();
  }

  dispose(): void {
    for (const material of this.#materials.values()) material.dispose();
  }

  #geometryOf({ mesh, group }: LabelDraw, rule: AlphaRule | null): InstancedBufferGeometry {
    const channel = rule?.map?.channel ?? rule?.alphaMap?.channel ?? null;
    try {
      if (isRigid(mesh)) return keptLabelGeometry(mesh, group, channel);
      const geometry = createLabelGeometry(mesh, group, channel);
      this.#passing.push(geometry);
      return geometry;
    } catch (cause) {
      throw new RenderError('unsupported', `"${mesh.name}" ${(cause as Error).message}`, { cause });
    }
  }

  #materialOf(
    rule: AlphaRule | null,
    purpose: LabelPurpose,
    {
      stencil,
      cuts,
      rays,
      acrossEye,
    }: Omit<LabelMaterialOptions, 'reversedDepth' | 'copiesAtOnce'>,
  ): RawShaderMaterial {
    const features = alphaFeatures(rule);
    const key = JSON.stringify([purpose, stencil, rays, acrossEye, features, cutDefines(cuts)]);
    const known = this.#materials.get(key);
    if (known) return known;
    const material = createLabelMaterial(features, purpose, {
      ...this.#kind,
      stencil,
      cuts,
      rays,
      acrossEye,
    });
    this.#materials.set(key, material);
    return material;
  }
}

/** Splits an item by material group, and by instance where the mesh is instanced. */
function* drawsOf({ mesh, instanceId, partId, copyIds }: RenderItem): Generator<LabelDraw> {
  const materials = Array.isArray(mesh.material) ? mesh.material : [mesh.material];
  const whole: DrawGroup = { start: 0, count: Infinity };
  const groups = Array.isArray(mesh.material)
    ? mesh.geometry.groups
    : [{ ...whole, materialIndex: 0 }];
  for (const { start, count, materialIndex = 0 } of groups) {
    const material = materials[materialIndex];
    if (!material?.visible) continue;
    const matrices = matricesOf(mesh);
    if (copyIds && copyIds.length !== matrices.length) {
      throw new RenderError(
        'asset',
        `"${mesh.name}" has ${matrices.length} copies in the page but ${copyIds.length} in Node; its build must not depend on where it runs`,
      );
    }
    for (const [copy, matrixWorld] of matrices.entries()) {
      const id = copyIds ? (copyIds[copy] ?? 0) : instanceId;
      yield {
        mesh,
        group: { start, count },
        material,
        matrixWorld,
        instanceId: id,
        partId: id && partId,
      };
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

type DrawContext = TargetView &
  Readonly<{ copies: readonly LabelCopy[]; rule: AlphaRule | null; cuts: LabelCuts }>;

function setUniforms(
  material: RawShaderMaterial,
  { copies, camera, rule, cuts, target, rays }: DrawContext,
): void {
  const { uniforms } = material;
  const { intrinsics, nearMeters, farMeters } = camera;
  const set = (name: string, value: number | ArrayLike<number> | Texture | Matrix3): void => {
    const uniform = uniforms[name];
    if (uniform) uniform.value = value;
  };
  set('intrinsics', [intrinsics.fx, intrinsics.fy, intrinsics.cx, intrinsics.cy]);
  set('copies', copyVectors(copies));
  set('size', [target.width, target.height]);
  if (rays) set('rays', rays.texture);
  set('depthRange', [nearMeters, farMeters]);
  if (cuts.planes.length > 0)
    set('clipPlanes', planesInCamera(cuts.planes, camera.worldFromCamera));
  if (cuts.offset) set('depthOffset', [cuts.offset.factor, cuts.offset.units]);
  set('opacity', rule?.opacity ?? 1);
  set('alphaFrom', rule?.from ?? 0);
  for (const name of ['map', 'alphaMap'] as const) {
    const texture = rule?.[name];
    if (!texture) continue;
    set(name, texture);
    set(`${name}Transform`, texture.matrix);
  }
  material.uniformsNeedUpdate = true;
}
