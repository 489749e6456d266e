import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { RenderError } from '#shared/core/errors';
import { callExpression } from '#node/browser/page-call';
import {
  readBareTimes,
  readGlReport,
  readProbe,
  readRenderReply,
} from '#node/browser/reply-shapes';

const assets = {
  ...{ entries: 2, bytes: 3, frameBytes: 4, evicted: 5, spilledBytes: 1 },
  ...{ geometries: 6, textures: 7, programs: 8 },
};
const timings = { scene: 2, label: 3, silhouettes: 3, color: 4, readback: 5, send: 6 };

const POSTED = { posted: true, because: null };

describe('replies', () => {
  it('pass when they are whole', () => {
    for (const packet of [{ bytesInFile: 7 }, { posted: true, because: 'full' }, POSTED]) {
      const whole = { ok: true, timings, assets, packet };
      expect(readRenderReply(whole)).toEqual(whole);
    }
    const error = { failure: 'blank', message: 'one colour' };
    expect(readRenderReply({ ok: false, error })).toEqual({ ok: false, error });
    const { send: _, ...bare } = timings;
    expect(readBareTimes([timings, bare], 2)).toEqual([bare, bare]);
  });

  it.each<[string, () => unknown]>([
    ['render.ok', () => readRenderReply({})],
    [
      'render: timings.color',
      () => readRenderReply({ ok: true, timings: { ...timings, color: NaN } }),
    ],
    [
      'render: assets.evicted',
      () => readRenderReply({ ok: true, timings, assets: { ...assets, evicted: null } }),
    ],
    [
      'render: packet.bytesInFile',
      () => readRenderReply({ ok: true, timings, assets, packet: { posted: false } }),
    ],
    [
      'render: packet.because',
      () => readRenderReply({ ok: true, timings, assets, packet: { posted: true, because: 7 } }),
    ],
    ['error.failure', () => readRenderReply({ ok: false, error: { failure: 'odd', message: '' } })],
    [
      'error.failure',
      () => readRenderReply({ ok: false, error: { failure: 'toString', message: '' } }),
    ],
    ['start: expected an object', () => readGlReport(null)],
    ['probe.exact', () => readProbe({ compileMs: 1, readbackMsPerMiB: 1, exact: 'yes' })],
    ['renderBare', () => readBareTimes([timings], 2)],
    ['renderBare[1]', () => readBareTimes([timings, null], 2)],
  ])('fail by name when they are not: %s', (where, read) => {
    expect(read).toThrow(RenderError);
    expect(read).toThrow(where);
  });
});

/** Evaluates the text as the page does: in a global scope of its own, with one thing in it. */
function evaluateWith(global: Readonly<Record<string, unknown>>, expression: string): void {
  runInNewContext(expression, { ...global });
}

describe('callExpression', () => {
  it('carries any JSON unharmed', () => {
    const args = [{ text: `"'\`\\ \u2028 </script> \${x}` }, null, [1.5, -0]];
    let seen: unknown[] = [];
    const global = { __diorama: { render: (...given: unknown[]) => (seen = given) } };
    evaluateWith(global, callExpression('render', args));
    expect(seen).toEqual(JSON.parse(JSON.stringify(args)));
  });

  it('gives "__proto__" no power', () => {
    let seen: unknown;
    const global = { __diorama: { render: (given: unknown) => (seen = given) } };
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    evaluateWith(global, callExpression('render', [hostile]));
    expect((seen as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(seen as object)).toEqual(['__proto__']);
  });
});
