import { Material, Object3D, type Mesh } from 'three';
import { RenderError } from '#shared/core/errors';

/** Functions of an object that three.js calls while it draws colour. */
const HOOKS = ['onBeforeRender', 'onAfterRender'] as const;

/**
 * Refuses by name what would change colour behind the back of labels: a scene's own functions that run
 * while it is drawn, and its own changes to shaders, which Diorama's would replace besides.
 * @throws RenderError `unsupported`
 */
export function requirePlainDrawing(root: Object3D): void {
  root.traverse((object) => {
    for (const hook of HOOKS) {
      if (object[hook] !== Object3D.prototype[hook]) refuse(object, hook);
    }
    const { material } = object as Partial<Mesh>;
    for (const each of material === undefined ? [] : [material].flat()) {
      if (each.onBeforeRender !== Material.prototype.onBeforeRender)
        refuse(object, 'material.onBeforeRender');
      if (each.onBeforeCompile !== Material.prototype.onBeforeCompile)
        refuse(object, 'material.onBeforeCompile');
    }
  });
}

function refuse({ name }: Object3D, hook: string): never {
  throw new RenderError(
    'unsupported',
    `"${name}" sets ${hook}, which labels cannot match. Remove it from the scene.`,
  );
}
