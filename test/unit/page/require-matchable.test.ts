import {
  AdditiveBlending,
  BoxGeometry,
  Float32BufferAttribute,
  GreaterDepth,
  Mesh,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  NoBlending,
  Plane,
  RawShaderMaterial,
  ShadowMaterial,
  Texture,
  Vector3,
  type Material,
} from 'three';
import { describe, expect, it } from 'vitest';
import { requireMatchable } from '#page/passes/require-matchable';
import { RenderError } from '#shared/core/errors';

const standard = (parameters: ConstructorParameters<typeof MeshStandardMaterial>[0] = {}) =>
  new MeshStandardMaterial(parameters);

function meshOf(material: Material): Mesh {
  const geometry = new BoxGeometry();
  const corners = geometry.getAttribute('position').count;
  geometry.setAttribute('color', new Float32BufferAttribute(new Float32Array(corners * 4), 4));
  const mesh = new Mesh(geometry, material);
  mesh.name = 'crate';
  return mesh;
}

describe('requireMatchable', () => {
  it.each<[string, Material]>([
    ['a displacement map', standard({ displacementMap: new Texture() })],
    ['a custom shader material', new RawShaderMaterial()],
    ['a wireframe', standard({ wireframe: true })],
    ['hashed transparency', standard({ alphaHash: true })],
    ['alpha to coverage', standard({ alphaToCoverage: true })],
    ['a switched-off depth test', standard({ depthTest: false })],
    ['a depth function of its own', standard({ depthFunc: GreaterDepth })],
    ['a stencil', standard({ stencilWrite: true })],
    ['a blending of its own', standard({ blending: AdditiveBlending })],
    ['a blending of its own', standard({ blending: NoBlending, transparent: true })],
    ['a material of shadows alone', new ShadowMaterial()],
    ['a switched-off colour', standard({ colorWrite: false })],
    ['a switched-off depth buffer on an opaque surface', standard({ depthWrite: false })],
    ['opacity by vertex', standard({ vertexColors: true, transparent: true })],
    ['opacity by vertex', standard({ vertexColors: true, alphaTest: 0.5 })],
  ])('refuses %s by name', (name, material) => {
    const refused = (): void => requireMatchable(meshOf(material), material);
    expect(refused).toThrow(RenderError);
    expect(refused).toThrow(
      `"crate" uses ${name}, which labels cannot match exactly. Remove it from the asset or scene.`,
    );
  });

  it.each<[string, Material]>([
    ['an opaque surface', standard()],
    ['a cut-out', standard({ alphaTest: 0.5 })],
    // As GLTFLoader makes `alphaMode: BLEND`.
    ['a blended surface', standard({ transparent: true, depthWrite: false })],
    ['glass', new MeshPhysicalMaterial({ transmission: 1 })],
    ['colours by vertex', standard({ vertexColors: true })],
    ['no blending', standard({ blending: NoBlending })],
    ['clipping planes', standard({ clippingPlanes: [new Plane(new Vector3(0, 1, 0))] })],
    ['a polygon offset', standard({ polygonOffset: true, polygonOffsetFactor: 1 })],
  ])('takes %s', (_, material) => {
    expect(() => requireMatchable(meshOf(material), material)).not.toThrow();
  });
});
