/**
 * `npm run demo`: renders the table-top, draws its labels on one sheet, and says where to look. Further words
 * go to `diorama render`: `npm run demo -- --frames 0..3`. Run again, it continues.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const CONFIG = 'configs/tabletop.yaml';
const INTERRUPTED = 130;

/** Runs the command line in the foreground; its exit code. */
function diorama(...words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli/main.js'), ...words], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the command line by itself, which ends in order; other signals are handed on.
  const wait = (): void => undefined;
  const handOn = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', handOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', wait).off('SIGTERM', handOn);
      resolve(code ?? INTERRUPTED);
    });
  });
}

/** Where `diorama render` writes: the folder asked for, else out/<name of the config>. */
function datasetFolder(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--out' || word.startsWith('--out='));
  const asked = at < 0 ? undefined : (words[at]?.split('=', 2)[1] ?? words[at + 1]);
  if (asked !== undefined) return asked;
  const config = parseDocument(readFileSync(path.join(ROOT, CONFIG), 'utf8'));
  return `out/${String(config.get('name'))}`;
}

/** The system's own way of showing a file. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'open',
  win32: 'start',
};

function farewell(folder: string): string {
  const opener = OPENERS[process.platform] ?? 'xdg-open';
  return [
    '',
    `images      ${folder}/images`,
    `labels      ${folder}/labels, ${folder}/annotations/instances.json (COCO)`,
    `all at once ${folder}/inspect/sheet.png`,
    '',
    `look        ${opener} ${folder}/inspect/sheet.png`,
    `one frame   npx diorama inspect ${folder} --frames 0 --labels image --labels masks,names --labels depth`,
    `your own    copy ${CONFIG}, change it, npx diorama render <your config>`,
  ].join('\n');
}

const words = process.argv.slice(2);
const folder = datasetFolder(words);
let exitCode = await diorama('render', CONFIG, ...words);
if (exitCode === 0) exitCode = await diorama('inspect', folder, '--sheet');
if (exitCode === 0) console.log(farewell(folder));
process.exitCode = exitCode;
