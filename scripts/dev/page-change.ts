import type { PageChange } from '#shared/protocol/preview-api';

/** Files of a build by what they hold: path below the build's folder → hash. */
export type BuiltFiles = ReadonlyMap<string, string>;

/** What the page in the browser was started from. What it imports is named after its content, so that they change with it. */
const STARTED = ['preview/hot.js', 'preview/frame/sample-worker.js'];
const VIEWS = 'preview/view/app.js';
const STYLES = 'preview/main.css';

/** What a build after another asks of the page; null: nothing of what it uses has changed. */
export function pageChange(before: BuiltFiles, after: BuiltFiles): PageChange | null {
  const differs = (path: string): boolean => before.get(path) !== after.get(path);
  if (STARTED.some(differs)) return 'code';
  if (differs(VIEWS)) return 'views';
  return differs(STYLES) ? 'styles' : null;
}
