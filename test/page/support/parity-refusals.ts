/** What labels cannot match, by the words in which it is refused, and an object "red" that has it. */
export const PARITY_REFUSALS: Readonly<Record<string, string>> = {
  'uses a custom shader material': mesh('new THREE.ShaderMaterial()'),
  'uses a wireframe': mesh("flat('red', { wireframe: true })"),
  'uses hashed transparency': mesh("flat('red', { alphaHash: true })"),
  'uses alpha to coverage': mesh("flat('red', { alphaToCoverage: true })"),
  'uses a switched-off depth test': mesh("flat('red', { depthTest: false })"),
  'uses a switched-off colour': mesh("flat('red', { colorWrite: false })"),
  'uses a switched-off depth buffer on an opaque surface': mesh(
    "flat('red', { depthWrite: false })",
  ),
  'uses a depth function of its own': mesh("flat('red', { depthFunc: THREE.GreaterDepth })"),
  'uses a stencil': mesh(
    "flat('red', { stencilWrite: true, stencilFunc: THREE.EqualStencilFunc })",
  ),
  'uses a blending of its own': mesh("flat('red', { blending: THREE.AdditiveBlending })"),
  'uses an order of drawing on a blended surface': `
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(), flat('red', { transparent: true }));
    mesh.renderOrder = 1;
    add('red', mesh);`,
  'uses a material of shadows alone': mesh('new THREE.ShadowMaterial()'),
  'uses an alpha map on other texture coordinates than those of its map': `
    const alphaMap = alphaTexture(8, speckle);
    alphaMap.channel = 1;
    const geometry = new THREE.BoxGeometry();
    geometry.setAttribute('uv1', geometry.getAttribute('uv'));
    add('red', new THREE.Mesh(geometry, flat('red', { map: whiteTexture(speckle), alphaMap, alphaTest: 0.5 })));`,
  'uses opacity by vertex': `
    const geometry = new THREE.BoxGeometry();
    geometry.setAttribute('color', new THREE.Float32BufferAttribute(new Float32Array(24 * 4), 4));
    add('red', new THREE.Mesh(geometry, flat('red', { vertexColors: true, alphaTest: 0.5 })));`,
  'uses an instanced geometry': `
    add('red', new THREE.Mesh(new THREE.InstancedBufferGeometry().copy(new THREE.BoxGeometry()), flat('red')));`,
  'uses morph targets by copy': copies(
    'mesh.setMatrixAt(0, new THREE.Matrix4()); mesh.setMorphAt(0, Object.assign(new THREE.Mesh(), { morphTargetInfluences: [1] }));',
  ),
  'uses mirrored copies of one side': copies(
    'mesh.setMatrixAt(0, new THREE.Matrix4().makeScale(-1, 1, 1));',
  ),
  'has no texture coordinates for channel 0': `
    const geometry = new THREE.BoxGeometry().deleteAttribute('uv');
    add('red', new THREE.Mesh(geometry, flat('red', { map: whiteTexture(speckle), alphaTest: 0.5 })));`,
  'sets onBeforeRender': hooked('mesh.onBeforeRender = () => mesh.scale.set(2, 2, 2);'),
  'sets onAfterRender': hooked('mesh.onAfterRender = () => mesh.scale.set(2, 2, 2);'),
  'sets material.onBeforeCompile': hooked('mesh.material.onBeforeCompile = () => {};'),
  'sets material.onBeforeRender': hooked('mesh.material.onBeforeRender = () => {};'),
};

/** What is refused when the scene is read, before a page is opened: what has no triangles of its own, and odd maps. */
export const LOAD_REFUSALS: Readonly<Record<string, string>> = {
  'a Sprite cannot be labelled': "add('red', new THREE.Sprite());",
  'a Line cannot be labelled': "add('red', new THREE.Line(new THREE.BoxGeometry()));",
  'a LineSegments cannot be labelled':
    "add('red', new THREE.LineSegments(new THREE.BoxGeometry()));",
  'a LineLoop cannot be labelled': "add('red', new THREE.LineLoop(new THREE.BoxGeometry()));",
  'a Points cannot be labelled': "add('red', new THREE.Points(new THREE.BoxGeometry()));",
  'a BatchedMesh cannot be labelled': "add('red', new THREE.BatchedMesh(1, 24, 36, flat('red')));",
  'it uses a displacement map on a skinned mesh': displaced(
    '',
    "add('red', new THREE.SkinnedMesh(geometry, material));",
  ),
  'it uses a displacement map on a morphed mesh': displaced(
    "geometry.morphAttributes.position = [geometry.getAttribute('position')];",
  ),
  'it uses a displacement map on one of several materials': displaced(
    '',
    "add('red', new THREE.Mesh(geometry, [material]));",
  ),
  'it uses a displacement map without normals': displaced("geometry.deleteAttribute('normal');"),
  'it uses a displacement map without texture coordinates for channel 1':
    displaced('texture.channel = 1;'),
  'it uses a displacement map that is no DataTexture of bytes or floats': displaced(
    'texture.type = THREE.HalfFloatType;',
  ),
  'it uses a displacement map that is turned over or premultiplied':
    displaced('texture.flipY = true;'),
  'it uses a displacement map in the colour space of an image, sRGB': displaced(
    'texture.colorSpace = THREE.SRGBColorSpace;',
  ),
  'it uses a displacement map whose data are not those of its size': displaced(
    'texture.image.width = 7;',
  ),
};

function displaced(
  statements: string,
  last = "add('red', new THREE.Mesh(geometry, material));",
): string {
  return `
    const geometry = new THREE.SphereGeometry(0.4, 12, 8);
    const texture = heightTexture();
    const material = lit(THREE.MeshStandardMaterial, 'red', { displacementMap: texture });
    ${statements}
    ${last}`;
}

function mesh(material: string): string {
  return `add('red', new THREE.Mesh(new THREE.BoxGeometry(), ${material}));`;
}

function copies(statements: string): string {
  return `
    const geometry = new THREE.BoxGeometry();
    geometry.morphAttributes.position = [geometry.getAttribute('position').clone()];
    const mesh = new THREE.InstancedMesh(geometry, flat('red'), 1);
    mesh.userData.category = 'thing';
    ${statements}
    root.add(mesh);
    mesh.name = 'red';`;
}

function hooked(statement: string): string {
  return `
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(), lit(THREE.MeshStandardMaterial, 'red'));
    ${statement}
    add('red', mesh);`;
}
