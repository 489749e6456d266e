import { describe, expect, it } from 'vitest';
import { judgeCase } from '#node/bench/judge-case';
import { makeCaseReport } from '../../../makers/make-case-report.ts';

const MACHINE = { cores: 2, processor: 'test', platform: 'linux x64' };
const limitOf = (changes: Parameters<typeof makeCaseReport>[0]): string =>
  judgeCase(makeCaseReport(changes), MACHINE).limit;
const adviceOf = (changes: Parameters<typeof makeCaseReport>[0]): readonly string[] =>
  judgeCase(makeCaseReport(changes), MACHINE).advice;

describe('limit of a case', () => {
  it('is the processor where all cores are busy', () => {
    expect(limitOf({})).toBe(
      'The processor is the limit: 1.9 of 2 cores are busy. ' +
        'Of a frame that is made alone, drawing colour takes 60 %.',
    );
  });

  it('says so where others have the cores', () => {
    expect(limitOf({ busyCores: 0.8 })).toContain('others take 1.1 of its 2 cores');
  });

  it.each([
    ['The renderer', { machineBusyCores: 1, endToEndPerBare: 0.96 }],
    ['Node', { machineBusyCores: 1.2, nodeCpuSeconds: 0.25 }],
    ['Waiting', { machineBusyCores: 1 }],
  ])('is %s', (limit, changes) => {
    expect(limitOf(changes)).toMatch(new RegExp(`^${limit} is the limit`));
  });

  it('knows no cores of its own where the system tells none', () => {
    expect(limitOf({ busyCores: null, nodeCpuSeconds: null })).toMatch(/^The processor is/);
  });
});

describe('advice', () => {
  it('is none where nothing that is asked for is dear', () => {
    expect(adviceOf({})).toEqual([]);
  });

  it('names a faster back end first', () => {
    const { renderer } = makeCaseReport();
    const advice = adviceOf({
      renderer: { ...renderer, backend: 'swiftshader' },
      config: { ...makeCaseReport().config, antialias: 'msaa4' },
    });
    expect(advice).toHaveLength(2);
    expect(advice[0]).toMatch(/^Back end: /);
  });

  it('names what the config asks for', () => {
    const { config, aloneMilliseconds } = makeCaseReport();
    const advice = adviceOf({
      config: { ...config, antialias: 'msaa4', rgb: { format: 'png' } },
      aloneMilliseconds: { ...aloneMilliseconds, silhouettes: 100, 'encode-color': 70 },
    });
    expect(advice.map((text) => text.split(':')[0])).toEqual(['Labels', 'Quality', 'Format']);
  });

  it('asks for another process, and for no browser, where all wait for Node', () => {
    const advice = adviceOf({ machineBusyCores: 1.2, workers: 1, nodeCpuSeconds: 0.25 });
    expect(advice).toEqual([expect.stringMatching(/^Processes: .*--shard 0\/2/)]);
  });

  it('asks for another browser only while cores are idle and there are fewer browsers than cores', () => {
    expect(adviceOf({ machineBusyCores: 1, workers: 1 })).toEqual([
      'Workers: 50 % of the cores are idle with 1; try --workers 2.',
    ]);
    expect(adviceOf({ machineBusyCores: 1, workers: 2 })).toEqual([]);
    expect(adviceOf({ machineBusyCores: 1.9, workers: 1 })).toEqual([]);
  });
});
