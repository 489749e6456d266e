import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ESLint } from 'eslint';
import type { ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { plantedTree, readPlants, ROOT } from '../fences/read-plants.ts';

const require = createRequire(import.meta.url);

describe('the import fence', () => {
  const tree = plantedTree('imports');
  const { forbidden = [] } = require(
    path.join(ROOT, '.dependency-cruiser.cjs'),
  ) as IFlattenedRuleSet;
  const cruised = cruise(tree);

  const rulesBrokenBy = (file: string): readonly string[] => {
    const names = cruised.summary.violations.filter((v) => v.from === file).map((v) => v.rule.name);
    return [...new Set(names)].sort();
  };

  it.each(readPlants(tree))('$file: $promise', ({ file, promise }) => {
    expect(rulesBrokenBy(file)).toEqual(promise?.split(', ').sort() ?? []);
  });

  it('has a planted violation for every rule', () => {
    const planted = new Set(readPlants(tree).flatMap(({ promise }) => promise?.split(', ') ?? []));
    expect(forbidden.map(({ name }) => name).filter((name) => !planted.has(name ?? ''))).toEqual(
      [],
    );
  });

  it('says for every rule why it is there and what to change', () => {
    for (const { name, comment = '' } of forbidden)
      expect(comment.length, name).toBeGreaterThan(60);
  });

  it('gives each dependency of package.json an owner, which docs/architecture.md names', () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const architecture = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
    const owned = forbidden
      .map(({ name = '' }) => name)
      .filter((name) => name.startsWith('owner-'))
      .map((name) => name.slice('owner-'.length));
    expect(owned.sort()).toEqual(Object.keys(manifest.dependencies).sort());
    expect(owned.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the lint fence', () => {
  const tree = plantedTree('lint');
  const eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: path.join(ROOT, 'eslint.config.js'),
    overrideConfig: { languageOptions: { parserOptions: { tsconfigRootDir: tree } } },
  });

  const problemsOf = (results: readonly ESLint.LintResult[]): readonly string[] =>
    results.flatMap(({ messages }) => messages.map((m) => `${m.ruleId ?? 'null'}: ${m.message}`));

  it.each(readPlants(tree))('$file: $promise', async ({ file, promise }) => {
    const problems = problemsOf(await eslint.lintFiles([file]));
    if (promise === null) {
      expect(problems).toEqual([]);
      return;
    }
    const ruleEnd = promise.indexOf(': ') + 2;
    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(0, ruleEnd)).toBe(promise.slice(0, ruleEnd));
    expect(problems[0]).toContain(promise.slice(ruleEnd));
  });

  const statements = (count: number): string => 'one();\n'.repeat(count);
  const prelude = 'const one = (): number => 1;\n';

  it.each([
    { lines: 400, text: prelude + statements(399), rules: [] },
    { lines: 401, text: prelude + statements(400), rules: ['max-lines'] },
    {
      lines: 80,
      text: `${prelude}export function long(): void {\n${statements(78)}}\n`,
      rules: [],
    },
    {
      lines: 81,
      text: `${prelude}export function long(): void {\n${statements(79)}}\n`,
      rules: ['max-lines-per-function'],
    },
  ])('a file or function of $lines lines breaks $rules', async ({ text, rules }) => {
    // The text of a planted file is replaced, because type-aware rules ask for a file of the project.
    const results = await eslint.lintText(text, { filePath: path.join(tree, 'src/node/any.ts') });
    expect(results.flatMap(({ messages }) => messages.map((m) => m.ruleId))).toEqual(rules);
  });
});

describe('the compiler fence', () => {
  const tree = plantedTree('runtimes');
  const plants = readPlants(tree);

  it.each(['shared', 'page', 'preview', 'node', 'cli'])('src/%s has its own runtime', (runtime) => {
    const own = plants.filter(({ file }) => file.startsWith(`src/${runtime}/`));
    const errors = compile(path.join(tree, `src/${runtime}/tsconfig.json`));
    expect(
      own.map(({ file }) => ({ file, promise: errors.get(path.join(tree, file)) ?? null })),
    ).toEqual(own);
  });
});

/** What `npm run check` runs on the project, run on a planted tree. */
function cruise(tree: string): ICruiseResult {
  const bin = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(ROOT, '.dependency-cruiser.cjs');
  const options = { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const json = execFileSync(
    process.execPath,
    [bin, '--config', config, '-T', 'json', 'src', 'scripts'],
    options,
  );
  return JSON.parse(json) as ICruiseResult;
}

/** Error codes of a project by absolute file, such as `TS2584`. Writes nothing. */
function compile(configFile: string): ReadonlyMap<string, string> {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  };
  const project = ts.getParsedCommandLineOfConfigFile(configFile, { noEmit: true }, host);
  if (project === undefined) throw new Error(`${configFile}: expected a readable project`);
  const program = ts.createProgram({ rootNames: project.fileNames, options: project.options });
  const errors = new Map<string, string>();
  for (const { file, code } of ts.getPreEmitDiagnostics(program)) {
    errors.set(file?.fileName ?? configFile, `TS${code}`);
  }
  return errors;
}
