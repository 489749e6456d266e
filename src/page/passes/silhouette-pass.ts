import {
  NearestFilter,
  RedFormat,
  UnsignedByteType,
  Vector3,
  WebGLRenderTarget,
  type WebGLRenderer,
} from 'three';
import type { Silhouette } from '#shared/annotate/annotations';
import { RenderError } from '#shared/core/errors';
import type { FramePlan } from '#shared/plan/frame-plan';
import { guardBandOf } from '#shared/plan/guard-band';
import type { RayFace } from '#shared/plan/ray-faces';
import { NO_RAY } from '#shared/plan/source-view';
import type { BentGuard } from '../lens/bent-silhouettes.ts';
import { fromNearer, planOfFace } from '../lens/face-view.ts';
import { FloatTexels } from '../lens/float-texels.ts';
import { WideSilhouettes } from '../lens/wide-silhouettes.ts';
import type { WideView } from '../lens/wide-view.ts';
import type { BentView } from '../lens/bent-view.ts';
import type { Arriving, PixelReads } from '../readback/pixel-reads.ts';
import type { PinholeCamera } from '../scene/pinhole-camera.ts';
import type { AskedRays, LabelMesh, TargetSize } from './label-meshes.ts';
import { KeptTarget } from './kept-target.ts';
import { createLabelScene, groupByKey, type PlacedDraw } from './label-scene.ts';
import { packTiles, type PackedTile } from './pack-tiles.ts';
import { clampRect, type Extent, projectBox, type Rect } from './project-box.ts';
import { Room } from './room.ts';

/** Side of the atlas that tiles share; a larger tile gets an atlas of its own size. */
const ATLAS_PIXELS = 2048;

/** An instance and the tile that its silhouette fits into. */
type Subject = Readonly<{
  instanceId: number;
  meshes: readonly LabelMesh[];
  /** Where it is drawn: in the image, or in the source of one that a lens bends. */
  tile: Rect;
  clipped: boolean;
  /** Through a lens that bends: the pixels of the image, and those of the tile that they look through. */
  bent?: Readonly<{ imageTile: Rect; cells: Int32Array }> | undefined;
}>;

/** A frame's plan, seen by a pinhole, through a lens that bends, or through a wide one. */
type View = Readonly<{
  plan: FramePlan;
  camera: PinholeCamera;
  bent?: BentView | null | undefined;
  wide?: WideView | null | undefined;
}>;

/** What tiles of one camera are drawn with. */
type Look = Readonly<{
  camera: PinholeCamera;
  reads: PixelReads;
  /** Of the plan that the camera has. */
  seenBy: FramePlan['camera'];
  /** The rays that the pixels of an atlas are asked for, and how; null: those of their middles. */
  rays: Readonly<{
    by: AskedRays['by'];
    of: (tiles: readonly PackedTile<Subject>[], atlas: TargetSize) => Float32Array;
  }> | null;
}>;

/** An instance's tile, and what is in it. */
type Drawn = Readonly<{ item: Subject; mask: Uint8Array }>;

/**
 * Draws each instance alone, by the rules of the label pass, into a tile of an atlas just large enough for
 * it, so that the cost follows the instances' own pixels and not instances × image.
 */
export class SilhouettePass {
  readonly #renderer: WebGLRenderer;
  /** The rays of an atlas, filled again for the next one. */
  readonly #rays: Readonly<Record<AskedRays['by'], FloatTexels>>;
  readonly #atlas: KeptTarget;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#atlas = new KeptTarget(new Room(renderer.capabilities.maxTextureSize));
    this.#rays = { depth: new FloatTexels(renderer, 2), range: new FloatTexels(renderer, 4) };
  }

  /** Silhouettes in order of instance id; instances outside the guard band are left out. */
  render(
    meshes: readonly LabelMesh[],
    view: View,
    reads: PixelReads,
  ): Arriving<readonly Silhouette[]> {
    if (view.wide) return this.#renderWide(meshes, { ...view, wide: view.wide }, reads);
    const guard = view.bent?.guard ?? null;
    const found = this.#drawAlone(subjectsOf(meshes, view, guard), {
      camera: view.camera,
      reads,
      seenBy: (view.bent?.plan ?? view.plan).camera,
      rays: guard && { by: 'depth', of: (tiles, atlas) => askedRays(tiles, atlas, guard) },
    });
    return () =>
      found()
        .map(inImage)
        .sort((a, b) => a.instanceId - b.instanceId);
  }

  dispose(): void {
    this.#atlas.dispose();
    for (const texels of Object.values(this.#rays)) texels.dispose();
  }

  /** Each face by itself; what an instance shows in them is put together in the image. */
  #renderWide(
    meshes: readonly LabelMesh[],
    { plan, camera, wide }: View & Readonly<{ wide: WideView }>,
    reads: PixelReads,
  ): Arriving<readonly Silhouette[]> {
    const arriving = wide.guardFaces.faces.map((face) => {
      const seen = planOfFace(plan, face);
      const nearer = fromNearer(seen);
      camera.setPlan(nearer);
      const { width, height } = face.sourceSize;
      const subjects = subjectsWithin(meshes, { plan: nearer, camera }, [0, 0, width, height]);
      const drawn = this.#drawAlone(subjects, {
        camera,
        reads,
        seenBy: seen.camera,
        rays: { by: 'range', of: (tiles, atlas) => raysOfFace(tiles, atlas, face) },
      });
      return { face, drawn };
    });
    return () => {
      const whole = new WideSilhouettes(wide.guard, plan.camera.intrinsics);
      for (const { face, drawn } of arriving) {
        for (const { item, mask } of drawn()) whole.add({ ...item, mask }, face);
      }
      return whole.finish();
    };
  }

  #drawAlone(subjects: readonly Subject[], look: Look): Arriving<readonly Drawn[]> {
    const limit = this.#renderer.capabilities.maxTextureSize;
    for (const { tile, instanceId } of subjects) refuseLargerThan(limit, tile, instanceId);
    const atlases = packTiles(
      subjects.map((subject) => ({ ...subject, width: subject.tile[2], height: subject.tile[3] })),
      Math.min(limit, ATLAS_PIXELS),
    );
    const arriving = atlases.map(({ width, height, tiles }) => {
      const size = { width, height };
      const target = this.#atlas.take(size, 'atlas', createAtlas);
      this.#draw(tiles, { target, size, look, rays: this.#raysOf(tiles, size, look) });
      return this.#read(tiles, { target, size, reads: look.reads });
    });
    return () => arriving.flatMap((drawn) => drawn());
  }

  #raysOf(
    tiles: readonly PackedTile<Subject>[],
    atlas: TargetSize,
    { rays }: Look,
  ): AskedRays | null {
    if (rays === null) return null;
    const { by, of } = rays;
    return { texture: this.#rays[by].fill(of(tiles, atlas), atlas), by };
  }

  #draw(
    tiles: readonly PackedTile<Subject>[],
    {
      target,
      size,
      look: { camera, seenBy },
      rays,
    }: Readonly<{
      target: WebGLRenderTarget;
      size: TargetSize;
      look: Look;
      rays: AskedRays | null;
    }>,
  ): void {
    const renderer = this.#renderer;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    const placed = tiles.flatMap(({ x, y, item: { tile: inImage, clipped, meshes } }) =>
      // What sticks out of its tile would be drawn far around it, were it not for a scissor of its own.
      meshes.map((mesh) => ({
        mesh,
        tile: { inImage, inTarget: [x, y] as const },
        alone: clipped,
      })),
    );
    const scene = createLabelScene(placed, {
      purpose: 'silhouette',
      view: { camera: seenBy, target: size, ...(rays && { rays }) },
      camera,
      groupDraws: groupByKey,
      beforeDraw: (draws) => gl.scissor(...around(draws)),
    });
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.setClearColor(0, 0);
    renderer.clear(true, false, false);
    target.scissorTest = true;
    renderer.setRenderTarget(target);
    // three.js keeps its own idea of the scissor box, which the tiles' boxes pass by.
    const box = gl.getParameter(gl.SCISSOR_BOX) as Int32Array;
    renderer.render(scene, camera);
    gl.scissor(box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0);
    target.scissorTest = false;
    renderer.setRenderTarget(target);
  }

  #read(
    tiles: readonly PackedTile<Subject>[],
    {
      target,
      size: { width },
      reads,
    }: Readonly<{ target: WebGLRenderTarget; size: TargetSize; reads: PixelReads }>,
  ): Arriving<readonly Drawn[]> {
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    this.#renderer.setRenderTarget(target);
    const rows = Math.max(...tiles.map(({ y, height }) => y + height));
    const type = gl.UNSIGNED_BYTE;
    const narrow =
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_FORMAT) === gl.RED &&
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_TYPE) === type;
    const stride = narrow ? 1 : 4;
    const bytes = new Uint8Array(width * rows * stride);
    // Rows of single bytes stand side by side; the default pads them to multiples of four.
    gl.pixelStorei(gl.PACK_ALIGNMENT, 1);
    reads.read({ width, height: rows }, { format: narrow ? gl.RED : gl.RGBA, type }, bytes);
    gl.pixelStorei(gl.PACK_ALIGNMENT, 4);
    return () =>
      tiles.map(({ x, y, item }) => {
        const cut = { x, y, width: item.tile[2], height: item.tile[3] };
        return { item, mask: cutTile(bytes, cut, { width, stride }) };
      });
  }
}

function createAtlas({ width, height }: TargetSize): WebGLRenderTarget {
  return new WebGLRenderTarget(width, height, {
    format: RedFormat,
    type: UnsignedByteType,
    internalFormat: 'R8',
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    generateMipmaps: false,
  });
}

/** Around all tiles in the target: x, y, width and height. */
function around(draws: readonly PlacedDraw[]): Rect {
  const tiles = draws.flatMap(({ tile }) => (tile ? [tile] : []));
  const left = Math.min(...tiles.map(({ inTarget: [x] }) => x));
  const top = Math.min(...tiles.map(({ inTarget: [, y] }) => y));
  const right = Math.max(...tiles.map(({ inTarget: [x], inImage }) => x + inImage[2]));
  const bottom = Math.max(...tiles.map(({ inTarget: [, y], inImage }) => y + inImage[3]));
  return [left, top, right - left, bottom - top];
}

/** A silhouette where its tile is in the image, or looked up there through a lens that bends. */
function inImage({ item: { instanceId, tile, clipped, bent }, mask }: Drawn): Silhouette {
  if (bent === undefined) return { instanceId, tile, mask, clipped };
  const { imageTile, cells } = bent;
  const seen = Uint8Array.from(cells, (cell) => (cell < 0 ? 0 : (mask[cell] ?? 0)));
  return { instanceId, tile: imageTile, mask: seen, clipped };
}

/** [height, width, 4]: the rays of a face, where its tiles are in an atlas. */
function raysOfFace(
  tiles: readonly PackedTile<Subject>[],
  { width, height }: TargetSize,
  { sourceSize, rays }: RayFace,
): Float32Array {
  const asked = new Float32Array(width * height * 4);
  for (const { x, y, item } of tiles) {
    const [left, top, across, down] = item.tile;
    for (let row = 0; row < down; row++) {
      const from = ((top + row) * sourceSize.width + left) * 4;
      asked.set(rays.subarray(from, from + across * 4), ((y + row) * width + x) * 4);
    }
  }
  return asked;
}

/** [height, width, 2]: the rays that the pixels of an atlas are asked for, through a lens that bends. */
function askedRays(
  tiles: readonly PackedTile<Subject>[],
  { width, height }: TargetSize,
  guard: BentGuard,
): Float32Array {
  const rays = new Float32Array(width * height * 2).fill(NO_RAY);
  for (const { x, y, item } of tiles) {
    if (item.bent === undefined) continue;
    const { imageTile, cells } = item.bent;
    for (const [at, cell] of cells.entries()) {
      if (cell < 0) continue;
      const column = x + (cell % item.tile[2]);
      const row = y + Math.floor(cell / item.tile[2]);
      const to = (row * width + column) * 2;
      // Beside the image two pixels may look through one of the source: the first has its say.
      if ((rays[to] ?? 0) < NO_RAY / 2) continue;
      const [u, v] = [at % imageTile[2], Math.floor(at / imageTile[2])];
      const [rayX, rayY] = guard.rayOf(imageTile[0] + u, imageTile[1] + v);
      rays[to] = rayX;
      rays[to + 1] = rayY;
    }
  }
  return rays;
}

/** Meshes by instance, with the tile around their projected bounds, cut off at the guard band. */
function subjectsOf(
  meshes: readonly LabelMesh[],
  { plan, camera, bent }: View,
  bentGuard: BentGuard | null,
): readonly Subject[] {
  const guard = guardBandOf(plan.size, plan.labels.silhouettes?.guardBand ?? 0);
  if (!bentGuard) return subjectsWithin(meshes, { plan, camera }, guard);
  return byInstance(meshes).flatMap(([instanceId, own]) => {
    const found = bentGuard.tileOf(extentsOf(own, { plan: bent?.plan ?? plan, camera }));
    if (found === null) return [];
    const { imageTile, cells, tile, clipped } = found;
    return [{ instanceId, meshes: own, tile, clipped, bent: { imageTile, cells } }];
  });
}

/** Meshes by instance, with the tile around their projected bounds, cut off at a rectangle. */
function subjectsWithin(
  meshes: readonly LabelMesh[],
  view: View,
  limits: Rect,
): readonly Subject[] {
  return byInstance(meshes).flatMap(([instanceId, own]) => {
    const rect = clampRect(extentsOf(own, view), limits);
    return rect === null ? [] : [{ instanceId, meshes: own, ...rect }];
  });
}

function byInstance(meshes: readonly LabelMesh[]): readonly (readonly [number, LabelMesh[]])[] {
  const found = new Map<number, LabelMesh[]>();
  for (const mesh of meshes) {
    if (mesh.instanceId === 0) continue;
    found.set(mesh.instanceId, [...(found.get(mesh.instanceId) ?? []), mesh]);
  }
  return [...found];
}

const extentsOf = (meshes: readonly LabelMesh[], { plan, camera }: View): readonly Extent[] =>
  meshes.map(({ geometry, matrixWorld }) =>
    projectBox(cornersOf(geometry), { camera, matrixWorld, plan }),
  );

function cornersOf(geometry: LabelMesh['geometry']): readonly Vector3[] {
  const { boundingBox } = geometry;
  if (boundingBox === null) throw new RangeError('expected a geometry with a bounding box');
  const { min, max } = boundingBox;
  return Array.from(
    { length: 8 },
    (_, i) => new Vector3(i & 1 ? max.x : min.x, i & 2 ? max.y : min.y, i & 4 ? max.z : min.z),
  );
}

function refuseLargerThan(limit: number, [, , width, height]: Rect, instanceId: number): void {
  if (width <= limit && height <= limit) return;
  throw new RenderError(
    'unsupported',
    `instance ${instanceId}: its silhouette takes ${width}×${height} pixels, and this GPU's limit is ${limit}. Lower labels.guardBand.`,
  );
}

type Cut = Readonly<{ x: number; y: number; width: number; height: number }>;

/** Rows of the atlas grow downwards like the image's: the shader turns them over. */
function cutTile(
  bytes: Uint8Array,
  cut: Cut,
  { width, stride }: Readonly<{ width: number; stride: number }>,
): Uint8Array {
  const mask = new Uint8Array(cut.width * cut.height);
  for (let row = 0, to = 0; row < cut.height; row++) {
    let from = ((cut.y + row) * width + cut.x) * stride;
    for (let column = 0; column < cut.width; column++, from += stride) {
      mask[to++] = (bytes[from] ?? 0) > 0 ? 1 : 0;
    }
  }
  return mask;
}
