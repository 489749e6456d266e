import { contentPolicy } from '../server/content-policy.ts';

/** A frame with two boxes in it, in the interface's accent colour. */
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f766e"/>' +
      '<path d="M7 12l9-5 9 5v9l-9 5-9-5z M7 12l9 5 9-5 M16 17v9" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>',
  );

/** Module of the built page that starts the preview. */
export const PREVIEW_MODULE = 'preview/main.js';

type DocumentOptions = Readonly<{
  /** The server's prefix with its token, without a slash at its end. */
  basePath: string;
  nonce: string;
  /** Module of the built page that starts it. */
  module: string;
  /** The most that the page keeps of assets between frames; what suits its renderer where it is left out. */
  assetBytes?: number | undefined;
}>;

/**
 * The preview's document: the page's import map, so that code scenes get our copy of three, one style
 * sheet and one module.
 */
export function previewDocument({
  basePath,
  nonce,
  module,
  assetBytes,
}: DocumentOptions): Readonly<{ html: string; policy: string }> {
  const imports = JSON.stringify({ imports: { three: `${basePath}/page/three.js` } });
  const budget = assetBytes === undefined ? '' : ` data-asset-bytes="${assetBytes}"`;
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Diorama preview</title>',
    `<link rel="icon" href="${ICON}">`,
    `<link rel="stylesheet" href="${basePath}/page/preview/main.css">`,
    `<script type="importmap" nonce="${nonce}">${imports}</script>`,
    `<script type="module" src="${basePath}/page/${module}"></script>`,
    '</head>',
    `<body><div id="app" data-base="${basePath}"${budget}></div></body>`,
    '</html>',
    '',
  ].join('\n');
  return { html, policy: `${contentPolicy(nonce)}; style-src 'self'` };
}
