import type { Object3D } from 'three';
import type { SceneDescription } from '#shared/config/scene-description';

/**
 * A scene built by hand. `build` returns the root of a three.js scene graph, the same one each time it
 * is called: it runs once in Node, to learn names, sizes and categories, and once in the page, to draw.
 * So it may use geometries, materials and `DataTexture`, but neither the DOM nor chance.
 *
 * On any object, `userData.category` makes a labelled instance (of the object and what is below it),
 * and `userData.surface = true` lets configs place things on its top. Names must tell objects apart.
 */
export type CodeScene = Readonly<{
  name: string;
  build: () => Object3D;
  volumes?: SceneDescription['volumes'];
  cameras?: SceneDescription['cameras'];
  lights?: SceneDescription['lights'];
}>;

/**
 * Declares a code scene; export the result as `scene`.
 *
 * @example
 * export const scene = defineScene({
 *   name: 'one-box',
 *   build: () => {
 *     const box = new Mesh(new BoxGeometry(1, 1, 1), new MeshStandardMaterial());
 *     box.name = 'box';
 *     box.userData.category = 'box';
 *     return new Group().add(box);
 *   },
 * });
 */
export function defineScene(scene: CodeScene): CodeScene {
  return scene;
}
