import { BoxGeometry, DoubleSide, Group, Mesh, MeshStandardMaterial, type Object3D } from 'three';
import { material, named, surfaceOf } from './shapes.ts';

/** A barn with a gable roof, its front to the field. */
export function barn(): Object3D {
  const [w, h, d, ridge] = [13, 4.2, 8, 3];
  const roof = surfaceOf(
    [
      -w / 2 - 0.5,
      h - 0.35,
      d / 2 + 0.5,
      w / 2 + 0.5,
      h - 0.35,
      d / 2 + 0.5,
      w / 2 + 0.5,
      h + ridge,
      0,
      -w / 2 - 0.5,
      h + ridge,
      0,
      -w / 2 - 0.5,
      h - 0.35,
      -d / 2 - 0.5,
      w / 2 + 0.5,
      h - 0.35,
      -d / 2 - 0.5,
    ],
    [0, 1, 2, 0, 2, 3, 3, 2, 5, 3, 5, 4],
  ).toNonIndexed();
  roof.computeVertexNormals();
  const gables = surfaceOf(
    [
      -w / 2,
      h,
      d / 2,
      -w / 2,
      h + ridge * 0.94,
      0,
      -w / 2,
      h,
      -d / 2,
      w / 2,
      h,
      d / 2,
      w / 2,
      h,
      -d / 2,
      w / 2,
      h + ridge * 0.94,
      0,
    ],
    [0, 1, 2, 3, 4, 5],
  );
  const planks = new MeshStandardMaterial({ color: '#7c4636', roughness: 0.9, side: DoubleSide });
  const walls = new Mesh(new BoxGeometry(w, h, d).translate(0, h / 2, 0), planks);
  const doors = new Mesh(
    new BoxGeometry(3.6, 3.3, 0.12).translate(1, 1.65, d / 2 + 0.04),
    material('#4f3529', 0.9),
  );
  const group = named(new Group(), 'barn', { category: 'building' }).add(
    named(walls, 'barn-walls'),
    named(new Mesh(gables, planks), 'barn-gables'),
    named(
      new Mesh(
        roof,
        new MeshStandardMaterial({ color: '#8d5240', roughness: 0.9, side: DoubleSide }),
      ),
      'barn-roof',
    ),
    named(doors, 'barn-doors'),
  );
  group.position.set(-17, -0.06, -39);
  group.rotation.y = 0.35;
  return group;
}
