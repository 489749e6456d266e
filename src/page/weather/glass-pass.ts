import {
  BufferAttribute,
  CustomBlending,
  GLSL3,
  HalfFloatType,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  OneFactor,
  OrthographicCamera,
  RawShaderMaterial,
  Scene,
  Vector2,
  Vector4,
  WebGLRenderTarget,
  type Texture,
  type WebGLRenderer,
} from 'three';
import type { FramePlan } from '#shared/plan/frame-plan';
import type { PlanGlass } from '#shared/plan/weather-plan';
import { FullScreen } from '../passes/full-screen.ts';
import { InTurn } from '../passes/in-turn.ts';
import { PRECISE } from '../passes/precision.ts';
import { TargetShelf } from '../sensor/target-shelf.ts';
import {
  COPY_FRAGMENT_SHADER,
  DISC_FRAGMENT_SHADER,
  DISC_VERTEX_SHADER,
  THROUGH_FRAGMENT_SHADER,
} from './glass-shader.ts';

/** Targets for pictures of one size. */
type Targets = Readonly<{
  bytes: number;
  shelf: TargetShelf;
  levels: WebGLRenderTarget;
  dispose: () => void;
}>;

/** Of each of three targets without mip levels and one with them, half floats. */
const BYTES_PER_PIXEL = (3 + 4 / 3) * 8;

/** Discs on the glass as the page draws them: no opacity is a drop. */
type Discs = Readonly<{
  discs: readonly Readonly<{ at: readonly [number, number]; radius: number; bend?: number }>[];
  speck: readonly [number, number, number, number];
}>;

/** Drops and dirt on the glass before the lens: radiance of a pinhole in, radiance out. In colour alone. */
export class GlassPass {
  readonly #renderer: WebGLRenderer;
  readonly #targets = new InTurn<Targets>();
  readonly #copy = new FullScreen(COPY_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
  });
  readonly #through = new FullScreen(THROUGH_FRAGMENT_SHADER, {
    radiance: { value: null as Texture | null },
    taken: { value: null as Texture | null },
  });
  readonly #uniforms = {
    scene: { value: null as Texture | null },
    size: { value: new Vector2() },
    focal: { value: new Vector2() },
    centre: { value: new Vector2() },
    pupil: { value: 1 },
    speck: { value: new Vector4() },
  };
  readonly #mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: DISC_VERTEX_SHADER,
      fragmentShader: PRECISE + DISC_FRAGMENT_SHADER,
      uniforms: this.#uniforms,
      depthTest: false,
      depthWrite: false,
      transparent: true,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneFactor,
    });
    this.#mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.#mesh.frustumCulled = false;
    this.#scene.add(this.#mesh);
  }

  /** The radiance behind the glass: dirt lies before drops. Valid until the next call. */
  render(plan: FramePlan, radiance: Texture): Texture {
    const glass = plan.weather?.glass;
    if (glass === undefined) return radiance;
    this.#setView(plan, glass);
    const { drops, dirt } = glass;
    const targets = this.#targetsOf(plan);
    const wet = this.#pass(targets, radiance, { discs: drops, speck: [0, 0, 0, 0] });
    if (dirt === null || dirt.opacity === 0) return wet;
    return this.#pass(targets, wet, { discs: dirt.specks, speck: [...dirt.color, dirt.opacity] });
  }

  #setView({ size, camera }: FramePlan, { pupil }: PlanGlass): void {
    const { fx, fy, cx, cy } = camera.intrinsics;
    this.#uniforms.size.value.set(size.width, size.height);
    this.#uniforms.focal.value.set(fx, fy);
    this.#uniforms.centre.value.set(cx, size.height - cy);
    this.#uniforms.pupil.value = pupil;
  }

  #pass({ shelf, levels }: Targets, radiance: Texture, { discs, speck }: Discs): Texture {
    if (discs.length === 0) return radiance;
    const renderer = this.#renderer;
    this.#copy.uniforms.radiance.value = radiance;
    this.#copy.draw(renderer, levels);
    this.#uniforms.scene.value = levels.texture;
    const wish = { width: levels.width, height: levels.height, type: HalfFloatType };
    this.#uniforms.speck.value.set(...speck);
    this.#setDiscs(discs);
    const taken = shelf.take('taken', wish);
    renderer.autoClear = true;
    renderer.setClearColor(0, 0);
    renderer.setRenderTarget(taken);
    renderer.render(this.#scene, this.#camera);
    const { uniforms } = this.#through;
    uniforms.radiance.value = radiance;
    uniforms.taken.value = taken.texture;
    const name = speck[3] > 0 ? 'dirty' : 'wet';
    const target = shelf.take(name, wish);
    this.#through.draw(renderer, target);
    return target.texture;
  }

  /** Discs in the buffer of those before them, while it has room for as many. */
  #setDiscs(discs: Discs['discs']): void {
    const { geometry } = this.#mesh;
    const kept = geometry.getAttribute('disc') as InstancedBufferAttribute | undefined;
    if (kept === undefined || kept.count < discs.length) {
      geometry.dispose();
      this.#mesh.geometry = createDiscs(2 ** Math.ceil(Math.log2(discs.length)));
    }
    const places = this.#mesh.geometry.getAttribute('disc') as InstancedBufferAttribute;
    for (const [i, { at, radius, bend = 0 }] of discs.entries())
      places.setXYZW(i, ...at, radius, bend);
    places.needsUpdate = true;
    this.#mesh.geometry.instanceCount = discs.length;
  }

  /** Exactly as large as the picture, which has its mip levels by its size. */
  #targetsOf({ size: { width, height }, views = 1 }: FramePlan): Targets {
    return this.#targets.of(JSON.stringify([width, height]), views, (old) => {
      old?.dispose();
      const levels = new WebGLRenderTarget(width, height, {
        type: HalfFloatType,
        depthBuffer: false,
        generateMipmaps: true,
        minFilter: LinearMipmapLinearFilter,
        magFilter: LinearFilter,
      });
      const shelf = new TargetShelf();
      return {
        bytes: width * height * BYTES_PER_PIXEL,
        shelf,
        levels,
        dispose: () => {
          shelf.dispose();
          levels.dispose();
        },
      };
    });
  }
}

/** A square for each of so many discs, without their places. */
function createDiscs(count: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const corners = new Float32Array([-1, -1, 1, -1, 1, 1, -1, -1, 1, 1, -1, 1]);
  geometry.setAttribute('corner', new BufferAttribute(corners, 2));
  geometry.setAttribute('disc', new InstancedBufferAttribute(new Float32Array(count * 4), 4));
  geometry.setDrawRange(0, 6);
  return geometry;
}
