import type { Object3D, Texture } from 'three';
import type { Kept } from './asset-store.ts';
import { textureBytes } from './gpu-bytes.ts';
import { disposeObjects, disposeTexture, objectBytes } from './gpu-parts.ts';

/** A texture as a store keeps it. */
export function keptTexture(texture: Texture): Kept<Texture> {
  return {
    value: texture,
    bytes: () => textureBytes(texture),
    dispose: () => disposeTexture(texture),
  };
}

/** Something with objects of its own, of which there may be more with time, as a store keeps it. */
export function keptObjects<T>(value: T, objectsOf: () => readonly Object3D[]): Kept<T> {
  return {
    value,
    bytes: () => objectBytes(objectsOf()),
    dispose: () => disposeObjects(objectsOf()),
  };
}
