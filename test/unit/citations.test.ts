import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../fences/read-plants.ts';

/** How comments cite a page by its short name, and where that page is. */
const PAGES = { 'labels.md': 'docs/conventions.md', 'design.md': 'docs/architecture.md' } as const;

type Citation = Readonly<{ at: string; target: string }>;

describe('citations', () => {
  const sources = filesBelow(['src', 'scripts', 'test'], /\.(ts|js|cjs)$/);
  const pages = [...filesBelow(['docs'], /\.md$/), 'CHANGELOG.md', 'README.md'].filter((file) =>
    existsSync(path.join(ROOT, file)),
  );

  it('are found at all', () => {
    expect(citationsIn(sources, /docs\/[\w/-]+\.md/g).length).toBeGreaterThan(3);
    expect(citationsIn(pages, /\]\((?!https?:|#)[^)\s]+\)/g).length).toBeGreaterThan(10);
  });

  it('in code name pages that exist', () => {
    const missing = citationsIn(sources, /docs\/[\w/-]+\.md/g).filter(
      ({ target }) => !existsSync(path.join(ROOT, target)),
    );
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(PAGES))('of %s name sections of %s', (short, page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    const sections = [...text.matchAll(/^## (\d+)\. /gm)].map(([, number]) => number);
    const pattern = new RegExp(`${short.replace('.', '\\.')} §\\d+`, 'g');
    const foreign = citationsIn(sources, pattern).filter(
      ({ target }) => !sections.includes(target.slice(target.indexOf('§') + 1)),
    );
    expect(sections.length).toBeGreaterThan(5);
    expect(foreign).toEqual([]);
  });

  it('in pages lead to files that exist', () => {
    const broken = citationsIn(pages, /\]\((?!https?:|#)[^)\s]+\)/g).filter(({ at, target }) => {
      const [link = ''] = target.slice(2, -1).split('#');
      return !existsSync(path.join(ROOT, path.dirname(at), link));
    });
    expect(broken).toEqual([]);
  });
});

function filesBelow(folders: readonly string[], name: RegExp): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => name.test(file))
      .map((file) => path.posix.join(folder, ...file.split(path.sep))),
  );
}

function citationsIn(files: readonly string[], pattern: RegExp): readonly Citation[] {
  return files.flatMap((at) => {
    const text = readFileSync(path.join(ROOT, at), 'utf8');
    return [...text.matchAll(pattern)].map(([target]) => ({ at, target }));
  });
}
