import { describe, expect, it } from 'vitest';
import { pageChange } from '../../../scripts/dev/page-change.ts';

const BUILT = { 'preview/hot.js': '1', 'preview/view/app.js': '1', 'preview/main.css': '1' };
const after = (changed: Readonly<Record<string, string>>) =>
  pageChange(new Map(Object.entries(BUILT)), new Map(Object.entries({ ...BUILT, ...changed })));

describe('pageChange', () => {
  it('asks for the least that shows what changed', () => {
    expect(after({})).toBeNull();
    expect(after({ 'chunks/chunk-2.js': '2', 'preview/main.js': '2' })).toBeNull();
    expect(after({ 'preview/main.css': '2' })).toBe('styles');
    expect(after({ 'preview/view/app.js': '2' })).toBe('views');
    expect(after({ 'preview/view/app.js': '2', 'preview/main.css': '2' })).toBe('views');
    expect(after({ 'preview/hot.js': '2', 'preview/view/app.js': '2' })).toBe('code');
  });
});
