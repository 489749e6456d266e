import type { CaseReport } from '#node/bench/bench-report';

/** A case on llvmpipe, two browsers on two full cores, in which colour is 60 % of a frame that is made alone. */
export function makeCaseReport(changes: Partial<CaseReport> = {}): CaseReport {
  return {
    name: 'demo',
    config: {
      name: 'demo',
      size: { width: 640, height: 480 },
      antialias: 'none',
      subframes: 1,
      rgb: { format: 'jpeg', quality: 95 },
      amodal: true,
    },
    renderer: { backend: 'mesa', renderer: 'llvmpipe', browser: 'Chrome/1', three: '187' },
    workers: 2,
    frames: 8,
    instances: 12,
    rounds: [{ bare: 5, endToEnd: 4, endToEndPerBare: 0.8 }],
    bareFramesPerSecond: 5,
    endToEndFramesPerSecond: 4,
    endToEndPerBare: 0.8,
    nodeCpuSeconds: 0.08,
    browserCpuSeconds: 0.4,
    bareCpuSeconds: 0.38,
    busyCores: 1.92,
    machineBusyCores: 1.95,
    peakMemoryBytes: 2 ** 30,
    startMilliseconds: { inputs: 700, sample: 40, browser: 1600, assets: 300, shaders: 900 },
    aloneMilliseconds: {
      scene: 2,
      label: 30,
      silhouettes: 20,
      color: 180,
      readback: 4,
      sample: 8,
      plan: 1,
      annotate: 6,
      verify: 9,
      'encode-labels': 20,
      'encode-color': 20,
    },
    sensorMilliseconds: { noise: 6.2, 'tone-mapping': 0.8 },
    labelMilliseconds: 89,
    labelsPerColor: 89 / 180,
    sharedMilliseconds: { wait: 100, render: 400, write: 50, 'page.color': 300 },
    ...changes,
  };
}
