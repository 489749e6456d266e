/**
 * The page's content security policy: scripts and workers from our server alone, no frame, no form.
 * WebAssembly may be compiled (the physics engine is one), text may not be evaluated.
 * `blob:` and `data:` never leave the page; three's loaders `fetch` the images and buffers that lie
 * inside a glTF file from such addresses.
 *
 * @param nonce of this one answer, for the inline import map.
 */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    "connect-src 'self' blob: data:",
    "img-src 'self' blob: data:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A worker has the policy of its own script, not of its page: it computes, and asks for nothing but scripts of ours. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** Headers of every answer. Isolation from other origins also gives the page its finer clock. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The page: an import map, so that scene code may say `import … from 'three'` and gets the page's own
 * copy, and one module.
 *
 * @param basePath the server's prefix with its token, without a slash at its end.
 */
export function indexHtml(basePath: string, nonce: string): string {
  const imports = JSON.stringify({ imports: { three: `${basePath}/page/three.js` } });
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Diorama</title>',
    '<link rel="icon" href="data:,">',
    `<script type="importmap" nonce="${nonce}">${imports}</script>`,
    `<script type="module" src="${basePath}/page/main.js"></script>`,
    '</head>',
    '<body></body>',
    '</html>',
    '',
  ].join('\n');
}
