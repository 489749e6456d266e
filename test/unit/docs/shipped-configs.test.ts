import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Its folder of assets does not ship. */
const WITHOUT = 'scans.yaml';
const shipped = readdirSync('configs').filter((name) => name.endsWith('.yaml') && name !== WITHOUT);
const scenes = readFileSync('docs/scenes.md', 'utf8');
const coverage = readFileSync('docs/coverage.md', 'utf8');

describe('configs that ship', () => {
  it.each(shipped)('%s is told of, was looked at, and its coverage is printed', (name) => {
    expect(scenes).toContain(`[${name}](../configs/${name})`);
    expect(scenes).toMatch(new RegExp(`^\\| \`${name.replace('.yaml', '')}\` +\\|`, 'm'));
    expect(coverage).toContain(`\n## ${name}\n`);
  });

  it('are told of by names of files that are there', () => {
    const named = [...`${scenes}${coverage}`.matchAll(/\]\(\.\.\/configs\/([a-z-]+\.yaml)\)/g)];
    for (const [, name = ''] of named) expect(existsSync(`configs/${name}`), name).toBe(true);
  });
});
