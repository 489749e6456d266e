import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { EMBEDDED_CHROMIUM_VERSION, embeddedChromiumDirectory } from './cache-directory.ts';
import { describeFailure, runCommand } from './run-command.ts';
import type { LogLine } from './browser-types.ts';

const PACKAGE = '@sparticuz/chromium';
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;
const UNPACK_TIMEOUT_MS = 60_000;

/** SHA-256 of what is taken from the package, so that another file under its name is never started. */
const ARCHIVES = {
  'chromium.br': '64d813a054f76fc32b8010e305d87e6d7a45aa76ee02d36e66c03c8ca6667e8d',
  'swiftshader.tar.br': 'f957ea867313f9815b71dc2ed30cce301e01db4f3973fbdb31ffa5391b0ec45a',
  'al2023.tar.br': '2e22542d8c66b83194172f4bbbef0a79b80bbeb99d69abf3962d85c1351f478d',
} as const;
type ArchiveName = keyof typeof ARCHIVES;

/**
 * Fetches the Chromium that lies inside an npm package and unpacks it into a folder of ours, named by
 * version. It draws with SwiftShader alone, so it is the last resort: it needs npm's registry, no root
 * and hardly any system library (`lib/` beside it holds copies of those).
 *
 * The package's own `executablePath()` is not used: it returns any file called `chromium` in the
 * temporary folder, whatever that is.
 *
 * @param cache our cache folder.
 * @returns null, or why it failed.
 */
export async function installEmbeddedChromium(cache: string, log: LogLine): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `${PACKAGE} is built for Linux on x64, this is ${process.platform} on ${process.arch}`;
  }
  const target = embeddedChromiumDirectory(cache, EMBEDDED_CHROMIUM_VERSION);
  if (await exists(join(target, 'chromium'))) return `${target} holds one already`;
  const mine = `${EMBEDDED_CHROMIUM_VERSION}.${process.pid}`;
  const download = join(cache, `npm-${mine}`);
  const partial = join(cache, 'chromium', `partial-${mine}`);
  try {
    await fetchPackage(download, log);
    log(`unpacking it into ${target}`);
    await unpack(join(download, 'node_modules', PACKAGE, 'bin'), partial);
    await publish(partial, target);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(download, { recursive: true, force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

async function fetchPackage(folder: string, log: LogLine): Promise<void> {
  await mkdir(folder, { recursive: true });
  const spec = `${PACKAGE}@${EMBEDDED_CHROMIUM_VERSION}`;
  log(`npm install ${spec} (about 70 MB) into a temporary folder`);
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const result = await runCommand('npm', ['install', '--prefix', folder, ...flags, spec], {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    cwd: folder,
  });
  if (result.code !== 0) throw new Error(`npm install ${spec}: ${describeFailure(result)}`);
}

async function unpack(source: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await checkArchive(source, 'chromium.br');
  const binary = join(folder, 'chromium');
  await pipeline(
    createReadStream(join(source, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(binary),
  );
  await chmod(binary, 0o755);
  await unpackTar(source, 'swiftshader.tar.br', folder);
  await unpackTar(source, 'al2023.tar.br', folder);
}

async function unpackTar(source: string, name: ArchiveName, folder: string): Promise<void> {
  await checkArchive(source, name);
  const input = brotliDecompressSync(await readFile(join(source, name)));
  const result = await runCommand(
    'tar',
    ['-x', '--no-same-owner', '--no-same-permissions', '-f', '-', '-C', folder],
    {
      timeoutMs: UNPACK_TIMEOUT_MS,
      input,
    },
  );
  if (result.code !== 0) throw new Error(`tar -x of ${name}: ${describeFailure(result)}`);
}

async function checkArchive(source: string, name: ArchiveName): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(source, name)), hash);
  const found = hash.digest('hex');
  if (found !== ARCHIVES[name]) {
    throw new Error(
      `${PACKAGE} ${name}: expected SHA-256 ${ARCHIVES[name]}, got ${found}; it is not used`,
    );
  }
}

/** Puts the folder in its place in one step, so that a half-unpacked browser is never found. */
async function publish(partial: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(partial, target).catch(async (error: unknown) => {
    // Another process published the same version first: its folder is as good as ours.
    if (!(await exists(join(target, 'chromium')))) throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
