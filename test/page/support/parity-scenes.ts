/** A scene of which colour shows exactly what labels say, as statements that add to `root`. */
export type ParityScene = Readonly<{
  name: string;
  build: string;
  /** More YAML for the config. */
  config?: string;
  farMeters?: number;
}>;

/**
 * What the statements of a scene may use. An object is named after the colour in which it is drawn, so that
 * colour alone tells whose pixel it is: `white` has no label. Copies of an instanced mesh are red, green, …
 * in their order.
 */
export const PARITY_PRELUDE = `
import * as THREE from 'three';
import { defineScene } from 'diorama/scene';
const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
function colorOf(name) {
  const code = COLORS.indexOf(name);
  return new THREE.Color().setRGB(code & 1, (code >> 1) & 1, (code >> 2) & 1);
}
/** Unlit. */
const flat = (color, options = {}) => new THREE.MeshBasicMaterial({ color: colorOf(color), ...options });
/** Lit, but black, so that what it sends out is nearly all that is seen. */
const lit = (Kind, color, options = {}) =>
  new Kind({ color: 0, emissive: colorOf(color), ...options });
const turned = (object, x, y, z) => (object.rotation.set(x, y, z), object);
const at = (object, x, y, z) => (object.position.set(x, y, z), object);
/** Alpha bytes of a square texture, looked up without a filter unless told otherwise. */
function alphaTexture(side, alphaOf, filter = THREE.NearestFilter) {
  const bytes = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const alpha = alphaOf(i % side, Math.floor(i / side));
    bytes.set([255, alpha, 255, alpha], i * 4);
  }
  const texture = new THREE.DataTexture(bytes, side, side);
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.magFilter = filter;
  texture.minFilter = filter;
  texture.needsUpdate = true;
  return texture;
}
const whiteTexture = (alphaOf) => {
  const texture = alphaTexture(8, alphaOf);
  for (let i = 1; i < texture.image.data.length; i += 4) texture.image.data[i] = 255;
  return texture;
};
/** Heights of 8×8 texels of one byte. */
function heightTexture(heightOf = (x, y) => (x * 37 + y * 91) % 256, filter = THREE.LinearFilter) {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => heightOf(i % 8, i >> 3));
  const texture = new THREE.DataTexture(bytes, 8, 8, THREE.RedFormat);
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.magFilter = filter;
  texture.needsUpdate = true;
  return texture;
}
const speckle = (x, y) => ((x * 7 + y * 13 + x * y * 5) % 3 === 0 ? 40 : 230);
`;

/** The scene as a TypeScript module. */
export function parityModule({ name, build }: ParityScene): string {
  return `${PARITY_PRELUDE}
export const scene = defineScene({ name: ${JSON.stringify(name)}, build: () => {
  const root = new THREE.Group();
  root.name = 'root';
  const add = (name, object, parent = root) => {
    object.name = name;
    if (!name.startsWith('white')) object.userData.category = 'thing';
    parent.add(object);
    return object;
  };
  ${build}
  return root;
} });
`;
}

/** Geometry of every kind, and every way of cutting it. */
export const PARITY_SCENES: readonly ParityScene[] = [
  {
    name: 'opaque shapes that hide and cut one another',
    build: `
      add('red', turned(new THREE.Mesh(new THREE.BoxGeometry(0.9, 0.5, 0.7), flat('red')), 0.4, 0.5, 0.1));
      add('green', at(new THREE.Mesh(new THREE.SphereGeometry(0.35, 14, 9), flat('green')), 0.3, 0.2, 0.2));
      add('blue', at(new THREE.Mesh(new THREE.TorusKnotGeometry(0.25, 0.07, 60, 8), flat('blue')), -0.35, -0.35, 0.4));
      add('white', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(0.3, 1.5), flat('white')), 0.1, 0, 0.7), 0, 0.3, 0.7));`,
  },
  {
    name: 'lit materials of every kind',
    build: `
      const kinds = [THREE.MeshStandardMaterial, THREE.MeshPhysicalMaterial, THREE.MeshLambertMaterial, THREE.MeshPhongMaterial, THREE.MeshToonMaterial];
      ['red', 'green', 'yellow', 'blue', 'magenta'].forEach((color, i) =>
        add(color, turned(at(new THREE.Mesh(new THREE.BoxGeometry(0.3, 0.4, 0.3), lit(kinds[i], color)), 0.35 * (i - 2), 0.1 * i - 0.2, 0), 0.3, i, 0.2)));`,
  },
  {
    name: 'alpha mask',
    build: `
      const map = whiteTexture(speckle);
      map.repeat.set(1.5, 0.75);
      map.rotation = 0.4;
      add('red', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(1.4, 1.2), flat('red', { map, alphaTest: 0.5 })), 0, 0, 0.2), 0.3, -0.4, 0.2));
      add('green', turned(new THREE.Mesh(new THREE.BoxGeometry(0.8, 0.8, 0.2), flat('green')), 0.1, 0.2, 0.3));`,
  },
  {
    name: 'alpha mask of a map and an alpha map',
    build: `
      const map = whiteTexture((x, y) => ((x + y) % 2 ? 200 : 255));
      const alphaMap = alphaTexture(8, speckle);
      alphaMap.offset.set(0.3, 0.1);
      add('red', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(1.4, 1.2), flat('red', { map, alphaMap, alphaTest: 0.3 })), 0, 0, 0.2), 0.3, -0.4, 0.2));
      add('green', new THREE.Mesh(new THREE.BoxGeometry(0.8, 0.8, 0.2), flat('green')));`,
  },
  {
    name: 'alpha mask on the second texture coordinates',
    build: `
      const map = whiteTexture(speckle);
      map.channel = 1;
      const geometry = new THREE.PlaneGeometry(1.4, 1.2);
      const uv = geometry.getAttribute('uv');
      geometry.setAttribute('uv1', new THREE.Float32BufferAttribute(Array.from(uv.array, (v, i) => 0.5 * v + 0.1 * (i % 2)), 2));
      add('red', turned(new THREE.Mesh(geometry, flat('red', { map, alphaTest: 0.5 })), 0.2, -0.3, 0.1));`,
  },
  {
    name: 'alpha mask with a linear filter',
    build: `
      const map = alphaTexture(8, (x, y) => ((x + y) % 2 ? 0 : 255), THREE.LinearFilter);
      for (let i = 1; i < map.image.data.length; i += 4) map.image.data[i] = 255;
      add('red', turned(new THREE.Mesh(new THREE.PlaneGeometry(1.4, 1.2), flat('red', { map, alphaTest: 0.45 })), 0.2, -0.3, 0.1));`,
  },
  {
    name: 'alpha mask with mip levels, seen aslant',
    build: `
      const map = whiteTexture((x, y) => (((x >> 1) + (y >> 1)) % 2 ? 0 : 255));
      Object.assign(map, { minFilter: THREE.LinearMipmapLinearFilter, magFilter: THREE.LinearFilter, generateMipmaps: true });
      map.repeat.set(3, 3);
      add('red', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(1.4, 1.2), flat('red', { map, alphaTest: 0.45 })), 0, 0, 0.2), 0.3, -0.9, 0.2));
      add('green', at(new THREE.Mesh(new THREE.BoxGeometry(0.8, 0.8, 0.2), flat('green')), 0, 0, -2));`,
  },
  {
    name: 'blended surfaces, above and below the threshold',
    build: `
      add('blue', turned(at(new THREE.Mesh(new THREE.BoxGeometry(1.2, 0.4, 0.2), flat('blue')), 0, 0, -0.4), 0, 0.2, 0.4));
      add('red', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(0.5, 1), flat('red', { transparent: true, opacity: 0.8 })), -0.5, 0, 0.1), 0.1, 0.2, 0.1));
      add('green', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(0.5, 1), flat('green', { transparent: true, opacity: 0.2 })), 0, 0, 0.1), 0.1, 0.2, 0.1));
      const map = whiteTexture(speckle);
      add('yellow', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(0.5, 1), flat('yellow', { transparent: true, map, depthWrite: false })), 0.5, 0, 0.1), 0.1, 0.2, 0.1));`,
  },
  {
    name: 'blended and masked at once',
    build: `
      const map = whiteTexture((x, y) => [20, 90, 240][(x + 2 * y) % 3]);
      add('blue', at(new THREE.Mesh(new THREE.BoxGeometry(1.2, 0.4, 0.2), flat('blue')), 0, 0, -0.4));
      add('red', turned(new THREE.Mesh(new THREE.PlaneGeometry(1, 1), flat('red', { transparent: true, map, alphaTest: 0.2 })), 0.1, 0.2, 0.1));`,
  },
  {
    name: 'transmissive glass',
    build: `
      add('red', at(new THREE.Mesh(new THREE.BoxGeometry(1.2, 0.3, 0.2), flat('red')), 0, 0, -0.3));
      add('green', at(new THREE.Mesh(new THREE.SphereGeometry(0.4, 16, 10), lit(THREE.MeshPhysicalMaterial, 'green', { transmission: 1, thickness: 0.1 })), 0.1, 0.1, 0.3));`,
  },
  {
    name: 'front, back and both sides',
    build: `
      const tube = () => new THREE.CylinderGeometry(0.2, 0.28, 0.7, 11, 1, true);
      add('red', turned(at(new THREE.Mesh(tube(), flat('red')), -0.55, 0, 0), 0.7, 0, 0.2));
      add('green', turned(at(new THREE.Mesh(tube(), flat('green', { side: THREE.BackSide })), 0, 0, 0), 0.7, 0, 0.2));
      add('blue', turned(at(new THREE.Mesh(tube(), flat('blue', { side: THREE.DoubleSide })), 0.55, 0, 0), 0.7, 0, 0.2));`,
  },
  {
    name: 'mirrored by a negative scale',
    build: `
      const tube = () => new THREE.CylinderGeometry(0.15, 0.28, 0.7, 11, 1, true);
      const mirror = at(new THREE.Group(), -0.5, 0, 0);
      mirror.name = 'mirror';
      mirror.scale.set(-1, 1, 1);
      root.add(mirror);
      add('red', turned(new THREE.Mesh(tube(), flat('red')), 0.7, 0, 0.3), mirror);
      const twice = turned(at(new THREE.Mesh(tube(), flat('green')), -0.6, 0, 0), 0.7, 0, 0.3);
      twice.scale.set(1, -1, 1);
      add('green', twice, mirror);
      const all = turned(at(new THREE.Mesh(tube(), flat('blue', { side: THREE.BackSide })), 0.6, 0, 0), 0.7, 0, 0.3);
      all.scale.set(-1, -1, -1);
      add('blue', all);`,
  },
  {
    name: 'a skinned mesh',
    build: `
      const geometry = new THREE.CylinderGeometry(0.12, 0.2, 1, 9, 8);
      const { count } = geometry.getAttribute('position');
      const [indices, weights] = [[], []];
      for (let i = 0; i < count; i++) {
        const share = geometry.getAttribute('position').getY(i) + 0.5;
        indices.push(0, 1, 0, 0);
        weights.push(1 - share, share, 0, 0);
      }
      geometry.setAttribute('skinIndex', new THREE.Uint16BufferAttribute(indices, 4));
      geometry.setAttribute('skinWeight', new THREE.Float32BufferAttribute(weights, 4));
      const mesh = new THREE.SkinnedMesh(geometry, flat('red'));
      const [hip, knee] = [new THREE.Bone(), new THREE.Bone()];
      hip.name = 'hip';
      knee.name = 'knee';
      hip.position.y = -0.5;
      knee.position.y = 0.5;
      mesh.add(hip.add(knee));
      mesh.updateMatrixWorld(true);
      mesh.bind(new THREE.Skeleton([hip, knee]));
      knee.rotation.set(0.3, 0.2, 1.2);
      add('red', turned(mesh, 0.3, 0.2, 0.2));
      add('green', at(new THREE.Mesh(new THREE.SphereGeometry(0.2, 9, 7), flat('green')), -0.3, 0.1, 0.2));`,
  },
  {
    name: 'a skinned mesh whose bone a frame moves out of its bounds',
    build: `
      const geometry = new THREE.BoxGeometry(0.3, 0.3, 0.3);
      const { count } = geometry.getAttribute('position');
      geometry.setAttribute('skinIndex', new THREE.Uint16BufferAttribute(new Array(count * 4).fill(0), 4));
      geometry.setAttribute('skinWeight', new THREE.Float32BufferAttribute(Array.from({ length: count * 4 }, (_, i) => (i % 4 ? 0 : 1)), 4));
      const mesh = new THREE.SkinnedMesh(geometry, flat('red'));
      const bone = new THREE.Bone();
      bone.name = 'bone';
      mesh.add(bone);
      mesh.updateMatrixWorld(true);
      mesh.bind(new THREE.Skeleton([bone]));
      mesh.computeBoundingSphere();
      add('red', at(mesh, 4, 0, 0));`,
    config: 'nodes: { bone: { offsetMeters: [-4, 0, 0] } }',
  },
  {
    name: 'a morphed mesh',
    build: `
      const geometry = new THREE.SphereGeometry(0.4, 12, 8);
      const position = geometry.getAttribute('position');
      const moved = (f) => new THREE.Float32BufferAttribute(Array.from({ length: position.count }, (_, i) => f(position.getX(i), position.getY(i), position.getZ(i))).flat(), 3);
      geometry.morphAttributes.position = [moved((x, y, z) => [x * 2, y * 0.5, z]), moved((x, y, z) => [x, y + 0.6 * x, z])];
      const mesh = new THREE.Mesh(geometry, flat('red'));
      mesh.morphTargetInfluences[0] = 0.4;
      mesh.morphTargetInfluences[1] = 0.7;
      add('red', turned(mesh, 0.2, 0.4, 0));`,
  },
  {
    name: 'an instanced mesh: an id for each copy',
    build: `
      const mesh = new THREE.InstancedMesh(new THREE.BoxGeometry(0.4, 0.3, 0.3), new THREE.MeshBasicMaterial(), 8);
      for (let i = 0; i < 4; i++) {
        const place = new THREE.Object3D();
        at(turned(place, 0.3 * i, 0.5 * i, 0.2), 0.3 * i - 0.5, 0.15 * i - 0.2, 0.1 * i);
        place.scale.setScalar(1 - 0.1 * i);
        place.updateMatrix();
        mesh.setMatrixAt(i, place.matrix);
        mesh.setColorAt(i, colorOf(COLORS[i + 1]));
      }
      mesh.count = 4;
      mesh.name = 'copies';
      mesh.userData.category = 'thing';
      root.add(mesh);`,
  },
  {
    name: 'displacement maps',
    build: `
      const material = (color, filter, more) => lit(THREE.MeshStandardMaterial, color, { displacementMap: heightTexture(undefined, filter), ...more });
      add('red', at(new THREE.Mesh(new THREE.SphereGeometry(0.3, 24, 14), material('red', THREE.LinearFilter, { displacementScale: 0.25, displacementBias: -0.05 })), -0.4, 0.1, 0));
      const ground = material('green', THREE.NearestFilter, { displacementScale: 0.4, side: THREE.DoubleSide });
      ground.displacementMap.repeat.set(0.6, 0.9);
      ground.displacementMap.rotation = 0.3;
      add('green', turned(at(new THREE.Mesh(new THREE.PlaneGeometry(1, 1, 9, 9), ground), 0.35, -0.1, -0.2), -0.9, 0.2, 0.1));
      // Moved out of the bounds that it had, and into the image.
      add('blue', at(new THREE.Mesh(new THREE.PlaneGeometry(0.3, 0.3), lit(THREE.MeshPhongMaterial, 'blue', { displacementMap: heightTexture(() => 255), displacementScale: 2.5 })), 0.1, 0.5, -2.5));
      const behind = turned(new THREE.Mesh(new THREE.PlaneGeometry(0.3, 0.3), lit(THREE.MeshLambertMaterial, 'magenta', { displacementMap: heightTexture(() => 255), displacementScale: -3 })), 0, Math.PI / 2, 0);
      behind.material.side = THREE.DoubleSide;
      add('magenta', at(turned(behind, 0, 1.2, 0), 3 * Math.sin(1.2) - 0.2, -0.55, 3 * Math.cos(1.2)));`,
  },
  {
    name: 'colours by vertex',
    build: `
      const geometry = new THREE.BoxGeometry(0.8, 0.5, 0.6);
      const { count } = geometry.getAttribute('position');
      geometry.setAttribute('color', new THREE.Float32BufferAttribute(Array.from({ length: count }, () => [1, 0, 0]).flat(), 3));
      add('red', turned(new THREE.Mesh(geometry, flat('white', { vertexColors: true })), 0.4, 0.5, 0.1));`,
  },
  {
    name: 'objects that cross the near plane',
    build: `
      add('red', at(turned(new THREE.Mesh(new THREE.PlaneGeometry(1, 5), flat('red', { side: THREE.DoubleSide })), -Math.PI / 2, 0.1, 0), -0.4, -0.5, 1));
      add('green', at(turned(new THREE.Mesh(new THREE.BoxGeometry(0.3, 0.3, 4), flat('green')), 0.05, -0.1, 0.2), 0.45, 0.35, 0.5));
      add('blue', at(new THREE.Mesh(new THREE.SphereGeometry(0.3, 12, 8), flat('blue')), 0, 0, 0.3));`,
  },
  {
    name: 'objects that cross the far plane',
    build: `
      add('red', at(turned(new THREE.Mesh(new THREE.PlaneGeometry(1.5, 6), flat('red', { side: THREE.DoubleSide })), -Math.PI / 2, 0.1, 0), 0, -0.5, -1));`,
    farMeters: 3,
  },
  {
    name: 'levels of detail',
    build: `
      [-0.5, 0, -6].forEach((z, i) => {
        const lod = new THREE.LOD();
        const color = ['red', 'green', 'blue'][i];
        const level = (detail) => {
          const mesh = new THREE.Mesh(new THREE.IcosahedronGeometry(0.35, detail), flat(color));
          mesh.name = color + '-' + detail;
          return mesh;
        };
        lod.addLevel(level(3), 0).addLevel(level(1), 2.2).addLevel(level(0), 6);
        add(color, at(lod, (i - 1) * (z < -5 ? 3 : 0.5), 0.2 * i, z));
      });`,
  },
  {
    name: 'a level of detail that a frame hides',
    build: `
      const lod = new THREE.LOD();
      const near = new THREE.Mesh(new THREE.BoxGeometry(0.4, 0.4, 0.4), flat('red'));
      near.name = 'near';
      lod.addLevel(near, 0).addLevel(new THREE.Mesh(new THREE.BoxGeometry(0.2, 0.2, 0.2), flat('red')), 5);
      add('red', turned(lod, 0.2, 0.3, 0));
      add('green', at(new THREE.Mesh(new THREE.BoxGeometry(0.8, 0.2, 0.2), flat('green')), 0, 0, -0.5));`,
    config: 'nodes: { near: { visible: false } }',
  },
  {
    name: 'layers that the camera does not see',
    build: `
      const hidden = new THREE.Mesh(new THREE.BoxGeometry(0.9, 0.9, 0.2), flat('red'));
      hidden.layers.set(1);
      add('red', hidden);
      add('green', at(new THREE.Mesh(new THREE.BoxGeometry(0.3, 0.3, 0.2), flat('green')), 0.2, 0.1, 0.2), hidden);
      const both = at(new THREE.Mesh(new THREE.BoxGeometry(0.3, 0.3, 0.2), flat('blue')), -0.4, 0, -0.5);
      both.layers.enable(3);
      add('blue', both);`,
  },
  {
    name: 'what is invisible: objects, materials, one of several materials',
    build: `
      const object = new THREE.Mesh(new THREE.BoxGeometry(0.4, 0.4, 0.4), flat('red'));
      object.visible = false;
      add('red', object);
      add('green', at(new THREE.Mesh(new THREE.BoxGeometry(0.4, 0.4, 0.4), flat('green', { visible: false })), 0.3, 0, 0));
      const sides = Array.from({ length: 6 }, (_, i) => flat('blue', { visible: i % 3 !== 1, side: THREE.DoubleSide }));
      add('blue', turned(new THREE.Mesh(new THREE.BoxGeometry(0.9, 0.7, 0.7), sides), 0.5, 0.6, 0));`,
  },
  {
    name: 'a range of a geometry, and groups of materials',
    build: `
      const part = new THREE.SphereGeometry(0.35, 12, 8);
      part.setDrawRange(30, 200);
      add('red', at(new THREE.Mesh(part, flat('red')), -0.4, 0, 0));
      const grouped = new THREE.BoxGeometry(0.5, 0.5, 0.5);
      grouped.clearGroups();
      grouped.addGroup(0, 12, 1);
      grouped.addGroup(18, Infinity, 0);
      add('green', turned(at(new THREE.Mesh(grouped, [flat('green'), flat('green', { side: THREE.BackSide })]), 0.4, 0, 0), 0.5, 0.4, 0.1));`,
  },
  {
    name: 'clipping planes: what lies behind any of them, or behind all',
    build: `
      const plane = (x, y, z, constant) => new THREE.Plane(new THREE.Vector3(x, y, z).normalize(), constant);
      const clippingPlanes = [plane(1, 0.5, 0.2, 0.4), plane(-0.3, -1, 0.4, 0.15)];
      add('red', turned(at(new THREE.Mesh(new THREE.BoxGeometry(0.6, 0.6, 0.6), flat('red', { clippingPlanes, side: THREE.DoubleSide })), -0.3, 0.1, 0), 0.4, 0.5, 0.1));
      add('green', at(new THREE.Mesh(new THREE.SphereGeometry(0.4, 16, 10), lit(THREE.MeshStandardMaterial, 'green', { clippingPlanes: [plane(-1, 0, -1, 0.2), plane(0, 1, 0, 0)], clipIntersection: true })), 0.35, 0.05, 0));
      add('white', at(new THREE.Mesh(new THREE.PlaneGeometry(2, 0.4), flat('white', { clippingPlanes: [plane(1, 0, 0, -0.1)] })), 0, 0, -0.6));`,
  },
  {
    name: 'decals that a polygon offset lifts off their wall, and a wall that one pushes back',
    build: `
      const group = turned(new THREE.Group(), 0.5, -0.6, 0.3);
      group.name = 'wall';
      root.add(group);
      const lift = { polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -4 };
      const push = { polygonOffset: true, polygonOffsetFactor: 2, polygonOffsetUnits: 4 };
      add('green', at(new THREE.Mesh(new THREE.PlaneGeometry(0.5, 0.4), flat('green', lift)), -0.3, 0.2, 0), group);
      add('red', at(new THREE.Mesh(new THREE.PlaneGeometry(0.7, 1.1), flat('red')), -0.35, 0, 0), group);
      add('blue', at(new THREE.Mesh(new THREE.PlaneGeometry(0.7, 1.1), flat('blue', push)), 0.4, 0, 0), group);
      add('yellow', at(new THREE.Mesh(new THREE.PlaneGeometry(0.4, 0.3), flat('yellow')), 0.4, -0.2, 0), group);
      add('magenta', at(new THREE.Mesh(new THREE.BoxGeometry(0.2, 0.2, 0.2), flat('magenta')), -0.2, 0.25, 0.2), group);`,
  },
  {
    name: 'a polygon offset that is larger than the gap, and one that is not',
    build: `
      const by = (polygonOffsetFactor) => ({ polygonOffset: true, polygonOffsetFactor, polygonOffsetUnits: 0 });
      const leaning = (color, z, options, x) => add(color, turned(at(new THREE.Mesh(new THREE.PlaneGeometry(0.7, 1.2), flat(color, options)), x, 0, z), 0.9, 0, 0));
      leaning('red', 0, {}, -0.4);
      leaning('green', 0.01, by(5), -0.3);
      leaning('blue', 0, {}, 0.4);
      leaning('yellow', 0.2, by(5), 0.5);`,
  },
  {
    name: 'orders of drawing of opaque surfaces',
    build: `
      const far = at(new THREE.Mesh(new THREE.BoxGeometry(0.9, 0.4, 0.2), flat('red')), 0, 0, -0.5);
      far.renderOrder = 5;
      add('red', far);
      const near = turned(new THREE.Mesh(new THREE.BoxGeometry(0.3, 0.8, 0.2), flat('green')), 0.1, 0.2, 0.3);
      near.renderOrder = -3;
      add('green', near);`,
  },
];
