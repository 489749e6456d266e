/**
 * The import fence: layer order, owners of packages, Node builtins, cycles. What runs where (DOM, Node
 * types) is the compiler's fence: the tsconfig.json of each folder under src.
 *
 * A failure prints the rule's name and its comment: why, and where to change it. Every rule has a planted
 * violation in test/fences/planted, which test/unit/fences.test.ts expects to be caught by name.
 */

/** Inside src/shared, each folder may import those before it. docs/architecture.md has the same list. */
const SHARED_ORDER = [
  'core',
  'config',
  'physics',
  'sampling',
  'plan',
  'annotate',
  'verify',
  'formats',
  'draw',
  'stats',
  'protocol',
];

/** The folder, or folders, under src that may import a package. One row for each dependency. */
const OWNERS = {
  three: ['page', 'node/scene', 'node/assets'],
  puppeteer: ['node/browser'],
  sharp: ['node/writers', 'node/readers', 'node/assets', 'node/inspect'],
  fflate: ['node/writers'],
  '@gltf-transform/core': ['node/assets', 'node/scene'],
  '@gltf-transform/extensions': ['node/assets', 'node/scene'],
  '@gltf-transform/functions': ['node/assets', 'node/scene'],
  '@pmndrs/assets': ['node/assets'],
  draco3dgltf: ['node/assets', 'node/scene'],
  meshoptimizer: ['node/assets', 'node/scene'],
  'gltf-validator': ['node/assets'],
  esbuild: ['node/scene'],
  'p-limit': ['node'],
  'csv-parse': ['node/config'],
  chokidar: ['node/preview'],
  preact: ['preview'],
  '@preact/signals': ['preview'],
  zod: ['shared/config'],
  yaml: ['shared/config'],
  'fastest-levenshtein': ['shared/config'],
  seedrandom: ['shared/core'],
  '@dimforge/rapier3d-deterministic-compat': ['shared/physics'],
  yargs: ['cli'],
  'cli-progress': ['cli'],
  picocolors: ['cli'],
};

const HERE = 'Change it in .dependency-cruiser.cjs and docs/architecture.md, with an ADR.';

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const folder = (...names) => names.map((name) => `^src/${name}/`);

const inPackage = (name) => `(^|/)node_modules/${name}/`;

const layers = [
  error(
    'shared-imports-no-layer',
    `src/shared runs in Node and in the page alike, so it knows neither. Pass what differs in as an argument. ${HERE}`,
    { path: '^src/shared/' },
    { path: '^src/', pathNot: '^src/shared/' },
  ),
  error(
    'page-imports-only-shared',
    `src/page runs in the browser and meets Node in src/shared/protocol alone. ${HERE}`,
    { path: '^src/page/' },
    { path: '^src/', pathNot: folder('page', 'shared') },
  ),
  error(
    'preview-imports-no-node',
    `src/preview is the interface in the user's browser: it draws with src/page and speaks to Node over HTTP in the words of src/shared/protocol. ${HERE}`,
    { path: '^src/preview/' },
    { path: '^src/', pathNot: folder('preview', 'page', 'shared') },
  ),
  error(
    'node-imports-only-shared',
    `src/node calls the page by the names of PageApi (src/shared/protocol) and never knows the command line. ${HERE}`,
    { path: '^src/node/' },
    { path: '^src/', pathNot: folder('node', 'shared') },
  ),
  error(
    'cli-imports-no-page',
    `src/cli is thin: it reads flags, calls src/node and prints. ${HERE}`,
    { path: '^src/cli/' },
    { path: '^src/', pathNot: folder('cli', 'node', 'shared') },
  ),
  error(
    'index-imports-no-page',
    `src/index.ts is the public API of the Node package: src/node and src/shared by name, no more. ${HERE}`,
    { path: '^src/index\\.ts$' },
    { path: '^src/', pathNot: folder('node', 'shared') },
  ),
  error(
    'src-imports-only-src',
    'What ships may not lean on tests, scripts, scenes or configs, which do not. Move the code under src.',
    { path: '^src/' },
    { path: '^(test|scripts|scenes|configs|docs|assets|dist)/' },
  ),
];

const sharedOrder = SHARED_ORDER.map((name, index) =>
  error(
    `shared-order-${name}`,
    `Inside src/shared data flows ${SHARED_ORDER.join(' → ')}; ${name} may import ${
      index === 0 ? 'nothing else there' : SHARED_ORDER.slice(0, index).join(', ')
    }. Move the shared type to the earlier folder. ${HERE}`,
    { path: `^src/shared/${name}/` },
    {
      path: '^src/shared/',
      pathNot: folder(...SHARED_ORDER.slice(0, index + 1).map((n) => `shared/${n}`)),
    },
  ),
);

const owners = Object.entries(OWNERS).map(([name, folders]) =>
  error(
    `owner-${name}`,
    `${name} is owned by ${folders.map((f) => `src/${f}`).join(' and ')}: one place to wrap, upgrade or replace it. Call that folder's own function, or add an owner. ${HERE}`,
    { path: '^src/', pathNot: folder(...folders) },
    { path: inPackage(name) },
  ),
);

const packages = [
  error(
    'package-without-owner',
    `Each third-party package has an owner folder. Add a row to OWNERS in .dependency-cruiser.cjs and to docs/architecture.md.`,
    { path: '^src/' },
    { path: '(^|/)node_modules/', pathNot: Object.keys(OWNERS).map(inPackage) },
  ),
  error(
    'package-not-declared',
    'A package that package.json does not name works by accident: another package brought it. Add it there, with an owner.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  error(
    'dev-package-in-src',
    'devDependencies are not installed with the published package. Move it to dependencies, with an owner.',
    { path: '^src/' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'] },
  ),
  error(
    'node-builtin-outside-node',
    `Node builtins belong to src/node and src/cli; src/shared and src/page run in a browser too. Take bytes or text as an argument. ${HERE}`,
    { path: '^src/', pathNot: folder('node', 'cli') },
    { dependencyTypes: ['core'] },
  ),
];

const shape = [
  error(
    'no-cycle',
    'Two files that import each other, even for types, are one file in two halves. Move what both need to a third.',
    {},
    { circular: true },
  ),
  error(
    'no-unresolved',
    'Nothing was found under this name. Relative imports carry `.ts`; `#shared/…`, `#node/…`, `#page/…` and `#preview/…` do not.',
    {},
    { couldNotResolve: true },
  ),
  error(
    'no-orphan',
    'Nothing imports this file and it imports nothing: dead code. Use it or delete it.',
    { orphan: true, path: '^(src|scripts)/', pathNot: '\\.d\\.ts$' },
    {},
  ),
];

module.exports = {
  forbidden: [...layers, ...sharedOrder, ...owners, ...packages, ...shape],
  options: {
    // Relative to where depcruise runs, so that the planted tree is checked by the same file.
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fences/planted/' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
