import type { WriterRequest, Written } from './packet-files.ts';

/** A file that only workers have (File System Standard, FileSystemSyncAccessHandle), as far as it is used. */
type SyncFile = Readonly<{ write(bytes: Uint8Array, options: Readonly<{ at: number }>): number }>;
type SyncFileHandle = Readonly<{ createSyncAccessHandle(): Promise<SyncFile> }>;

/** Writes packets beside the page. */
const files: SyncFile[] = [];

async function open(marks: readonly string[]): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  for (const mark of marks) {
    const handle = (await folder.getFileHandle(mark, { create: true })) as unknown;
    const file = await (handle as SyncFileHandle).createSyncAccessHandle();
    writeAll(file, [new TextEncoder().encode(mark)]);
    files.push(file);
  }
}

function writeAll(file: SyncFile | undefined, parts: readonly Uint8Array[]): number {
  if (file === undefined) throw new Error('there is no such file');
  let at = 0;
  for (const part of parts) {
    const written = file.write(part, { at });
    if (written !== part.byteLength) throw new Error(`${written} of ${part.byteLength} bytes fit`);
    at += written;
  }
  return at;
}

async function answer(request: WriterRequest): Promise<Written> {
  const parts = 'parts' in request ? request.parts : [];
  try {
    if ('marks' in request) await open(request.marks);
    return { bytes: 'file' in request ? writeAll(files[request.file], parts) : 0 };
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error), parts };
  }
}

addEventListener('message', ({ data, ports: [port] }: MessageEvent<WriterRequest>) => {
  void answer(data).then((written) => {
    const buffers = 'parts' in written ? written.parts.map(({ buffer }) => buffer) : [];
    port?.postMessage(written, [...new Set(buffers)]);
  });
});
