import { Mesh, Triangle, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { bundleCodeScene } from '#node/scene/bundle-code-scene';
import { evaluateCodeScene } from '#node/scene/evaluate-code-scene';

/** Corners of triangles that are shaded as if they faced away from where they do. */
function turnedCorners(mesh: Mesh): number {
  const position = mesh.geometry.getAttribute('position');
  const normal = mesh.geometry.getAttribute('normal');
  const index = mesh.geometry.getIndex();
  const at = (i: number): number => index?.getX(i) ?? i;
  const [triangle, face, shaded] = [new Triangle(), new Vector3(), new Vector3()];
  let turned = 0;
  for (let i = 0; i + 2 < (index?.count ?? position.count); i += 3) {
    triangle.setFromAttributeAndIndices(position, at(i), at(i + 1), at(i + 2));
    if (triangle.getArea() < 1e-12) continue;
    triangle.getNormal(face);
    for (const corner of [i, i + 1, i + 2]) {
      if (shaded.fromBufferAttribute(normal, at(corner)).dot(face) < 0) turned++;
    }
  }
  return turned;
}

describe('code scenes that ship', () => {
  // Not the field: its blades of grass take the light of the ground below them.
  it.each(['scenes/living-room.ts', 'scenes/street-corner.ts', 'scenes/workbench.ts'])(
    'are shaded as their faces lie, also across sharp edges: %s',
    async (path) => {
      const { code } = await bundleCodeScene(path);
      const { build } = await evaluateCodeScene(code, path);
      const turned: Record<string, number> = {};
      build().traverse((object) => {
        if (!(object instanceof Mesh)) return;
        const count = turnedCorners(object as Mesh);
        if (count > 0) turned[object.name] = count;
      });
      expect(turned).toEqual({});
    },
  );
});
