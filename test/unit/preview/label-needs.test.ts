import { describe, expect, it } from 'vitest';
import { explainDrop } from '#preview/frame/dropped-views';
import { needsOf, withLabels } from '#preview/frame/label-needs';
import { srgbHexFromLinear } from '#preview/frame/srgb-hex';
import { linearFromHex } from '#shared/core/color';
import { parseConfig } from '#shared/config/parse-config';
import { minimalConfig } from '../shared/config/minimal-config.ts';

describe('labels that the config does not ask for', () => {
  it('are drawn for the preview, and those that it asks for stay as they are', () => {
    const config = parseConfig(minimalConfig, 'test');
    const needs = needsOf(new Set(['flow', 'normals']));
    expect(needs).toEqual({ normals: true, forward: true, backward: false, lidar: false });
    expect(withLabels(config, needs)).toEqual({
      ...config,
      outputs: {
        ...config.outputs,
        flow: { ...config.outputs.flow, forward: 'flo' },
        normals: { ...config.outputs.normals, png: true },
      },
    });
    expect(withLabels(config, needsOf(new Set(['boxes'])))).toEqual(config);
  });
});

it('says by which rule, and which number, an instance is dropped', () => {
  const { labels } = parseConfig(minimalConfig, 'test');
  const dropped = { instanceId: 1, categoryId: 1, visiblePixels: 3, reason: 'min-pixels' } as const;
  expect(explainDrop(dropped, { ...labels, minPixels: 9 })).toBe(
    'Shows 3 pixels; labels.minPixels asks for 9.',
  );
});

it('writes linear colours as people write them', () => {
  for (const hex of ['#000000', '#ffffff', '#0f766e', '#010203']) {
    expect(srgbHexFromLinear(linearFromHex(hex))).toBe(hex);
  }
});
