/**
 * The lint fence. Few rules, all errors; each says why and what to do instead. A rule that has to be
 * switched off on a line says why there: `// eslint-disable-next-line rule -- reason`.
 * test/unit/fences.test.ts breaks each of our own bans on purpose (test/fences/planted).
 */
import path from 'node:path';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const KEBAB_FILE =
  /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.(test|prop\.test|page\.test|e2e\.test|bench|config|d))?\.(tsx?|js|cjs)$/;
const GRAB_BAG = /^(utils?|helpers?|common|misc|shared|types)\.ts$/;

/** Rules that no plugin has. Each is one visitor. */
const diorama = {
  rules: {
    'todo-has-issue': {
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            if (/\b(TODO|FIXME|XXX|HACK)\b(?!\(#?\d+\):)/.test(comment.value)) {
              context.report({
                loc: comment.loc,
                message:
                  'A bare TODO is never done. Open an issue and write `TODO(123): what`, or do it now (docs/contributing.md).',
              });
            }
          }
        },
      }),
    },
    'disable-has-reason': {
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
              context.report({
                loc: comment.loc,
                message:
                  'A rule is switched off without a reason. Write `eslint-disable… rule -- why`.',
              });
            }
          }
        },
      }),
    },
    'file-name': {
      create: (context) => ({
        Program(node) {
          const name = path.basename(context.filename);
          if (!KEBAB_FILE.test(name) || GRAB_BAG.test(name)) {
            context.report({
              node,
              message: `"${name}": expected a kebab-case name that says what the file exports (\`sample-scene.ts\` holds \`sampleScene\`), never utils, helpers or common.`,
            });
          }
        },
      }),
    },
  },
};

const NO_CHANCE =
  'Output is a function of (config, seed, frame) alone. Draw from `streamFor({ seed, frame, path })` in #shared/core/stream.';
const NO_CLOCK =
  'No clock may touch a frame: equal inputs give equal bytes. Take times in src/node, or in src/page/clock.ts for FrameTimings.';
const NO_LOCALE =
  'The answer depends on the machine’s language. Compare with < and >, and format numbers with String().';

const determinismProperties = [
  { object: 'Math', property: 'random', message: NO_CHANCE },
  { object: 'crypto', property: 'randomUUID', message: NO_CHANCE },
  { object: 'crypto', property: 'getRandomValues', message: NO_CHANCE },
  { object: 'Date', property: 'now', message: NO_CLOCK },
  { object: 'performance', property: 'now', message: NO_CLOCK },
  { object: 'performance', property: 'timeOrigin', message: NO_CLOCK },
];

const localeProperties = [
  'localeCompare',
  'toLocaleString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
  'toLocaleDateString',
  'toLocaleTimeString',
].map((property) => ({ property, message: NO_LOCALE }));

const determinismSyntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NO_CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: NO_CLOCK },
];

/** ECMAScript leaves the last bits of these open; V8 in Node and in Chromium differ (ADR 0004). */
const PORTABLE = ['sin', 'cos', 'tan', 'acos', 'atan', 'atan2', 'exp', 'log', 'pow'];
const UNPORTABLE = [
  'asin',
  'cbrt',
  'hypot',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'log2',
  'log10',
  'log1p',
  'expm1',
];
const NOT_EXACT =
  'differs in its last bit between Node and Chromium, and a frame sampled in either must be equal (docs/adr/0004-own-portable-math-and-inverse-cdf.md).';

const portableMathProperties = [
  ...PORTABLE.map((property) => ({
    object: 'Math',
    property,
    message: `Math.${property} ${NOT_EXACT} Import \`${property}\` from #shared/core/portable-math.`,
  })),
  ...UNPORTABLE.map((property) => ({
    object: 'Math',
    property,
    message: `Math.${property} ${NOT_EXACT} Build it from +, −, ×, ÷, Math.sqrt and #shared/core/portable-math.`,
  })),
];

const portableMathSyntax = [
  {
    selector: "BinaryExpression[operator='**']:not([left.type='Literal'][right.type='Literal'])",
    message: `x ** y ${NOT_EXACT} Write x * x, or import \`pow\` from #shared/core/portable-math.`,
  },
  {
    selector: "AssignmentExpression[operator='**=']",
    message: `x **= y ${NOT_EXACT} Write x *= x, or import \`pow\` from #shared/core/portable-math.`,
  },
];

const errors = (names) => Object.fromEntries(names.map((name) => [name, 'error']));

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'coverage/', 'assets/', 'test/fences/planted/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    plugins: { diorama },
    rules: {
      ...errors(['diorama/todo-has-issue', 'diorama/disable-has-reason', 'diorama/file-name']),
      ...errors([
        'eqeqeq',
        'no-var',
        'prefer-const',
        'no-eval',
        'no-new-func',
        'no-param-reassign',
      ]),
      ...errors([
        'no-constant-condition',
        'no-self-compare',
        'no-unreachable-loop',
        'no-useless-catch',
      ]),
      ...errors(['no-unsafe-finally', 'no-empty', 'no-console', 'no-debugger']),
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 80],
      'max-depth': ['error', 4],
      complexity: ['error', { max: 16, variant: 'modified' }],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // One program over the whole tree, with DOM and Node types together: half the time of a program for
      // each runtime. What runs where is not lint's business but the compiler's (tsconfig.json).
      parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A written `default` is a decision (zod has forty kinds); a case forgotten without one is not.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      // Numbers and booleans read the same in every template; objects and null do not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A string spreads into code points, which is what is wanted.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Typings of others promise more than there is (an attribute of a geometry, the text of
      // JSON.stringify): the check that this rule calls needless is the one that saves the frame.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A cast after three.js's own test (`isInstancedMesh`) is how its classes are told apart.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `<T>` used once still names the shape that a caller passes.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Coefficients stay as their source prints them, so that they can be checked against it.
      '@typescript-eslint/no-loss-of-precision': 'off',
      // The compiler's noUnusedLocals says it already, and once is enough.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['src/shared/**/*.ts', 'src/page/**/*.ts', 'src/preview/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-properties': ['error', ...determinismProperties, ...localeProperties],
      'no-restricted-syntax': ['error', ...determinismSyntax],
    },
  },
  {
    files: ['src/shared/{core,config,sampling,physics,plan}/**/*.ts'],
    ignores: ['src/shared/core/portable-math.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...determinismProperties,
        ...localeProperties,
        ...portableMathProperties,
      ],
      'no-restricted-syntax': ['error', ...determinismSyntax, ...portableMathSyntax],
    },
  },
  {
    // The one place in the page that may look at a clock: FrameTimings stand apart from the frame's data.
    files: ['src/page/clock.ts'],
    rules: { 'no-restricted-properties': ['error', ...localeProperties] },
  },
  {
    // Dataset bytes are written here: order by locale would differ between machines.
    files: ['src/node/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...localeProperties] },
  },
  {
    // Kernels over typed arrays, after one length check at the top of the function.
    files: ['src/shared/annotate/**/*.ts', 'src/page/readback/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/cli/**/*.ts', 'scripts/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', 600],
      // A describe block is a list, not a function.
      'max-lines-per-function': 'off',
      complexity: 'off',
      // Figures that a test finds (pixels at edges, greatest errors) are printed.
      'no-console': ['error', { allow: ['info'] }],
    },
  },
  {
    // Tools ask for a default export, and packages of others have one.
    files: ['*.config.{js,ts}', '**/*.d.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
