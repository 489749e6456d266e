import type { WebGLProgram, WebGLRenderer } from 'three';

/**
 * Keeps the shader programs whose keys hold a word, for good; to be called after each frame. three deletes a
 * program with the last material that uses it: materials go with their assets, but the few kinds of them come
 * again, and a software renderer compiles for seconds.
 */
export function createProgramKeeper({ info }: WebGLRenderer, word: string): () => void {
  const kept = new WeakSet<WebGLProgram>();
  return () => {
    for (const program of info.programs ?? []) {
      if (kept.has(program) || !program.cacheKey.includes(word)) continue;
      kept.add(program);
      // One more user, who never leaves.
      program.usedTimes += 1;
    }
  };
}
