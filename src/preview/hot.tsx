import { render } from 'preact';
import type { PageChange } from '#shared/protocol/preview-api';
import { startPreview } from './start.ts';
import type * as views from './view/app.tsx';

/**
 * The page for work on the preview, which `npm run dev` alone builds: as `main.tsx`, but that views and styles
 * are exchanged in place. Chunks are named after their content, so that a module that did not change, such as
 * the store, is the one that runs already (ADR 35).
 */
const { root, client, services } = startPreview();
const builtPage = `${client.basePath}/page/preview`;
let builds = 0;

async function showViews(): Promise<void> {
  const url = `${builtPage}/view/app.js?build=${builds}`;
  const { App } = (await import(url)) as typeof views;
  const putBack = keepPlace();
  render(<App {...services} />, root);
  putBack();
}

/** Where panels are scrolled to, and what has the focus: both go with the elements that are exchanged. */
function keepPlace(): () => void {
  const scrolled = [...root.querySelectorAll('[id]')].map(({ id, scrollTop }) => ({
    id,
    scrollTop,
  }));
  const focused = document.activeElement?.id ?? '';
  return () => {
    for (const { id, scrollTop } of scrolled) document.getElementById(id)?.scrollTo(0, scrollTop);
    document.getElementById(focused)?.focus();
  };
}

/** The new sheet stands before the old one goes: nothing is ever without style. */
function showStyles(): void {
  const old = document.querySelector('link[rel=stylesheet]');
  const next = document.createElement('link');
  next.rel = 'stylesheet';
  next.href = `${builtPage}/main.css?build=${builds}`;
  next.addEventListener('load', () => old?.remove());
  document.head.append(next);
}

function takeUp(change: PageChange): void {
  builds += 1;
  if (change === 'code') location.reload();
  else showStyles();
  if (change === 'views') void showViews();
}

client.listen(
  (event) => {
    if (event.type === 'page') takeUp(event.change);
  },
  () => undefined,
);
await showViews();
