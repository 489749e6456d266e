import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from '#node/bench/warm-case';

/** A case of ours: a config beside the repository's root, and what is changed in it. */
type NamedCase = Readonly<{ config: string; sets: readonly string[] }>;

const sizeOf = (width: number, height: number): readonly string[] => [
  `image.width=${width}`,
  `image.height=${height}`,
];
const JPEG = 'outputs.rgb={format: jpeg, quality: 95}';
const PNG = 'outputs.rgb={format: png}';
const DEMO = 'configs/tabletop.yaml';
const SOLIDS = 'scripts/bench/configs/solids.yaml';

/** The cases, in the order in which they are measured. */
const CASES: Readonly<Record<string, NamedCase>> = {
  'demo-640-jpeg': { config: DEMO, sets: [...sizeOf(640, 480), JPEG] },
  'demo-640-png': { config: DEMO, sets: [...sizeOf(640, 480), PNG] },
  'demo-1024-jpeg': { config: DEMO, sets: [...sizeOf(1024, 768), JPEG] },
  'objects-20': { config: 'scripts/bench/configs/objects-20.yaml', sets: [PNG] },
  'objects-300': { config: 'scripts/bench/configs/objects-300.yaml', sets: [PNG] },
  solids: { config: SOLIDS, sets: [] },
  'solids-msaa4': { config: SOLIDS, sets: ['render.antialias=msaa4'] },
  'solids-no-shadows': {
    config: SOLIDS,
    sets: ['lights.sun.castShadow=false', 'lights.spot.castShadow=false'],
  },
};

export const CASE_NAMES = Object.keys(CASES);

export type CaseChoices = Readonly<{
  frames: number;
  sets: readonly string[];
  assetFolders: readonly string[];
}>;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The named cases, or all, each over its first frames. */
export function benchCases(names: readonly string[], choices: CaseChoices): readonly BenchCase[] {
  return (names.length === 0 ? CASE_NAMES : names).map((name) => {
    const found = CASES[name];
    if (found === undefined)
      throw new RangeError(`--case: expected one of ${CASE_NAMES.join(', ')}, got "${name}"`);
    return {
      name,
      inputs: {
        configPath: join(ROOT, found.config),
        sets: [...found.sets, ...choices.sets, `frames=${choices.frames}`],
        assetFolders: choices.assetFolders,
      },
    };
  });
}
