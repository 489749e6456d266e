/**
 * npm's `prepare`: builds `dist/` after an install in a checkout. The compiler is a development package;
 * without it (`npm ci --omit=dev`) a `dist/` that is there already is left as it is, and one that is not
 * is an error that says what to do. Plain JavaScript, since it runs where tsx may be absent.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const canBuild = existsSync('node_modules/typescript') && existsSync('node_modules/tsx');
const isBuilt = existsSync('dist/cli/main.js') && existsSync('dist/page/main.js');

if (canBuild) {
  const build = spawnSync('npm run build', { stdio: 'inherit', shell: true });
  process.exitCode = build.status ?? 1;
} else if (isBuilt) {
  process.stdout.write('prepare: no development packages; dist/ is used as it is\n');
} else {
  process.stderr.write(
    'prepare: expected dist/ or the development packages that build it, found neither.\n' +
      'Run "npm ci" and then "npm prune --omit=dev", or copy a built dist/ here first.\n',
  );
  process.exitCode = 1;
}
