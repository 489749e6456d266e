import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CACHE, openWorkplace, type Workplace } from './run-diorama.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PICTURE = ['--set', 'image.width=64', '--set', 'image.height=48'];

let place: Workplace;
/** A project of a user, with the packed package installed in it. */
let project: string;
let files: readonly string[];

/** Runs a program of Node in the project. */
function node(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: place.path('tmp'), DIORAMA_CACHE: CACHE },
  });
  return { code: status, out: stdout, err: stderr };
}
const diorama = (...words: readonly string[]) =>
  node('node_modules/diorama/dist/cli/main.js', ...words);

beforeAll(() => {
  place = openWorkplace();
  project = place.path('project');
  const target = join(project, 'node_modules', 'diorama');
  mkdirSync(target, { recursive: true });
  const pack = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', place.folder],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect(pack.status, pack.stderr).toBe(0);
  const [packed] = JSON.parse(pack.stdout) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  const archive = place.path(packed?.filename ?? '');
  const tar = spawnSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1']);
  expect(tar.status, tar.stderr.toString()).toBe(0);
  // What npm would install beside it; tests reach no registry.
  const { dependencies } = createRequire(import.meta.url)(`${ROOT}/package.json`) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(project, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => place.remove());

describe('the package', () => {
  it('holds what it needs, and nothing that only we need', () => {
    for (const path of [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/main.js',
      'dist/page/main.js',
      'dist/page/three.js',
      'dist/page/preview/main.js',
      'dist/page/preview/main.css',
      'dist/page/scene/define-scene.js',
      'assets/assets.json',
      'assets/LICENSE',
      'configs/schema.json',
      'configs/tabletop.yaml',
      'scenes/tabletop.yaml',
      'docs/dataset-format.md',
    ]) {
      expect(files).toContain(path);
    }
    const foreign = files.filter(
      (path) =>
        !/^(dist|assets|configs|scenes|docs)\//.test(path) &&
        !['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].includes(path),
    );
    expect(foreign).toEqual([]);
    expect(files.filter((path) => /\.(map|tsbuildinfo)$|^dist\/\.|\.test\./.test(path))).toEqual(
      [],
    );
  });

  it('lists its commands and its assets', () => {
    expect(diorama('--help').out).toContain('diorama render <config>');
    expect(diorama('assets', 'list', '--category', 'mug').out).toMatch(/^model +mug-1 +builtin/m);
  });

  it('renders a config that ships, and one that extends it', () => {
    const shipped = 'node_modules/diorama/configs/tabletop.yaml';
    const end = diorama('render', shipped, '--frames', '0', ...PICTURE);
    expect(end.code, end.err).toBe(0);
    expect(readdirSync(join(project, 'out/tabletop/images'))).toHaveLength(1);
    writeFileSync(join(project, 'own.yaml'), `extends: ${shipped}\nname: own\nframes: 2\n`);
    expect(diorama('validate', 'own.yaml')).toMatchObject({ code: 0, err: '' });
  });

  it('renders a code scene and runs as a library, both of which its types describe', () => {
    writeFileSync(
      join(project, 'one-box.ts'),
      `import { BoxGeometry, Group, Mesh, MeshStandardMaterial } from 'three';
import { defineScene } from 'diorama/scene';

export const scene = defineScene({
  name: 'one-box',
  build: () => {
    const box = new Mesh(new BoxGeometry(1, 1, 1), new MeshStandardMaterial());
    box.name = 'box';
    box.userData = { category: 'box' };
    return new Group().add(box);
  },
});
`,
    );
    writeFileSync(
      join(project, 'box.yaml'),
      'configVersion: 1\nname: box\nscene: one-box.ts\nframes: 3\nimage: { width: 64, height: 48 }\n' +
        'categories: [box]\ncamera: { pose: { kind: shell, radiusMeters: 4, elevationDegrees: 30 } }\n' +
        'lights: { key: { kind: directional, place: { kind: at, position: [1, 3, 2] }, intensity: 1 } }\n',
    );
    writeFileSync(
      join(project, 'run.ts'),
      `import { renderDataset, type RenderEvent, type RunSummary } from 'diorama';

const events: RenderEvent['type'][] = [];
const summary: RunSummary = await renderDataset(
  { configPath: 'box.yaml', range: { first: 1, last: 2 } },
  { onEvent: (event) => void events.push(event.type) },
);
console.log(JSON.stringify({ complete: summary.complete, instances: summary.instances, events }));
`,
    );
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...{ target: 'es2022', module: 'nodenext', strict: true, outDir: 'built' },
          ...{ skipLibCheck: false, types: ['node'], lib: ['es2022', 'dom'] },
        },
        files: ['run.ts', 'one-box.ts'],
      }),
    );
    for (const name of ['node', 'three', 'webxr', 'stats.js']) {
      const types = join(ROOT, 'node_modules', '@types', name);
      mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
      if (existsSync(types)) symlinkSync(types, join(project, 'node_modules/@types', name));
    }
    const compiled = node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json');
    const ours = compiled.out.split('\n').filter((line) => /^(run|one-box|.*diorama)/.test(line));
    expect(ours).toEqual([]);
    const end = node('built/run.js');
    expect(end.code, end.err).toBe(0);
    const result = JSON.parse(end.out) as { complete: number; instances: number; events: string[] };
    expect(result).toMatchObject({ complete: 2, instances: 2 });
    expect(result.events.filter((type) => type === 'frame')).toHaveLength(2);
    const manifest = readFileSync(join(project, 'out/box/dataset.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ scene: { path: 'one-box.ts' } });
  });
});
