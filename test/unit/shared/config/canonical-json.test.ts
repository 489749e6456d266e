import { describe, expect, it } from 'vitest';
import { canonicalJson, configHashText } from '#shared/config/canonical-json';
import { parseConfig } from '#shared/config/parse-config';
import { minimalConfig } from './minimal-config.ts';

describe('canonicalJson', () => {
  it('sorts keys and drops what is undefined', () => {
    expect(canonicalJson({ b: [2, { d: null, c: 'é' }], a: -0, é: 1, e: undefined, B: 1e21 })).toBe(
      '{"B":1e+21,"a":0,"b":[2,{"c":"é","d":null}],"é":1}',
    );
  });

  it.each([Number.NaN, Infinity, [undefined], () => 1])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('configHashText', () => {
  const hashText = (text: string): string => configHashText(parseConfig(text, 'c.yaml'));
  const group = (name: string): string =>
    `  ${name}: {assets: ['*'], count: 1, placement: {kind: scatter, surface: t}}`;

  it('does not depend on the order of keys', () => {
    const reversed = minimalConfig.trim().split('\n').slice(0, 5).reverse().join('\n');
    const camera = 'camera: {pose: {elevationDegrees: 30, radiusMeters: 1, kind: shell}}';
    expect(hashText(`${camera}\n${reversed}`)).toBe(hashText(minimalConfig));
  });

  it('does not depend on whether a default is written', () => {
    expect(hashText(`${minimalConfig}seed: '0'`)).toBe(hashText(minimalConfig));
    expect(hashText(`$schema: x\n${minimalConfig}`)).toBe(hashText(minimalConfig));
  });

  it('depends on the order in which groups are placed', () => {
    const ab = hashText(`${minimalConfig}objects:\n${group('a')}\n${group('b')}`);
    expect(hashText(`${minimalConfig}objects:\n${group('b')}\n${group('a')}`)).not.toBe(ab);
  });

  it('depends on every value', () => {
    expect(hashText(minimalConfig.replace('frames: 2', 'frames: 3'))).not.toBe(
      hashText(minimalConfig),
    );
  });
});
