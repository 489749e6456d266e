import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended, with everything that it said. */
export type CommandEnd = Readonly<{
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}>;

/**
 * Hears a line of standard output, before the command goes on: it stands still until this has ended. `kill` sends
 * a signal to the command, whose process is `pid`.
 */
export type LineListener = (
  line: string,
  kill: (signal: NodeJS.Signals) => void,
  pid: number,
) => void | Promise<void>;

/** Where the command is told that a line was heard. */
const HEARD_FD = 3;
/** Runs in the command before its own code, and makes it wait after each line that it writes. */
const WAIT_FOR_LISTENER = `
  import { readSync } from 'node:fs';
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = (text, ...more) => {
    const written = write(text, ...more);
    for (const _ of text.matchAll(/\\n/g)) readSync(${HEARD_FD}, Buffer.alloc(1));
    return written;
  };
`;

/** A workplace of a test: a config, a scene, and a temporary folder that every child process shares. */
export type Workplace = Readonly<{
  folder: string;
  config: string;
  path(name: string): string;
  /** Writes a file of this workplace and returns its path. */
  write(name: string, text: string | Uint8Array): string;
  /** Runs `diorama`, as it was built, to its end. `onLine` hears each line of standard output, and may send signals. */
  run(argv: readonly string[], onLine?: LineListener, env?: NodeJS.ProcessEnv): Promise<CommandEnd>;
  /** Command lines of processes that still use this workplace: browsers that were left behind. */
  leftovers(): readonly string[];
  remove(): void;
}>;

const SCENE = `
sceneVersion: 1
name: ground
nodes:
  - name: ground
    shape: { kind: plane, size: [4, 4] }
  - name: crate
    shape: { kind: box, size: [0.4, 0.4, 0.4] }
    position: [0, 0.2, 0]
    category: crate
`;

/** Small pictures of a crate from all sides; what varies is seen in every label. */
const CONFIG = `
configVersion: 1
name: crate
scene: scene.yaml
seed: 7
frames: 6
image: { width: 64, height: 48 }
categories: [crate]
camera:
  pose:
    kind: shell
    target: [0, 0.2, 0]
    radiusMeters: { kind: uniform, min: 1.2, max: 2 }
    elevationDegrees: { kind: uniform, min: 20, max: 60 }
lights:
  key: { kind: directional, place: { kind: at, position: [1, 2, 1] }, intensity: 2 }
render: { antialias: none, ambientOcclusion: { strength: 0 } }
`;

/** What is measured of assets: shared by all tests of a run, that it is made once. */
export const CACHE = join(tmpdir(), 'cache');

function environment(folder: string): NodeJS.ProcessEnv {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  return { ...process.env, TMPDIR: temporary, DIORAMA_CACHE: CACHE, NO_COLOR: '1' };
}

/** Opens a workplace; `remove` it afterwards. */
export function openWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-e2e-'));
  const env = environment(folder);
  writeFileSync(join(folder, 'scene.yaml'), SCENE);
  writeFileSync(join(folder, 'crate.yaml'), CONFIG);
  return {
    folder,
    config: join(folder, 'crate.yaml'),
    path: (name) => join(folder, name),
    write: (name, text) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
    leftovers: () =>
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) => {
          try {
            const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
            return line.includes(folder) ? [line] : [];
          } catch {
            return [];
          }
        }),
    run: (argv, onLine, extra = {}) => runToEnd(argv, { ...env, ...extra }, onLine),
  };
}

function runToEnd(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine?: LineListener,
): Promise<CommandEnd> {
  const waits = `data:text/javascript,${encodeURIComponent(WAIT_FOR_LISTENER)}`;
  const flags = onLine === undefined ? [] : ['--import', waits];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, 'dist/cli/main.js', ...argv], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr, stdio } = child as ChildProcessByStdio<null, Readable, Readable>;
    const heard = stdio[HEARD_FD] as Writable;
    // A command that was killed hears no more.
    heard.on('error', () => undefined);
    child.on('exit', () => heard.destroy());
    const hear = async (line: string): Promise<void> => {
      await onLine?.(line, (signal) => child.kill(signal), child.pid ?? 0);
      heard.write('.');
    };
    let out = '';
    let err = '';
    stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    createInterface({ input: stdout }).on('line', (line) => {
      out += `${line}\n`;
      hear(line).catch((error: unknown) => {
        child.kill('SIGKILL');
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** Every file of a dataset with its bytes, by path; `run.json`, which holds clocks, left out. */
export function readDataset(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'run.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [relative(folder, file), readFileSync(file).toString('base64')]),
  );
}
