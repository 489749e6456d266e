import type { PageResource, ResolveResource } from '#node/server/page-server';

/** Bytes that a test hands to the page, by key. */
export type Shelf = Readonly<{
  put: (key: string, bytes: Uint8Array, contentType?: string) => string;
  resolve: ResolveResource;
}>;

/** An empty shelf; `put` returns the key, and refuses to put other bytes under one. */
export function makeShelf(): Shelf {
  const resources = new Map<string, PageResource>();
  return {
    put: (key, bytes, contentType = 'model/gltf-binary') => {
      if (resources.has(key)) throw new Error(`"${key}" is taken: the page keeps what it loaded`);
      resources.set(key, { bytes, contentType });
      return key;
    },
    resolve: (key) => Promise.resolve(resources.get(key) ?? null),
  };
}
