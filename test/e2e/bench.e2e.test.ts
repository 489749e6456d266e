import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALONE_STEPS, type BenchReport } from '#node/bench/bench-report';
import type { Comparison } from '#node/bench/compare-reports';
import type { Trace } from '#node/bench/trace-events';
import type { Verdict } from '#node/bench/judge-case';
import { openWorkplace, type Workplace } from './run-diorama.ts';

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
});
afterAll(() => {
  expect(place.leftovers()).toEqual([]);
  place.remove();
});

type Printed = BenchReport & Readonly<{ verdicts: readonly Verdict[]; comparison?: Comparison }>;

describe('diorama bench', () => {
  it('measures a config, names the limit and compares with an earlier result', async () => {
    const argv = ['bench', place.config, '--frames', '0..1', '--rounds', '1', '--json'];
    const trace = place.path('trace.json');
    const first = await place.run([...argv, '--trace', trace]);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(first.out) as Printed;
    const [measured] = report.cases;
    if (measured === undefined) throw new Error('no case');
    expect(measured).toMatchObject({ name: 'crate', frames: 2, instances: 1 });
    for (const step of ALONE_STEPS) expect(measured.aloneMilliseconds[step]).toBeGreaterThan(0);
    const { assets, shaders, ...others } = measured.startMilliseconds;
    expect(Object.keys(others)).toEqual(['inputs', 'sample', 'browser']);
    for (const milliseconds of Object.values(others)) expect(milliseconds).toBeGreaterThan(0);
    // What the first draw took longer than the second, which a busy machine may hold up as long.
    for (const difference of [assets, shaders]) expect(difference).toBeGreaterThanOrEqual(0);
    expect(Object.keys(measured.sensorMilliseconds)).toContain('tone-mapping');
    expect(measured.sharedMilliseconds).toHaveProperty('write');
    expect(measured.endToEndPerBare).toBeCloseTo(
      measured.endToEndFramesPerSecond / measured.bareFramesPerSecond,
      9,
    );
    expect(report.verdicts[0]?.limit).toMatch(/is the limit/);

    const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as Trace;
    const names = new Set(traceEvents.map(({ name }) => name));
    for (const name of ['sample', 'render', 'color', 'readback', 'send', 'verify', 'write.encode'])
      expect(names).toContain(name);
    expect(new Set(traceEvents.flatMap(({ args }) => args?.['frame'] ?? []))).toEqual(
      new Set([0, 1]),
    );

    const earlier = place.path('before.json');
    writeFileSync(earlier, first.out);
    const second = await place.run([...argv, '--compare', earlier]);
    const { comparison, cases } = JSON.parse(second.out) as Printed;
    expect(comparison?.doubts).toEqual([]);
    const rate = comparison?.cases[0]?.figures?.find(
      ({ figure }) => figure === 'bareFramesPerSecond',
    );
    expect(rate?.before).toBe(measured.bareFramesPerSecond);
    expect(rate?.now).toBe(cases[0]?.bareFramesPerSecond);
  });
});
