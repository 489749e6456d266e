import { describe, expect, it } from 'vitest';
import { AnnotationError, RenderError } from '#shared/core/errors';
import { FrameError } from '#node/run/frame-error';
import { renderCommand, reproduceCommand } from '#shared/formats/reproduce-command';

describe('reproduceCommand', () => {
  it('names config, seed and frame', () => {
    expect(reproduceCommand({ configPath: 'configs/x.yaml' }, '42', 17)).toBe(
      'npx diorama render configs/x.yaml --seed 42 --frames 17..17 --out out/frame-17',
    );
  });

  it('repeats what decides the content, quoted for a shell', () => {
    const job = {
      configPath: "my configs/it's.yaml",
      sets: ['image.width=64', 'vars.hue={kind: uniform, min: 0, max: 1}'],
      assetFolders: ['scans'],
      gl: 'mesa',
    };
    expect(reproduceCommand(job, 'a b', 3)).toBe(
      "npx diorama render 'my configs/it'\\''s.yaml' --seed 'a b' --frames 3..3 --set image.width=64 " +
        "--set 'vars.hue={kind: uniform, min: 0, max: 1}' --assets scans --gl mesa --out out/frame-3",
    );
  });
});

describe('renderCommand', () => {
  it('makes the whole dataset into its own folder', () => {
    const job = { configPath: 'configs/x.yaml', sets: ['frames=9'], assetFolders: ['scans'] };
    expect(renderCommand(job, '42')).toBe(
      'npx diorama render configs/x.yaml --seed 42 --set frames=9 --assets scans',
    );
  });
});

describe('FrameError', () => {
  it('names frame and reproduction, once', () => {
    const reproduce = 'npx diorama render x.yaml --frames 5..5';
    const bare = new FrameError(5, new RenderError('shader', 'a program does not link'), reproduce);
    expect(bare.message).toBe(`frame 5: a program does not link\nReproduce: ${reproduce}`);
    const told = new AnnotationError(`frame 5: a box is empty. Reproduce: ${reproduce}`);
    expect(new FrameError(5, told, reproduce).message).toBe(told.message);
    expect(new FrameError(5, new TypeError('x'), reproduce).message).toMatch(
      /^frame 5: TypeError: x\n/,
    );
  });
});
