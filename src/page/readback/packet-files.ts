/** What the writer is asked for: to open a file for each mark, or to write a packet's parts one after another. */
export type WriterRequest =
  | Readonly<{ marks: readonly string[] }>
  | Readonly<{ file: number; parts: readonly Uint8Array<ArrayBuffer>[] }>;

/** The bytes that were written; or why not, and the parts, which were the writer's own meanwhile. */
export type Written =
  | Readonly<{ bytes: number }>
  | Readonly<{ because: string; parts: readonly Uint8Array<ArrayBuffer>[] }>;

/** Files of the origin private file system that Node reads packets from (docs/adr/0040-packets-through-files.md). */
export type PacketFiles = Readonly<{
  /** Writes a packet from the file's first byte on. Takes the memory of the parts; hands it back where it fails. */
  write(file: number, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Written>;
}>;

/**
 * Starts the worker that has the files: only workers may write to them without a copy.
 *
 * @param script the worker's.
 * @param marks what each file holds first.
 * @throws Error where the browser has no such files, or no room for them.
 */
export async function openPacketFiles(script: URL, marks: readonly string[]): Promise<PacketFiles> {
  const worker = new Worker(script, { type: 'module' });
  const opened = await ask(worker, { marks }, []);
  if ('because' in opened) throw new Error(opened.because);
  return {
    write: (file, parts) =>
      ask(worker, { file, parts }, [...new Set(parts.map(({ buffer }) => buffer))]),
  };
}

/** Each request has a channel of its own for its answer, so that none is taken for another's. */
function ask(
  worker: Worker,
  request: WriterRequest,
  transferred: readonly ArrayBuffer[],
): Promise<Written> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<Written>) => {
      port1.close();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(`the worker that writes: ${message}`));
    worker.postMessage(request, [port2, ...transferred]);
  });
}
