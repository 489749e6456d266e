import { WebGLRenderTarget } from 'three';
import { describe, expect, it } from 'vitest';
import { EXACT, KeptTarget } from '#page/passes/kept-target';

const gone: string[] = [];
const make = ({ width, height }: { width: number; height: number }): WebGLRenderTarget => {
  const target = new WebGLRenderTarget(width, height);
  target.addEventListener('dispose', () => gone.push(`${width}×${height}`));
  return target;
};

describe('a target that is kept', () => {
  it('is drawn into its first columns and rows alone where the picture is smaller', () => {
    const kept = new KeptTarget({ of: () => ({ width: 8, height: 6 }) });
    const target = kept.take({ width: 8, height: 6 }, 'plain', make);
    expect(target.scissorTest).toBe(false);
    expect(kept.take({ width: 8, height: 4 }, 'plain', make)).toBe(target);
    expect(target.viewport.toArray()).toEqual([0, 0, 8, 4]);
    expect(target.scissor.toArray()).toEqual([0, 0, 8, 4]);
    expect(target.scissorTest).toBe(true);
    expect(kept.take({ width: 8, height: 6 }, 'plain', make).scissorTest).toBe(false);
  });

  it('is made anew where it is of another kind, or has no room', () => {
    gone.length = 0;
    const kept = new KeptTarget(EXACT);
    const first = kept.take({ width: 8, height: 6 }, 'plain', make);
    const second = kept.take({ width: 8, height: 6 }, 'multisampled', make);
    expect(second).not.toBe(first);
    kept.take({ width: 8, height: 5 }, 'multisampled', make);
    expect(gone).toEqual(['8×6', '8×6']);
    kept.dispose();
    expect(gone).toEqual(['8×6', '8×6', '8×5']);
  });
});
