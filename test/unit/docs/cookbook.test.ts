import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareInputs } from '#node/run/prepare-run';
import { planFrame } from '#shared/plan/plan-frame';
import { sampleScene, type RunInputs } from '#shared/sampling/sample-scene';

const guide = await readFile('docs/cookbook.md', 'utf8');

/** A block of YAML and the heading that it stands under. */
type Recipe = Readonly<{ heading: string; text: string; line: number }>;

function recipesOf(markdown: string): readonly Recipe[] {
  const lines = markdown.split('\n');
  const found: Recipe[] = [];
  let [heading, from] = ['', -1];
  lines.forEach((line, i) => {
    if (line.startsWith('## ')) heading = line.slice(3);
    if (line === '```yaml') from = i + 1;
    if (line === '```' && from >= 0) {
      found.push({ heading, text: lines.slice(from, i).join('\n'), line: from + 1 });
      from = -1;
    }
  });
  return found;
}

const recipes = recipesOf(guide);
/** The config that the first recipe makes; each other one is laid on it, or on what it extends itself. */
const [first] = recipes;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-cookbook-'));
  await mkdir(join(folder, 'parts'));
  for (const id of ['bracket-1', 'bracket-2'])
    await copyFile('assets/models/toy-block-1.glb', join(folder, 'parts', `${id}.glb`));
  const index = ['bracket-1', 'bracket-2'].map((id) => ({
    id,
    file: `${id}.glb`,
    category: 'bracket',
    license: 'CC0-1.0',
    author: 'the cookbook',
  }));
  await writeFile(join(folder, 'parts', 'assets.json'), JSON.stringify(index));
  await writeFile(join(folder, 'survey.csv'), 'distance_m,parts\n0.7,2\n0.9,3\n1.1,1\n');
  await writeFile(join(folder, 'my-part.yaml'), inPlace(first?.text ?? ''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As it stands in the guide, but for where the package is. */
const inPlace = (text: string): string =>
  text.replaceAll('node_modules/diorama/', `${resolve('.')}/`);

async function inputsOf(recipe: Recipe): Promise<RunInputs> {
  const path = join(folder, `recipe-${recipe.line}.yaml`);
  const whole = /^extends:/m.test(recipe.text)
    ? recipe.text
    : `extends: my-part.yaml\n${recipe.text}`;
  await writeFile(path, inPlace(whole));
  const { inputs } = await prepareInputs({
    configPath: path,
    assetFolders: [join(folder, 'parts')],
  });
  return inputs;
}

describe('cookbook', () => {
  it('has a recipe under each heading that promises one', () => {
    const headings = new Set(recipes.map(({ heading }) => heading));
    for (const heading of [
      'Train a detector for my part',
      'Cover rare cases',
      'Balance classes',
      'Drive by a real set’s statistics',
      'Simulate my camera',
      'From simple to hard',
    ])
      expect(headings).toContain(heading);
  });

  it.each(recipes.map((recipe) => [`line ${recipe.line}: ${recipe.heading}`, recipe] as const))(
    '%s: the block is a config, and its frames can be planned',
    async (_, recipe) => {
      const inputs = await inputsOf(recipe);
      const sample = sampleScene(inputs, 0);
      const plan = planFrame(inputs, sample);
      expect(plan.size.width).toBeGreaterThan(0);
      expect(sample.objects.length).toBeGreaterThan(0);
    },
  );

  it('the first recipe labels the part and nothing else', async () => {
    if (!first) throw new Error('the cookbook has no recipe');
    const inputs = await inputsOf(first);
    const categories = new Set<string | null>();
    for (let frame = 0; frame < 6; frame++)
      for (const { category } of sampleScene(inputs, frame).objects) categories.add(category);
    expect(categories).toEqual(new Set(['bracket', null]));
  });
});
