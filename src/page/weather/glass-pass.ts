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
import { PRECISE } from '../passes/precision.ts';
import { TargetShelf } from '../sensor/target-shelf.ts';
import {
  COPY_FRAGMENT_SHADER,
  DISC_FRAGMENT_SHADER,
  DISC_VERTEX_SHADER,
  THROUGH_FRAGMENT_SHADER,
} from './glass-shader.ts';

/** Discs on the glass as the page draws them: no opacity is a drop. */
type Discs = Readonly<{
  discs: readonly Readonly<{ at: readonly [number, number]; radius: number; bend?: number }>[];
  speck: readonly [number, number, number, number];
}>;

/** Drops and dirt on the glass before the lens: radiance of a pinhole in, radiance out. In colour alone. */
export class GlassPass {
  readonly #renderer: WebGLRenderer;
  readonly #shelf = new TargetShelf();
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
  #levels: WebGLRenderTarget | null = null;

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
    const wet = this.#pass(plan, radiance, { discs: drops, speck: [0, 0, 0, 0] });
    if (dirt === null || dirt.opacity === 0) return wet;
    return this.#pass(plan, wet, { discs: dirt.specks, speck: [...dirt.color, dirt.opacity] });
  }

  #setView({ size, camera }: FramePlan, { pupil }: PlanGlass): void {
    const { fx, fy, cx, cy } = camera.intrinsics;
    this.#uniforms.size.value.set(size.width, size.height);
    this.#uniforms.focal.value.set(fx, fy);
    this.#uniforms.centre.value.set(cx, size.height - cy);
    this.#uniforms.pupil.value = pupil;
  }

  #pass({ size }: FramePlan, radiance: Texture, { discs, speck }: Discs): Texture {
    if (discs.length === 0) return radiance;
    const renderer = this.#renderer;
    this.#uniforms.scene.value = this.#withLevels(size, radiance);
    this.#uniforms.speck.value.set(...speck);
    this.#mesh.geometry.dispose();
    this.#mesh.geometry = geometryOf(discs);
    const taken = this.#shelf.take('taken', { ...size, type: HalfFloatType });
    renderer.autoClear = true;
    renderer.setClearColor(0, 0);
    renderer.setRenderTarget(taken);
    renderer.render(this.#scene, this.#camera);
    const { uniforms } = this.#through;
    uniforms.radiance.value = radiance;
    uniforms.taken.value = taken.texture;
    const name = speck[3] > 0 ? 'dirty' : 'wet';
    const target = this.#shelf.take(name, { ...size, type: HalfFloatType });
    this.#through.draw(renderer, target);
    return target.texture;
  }

  /** The picture with its mip levels. */
  #withLevels({ width, height }: FramePlan['size'], radiance: Texture): Texture {
    if (this.#levels?.width !== width || this.#levels.height !== height) {
      this.#levels?.dispose();
      this.#levels = new WebGLRenderTarget(width, height, {
        type: HalfFloatType,
        depthBuffer: false,
        generateMipmaps: true,
        minFilter: LinearMipmapLinearFilter,
        magFilter: LinearFilter,
      });
    }
    this.#copy.uniforms.radiance.value = radiance;
    this.#copy.draw(this.#renderer, this.#levels);
    return this.#levels.texture;
  }
}

function geometryOf(discs: Discs['discs']): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const corners = new Float32Array([-1, -1, 1, -1, 1, 1, -1, -1, 1, 1, -1, 1]);
  geometry.setAttribute('corner', new BufferAttribute(corners, 2));
  const values = new Float32Array(discs.length * 4);
  discs.forEach(({ at, radius, bend = 0 }, i) => values.set([...at, radius, bend], i * 4));
  geometry.setAttribute('disc', new InstancedBufferAttribute(values, 4));
  geometry.setDrawRange(0, 6);
  geometry.instanceCount = discs.length;
  return geometry;
}
