import { RenderError, UsageError } from '#shared/core/errors';
import type { RendererInfo } from '#shared/formats/dataset-manifest';
import type { GlReport } from '#shared/protocol/page-api';
import type { ReadBack } from '#shared/protocol/read-back';
import { openPageServer } from '../server/page-server.ts';
import type { PageServer, ResolveResource } from '../server/page-server.ts';
import { chooseBackend, thisMachine } from './choose-backend.ts';
import type { BackendChoice } from './choose-backend.ts';
import { openWorker } from './open-worker.ts';
import type { Worker, WorkerOptions } from './open-worker.ts';
import { MAX_WORKERS } from './max-workers.ts';
import { createPoolSlots } from './pool-slots.ts';
import type { SlotLease } from './pool-slots.ts';
import type { PageClient } from './page-client.ts';
import type { BackendRequest, FoundBrowser, LogLine, SandboxMode } from './browser-types.ts';

export type PoolOptions = Readonly<{
  browser: FoundBrowser;
  backend: BackendRequest;
  /** Browsers side by side; what suits the back end where it is left out. */
  workers?: number | undefined;
  /** llvmpipe's threads in each browser; what suits the back end where it is left out. */
  threadsPerBrowser?: number | undefined;
  sandbox: SandboxMode;
  resolveResource: ResolveResource;
  /** Folder of the built page; the package's own where it is left out. */
  pageRoot?: string | undefined;
  /** Longest time of one call into a page. */
  timeoutMs?: number | undefined;
  /** The most that each page keeps of assets between frames; what suits its renderer where it is left out. */
  assetBytes?: number | undefined;
  /** How each page reads pixels back; as suits its renderer where it is left out. */
  readBack?: ReadBack | undefined;
  /** Ends the pool: no new task is taken, every browser is closed. */
  signal?: AbortSignal | undefined;
  log: LogLine;
}>;

/**
 * Work on a page. `handOver` lets the next task have its place there while this one goes on with what it has drawn;
 * called again, or in a second try, it does nothing.
 */
export type PageTask<T> = (client: PageClient, handOver: () => void) => Promise<T>;

/** Whether a task may be given to a page that still draws for another, to wait there for its turn. */
export type TaskManner = Readonly<{ ahead?: boolean }>;

/** Browsers that render side by side. */
export type PagePool = Readonly<{
  /** What the page's WebGL2 context can do. */
  report: GlReport;
  /** For `dataset.json`. */
  renderer: RendererInfo;
  sandboxed: boolean;
  workers: number;
  /**
   * Runs a task on the next free page, alone there until it ends or hands the page over, or with one more that is
   * `ahead` too. Where it fails with a RenderError that is worth another try, the browser is replaced and the task
   * runs once more, this time alone to its end; a second failure is its own. Rejects with the signal's reason once
   * the pool was aborted.
   */
  run: <T>(task: PageTask<T>, manner?: TaskManner) => Promise<T>;
  /** Takes a packet's memory back for later packets; nobody may read it from now on. */
  recycle: (buffer: ArrayBufferLike) => void;
  /** How many tasks were given to a fresh browser so far, after theirs was lost. */
  replaced: () => number;
  /** Closes every browser and the server. Safe to call twice. */
  close: () => Promise<void>;
}>;

/** Two minutes: SwiftShader compiles a scene's shaders for several seconds, a large one for longer. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** A place in the pool; empty after its browser was lost, until the next task needs it. */
type Slot = { worker: Promise<Worker> | null };

/**
 * Opens the pool: server, back end, and the first of its browsers, with one page each. Another starts whenever
 * a task finds no page free, and takes whichever task has waited longest when it is open: a run of one frame
 * pays for one browser.
 *
 * @throws BrowserError or RenderError where any of them does not come up; nothing is left behind then.
 */
export async function openPool(options: PoolOptions): Promise<PagePool> {
  options.signal?.throwIfAborted();
  const workers = options.workers === undefined ? undefined : requireCount(options.workers);
  const server = await openPageServer(options);
  try {
    const { choice, opened } = await chooseBackend(options.backend, {
      machine: thisMachine(),
      open: (backend, threads) =>
        openWorker({
          ...workerOptions(options, server),
          backend,
          threadsPerBrowser: options.threadsPerBrowser ?? threads,
          signal: options.signal ?? new AbortController().signal,
        }),
      log: options.log,
    });
    options.signal?.throwIfAborted();
    const own: BackendChoice = {
      ...choice,
      workers: workers ?? choice.workers,
      threadsPerBrowser: options.threadsPerBrowser ?? choice.threadsPerBrowser,
    };
    return new Pool(options, own, { server, first: opened }).open();
  } catch (error) {
    await server.close();
    // What fails because the pool was aborted is no fault of a back end.
    options.signal?.throwIfAborted();
    throw error;
  }
}

function workerOptions(
  { browser, sandbox, timeoutMs = DEFAULT_TIMEOUT_MS, assetBytes, readBack, log }: PoolOptions,
  server: PageServer,
): Omit<WorkerOptions, 'backend' | 'threadsPerBrowser' | 'renderer' | 'signal'> {
  return { browser, sandbox, server, timeoutMs, assetBytes, readBack, tell: log };
}

class Pool {
  /** Those whose browsers were started. */
  readonly #slots: Slot[];
  readonly #queue: ReturnType<typeof createPoolSlots<Slot>>;
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #closed: Promise<void> | null = null;
  #replaced = 0;

  constructor(
    private readonly options: PoolOptions,
    private readonly choice: BackendChoice,
    private readonly opened: Readonly<{ server: PageServer; first: Worker }>,
  ) {
    this.#slots = [{ worker: Promise.resolve(opened.first) }];
    this.#queue = createPoolSlots(this.#slots);
  }

  open(): PagePool {
    const { first, server } = this.opened;
    const { report } = first.client;
    this.options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    return {
      report,
      renderer: {
        renderer: first.renderer,
        backend: this.choice.backend,
        browser: first.launched.product,
        three: report.three,
      },
      sandboxed: first.launched.sandboxed,
      workers: this.choice.workers,
      run: (task, manner) => this.run(task, manner),
      recycle: server.memory.giveBack,
      replaced: () => this.#replaced,
      close: () => this.close(),
    };
  }

  async run<T>(task: PageTask<T>, { ahead = false }: TaskManner = {}): Promise<T> {
    const first = await this.#lease(!ahead);
    try {
      return await this.#try(first.slot, (client) => task(client, first.giveBack));
    } catch (error) {
      if (!this.#isWorthAnotherTry(error)) throw error;
      this.#replaced += 1;
      // Another task may have been what ended the page: the second try is alone.
      if (ahead) first.giveBack();
      const second = first.isGivenBack() ? await this.#lease(true) : first;
      try {
        return await this.#try(second.slot, (client) => task(client, () => undefined));
      } finally {
        second.giveBack();
      }
    } finally {
      first.giveBack();
    }
  }

  /** Once only: later calls wait for the same end. */
  close(): Promise<void> {
    this.#closed ??= this.#end(new RenderError('lost', 'the pool was closed'));
    return this.#closed;
  }

  /** A place on a page; where none is idle, one more browser starts. */
  #lease(alone: boolean): Promise<SlotLease<Slot>> {
    if (!this.#queue.hasIdle()) this.#grow();
    return this.#queue.take(alone);
  }

  /** Runs work on a slot's page; a browser that is lost over it is closed. */
  async #try<T>(slot: Slot, work: (client: PageClient) => Promise<T>): Promise<T> {
    this.#ending.signal.throwIfAborted();
    const worker = this.#fill(slot);
    try {
      return await work((await worker).client);
    } catch (error) {
      // What fails because the pool ends must not look like a fault of the page.
      this.#ending.signal.throwIfAborted();
      // Tasks that share a page are lost together: the first to notice closes it.
      if (this.#isWorthAnotherTry(error) && slot.worker === worker) {
        this.options.log(`a browser is replaced: ${error.message}`);
        await this.#empty(slot);
      }
      throw error;
    }
  }

  #isWorthAnotherTry(error: unknown): error is RenderError {
    return !this.#ending.signal.aborted && error instanceof RenderError && error.retryable;
  }

  /** Starts one more browser, where there may be one; whoever waits longest when it is open gets it. */
  #grow(): void {
    if (this.#slots.length >= this.choice.workers) return;
    const slot: Slot = { worker: null };
    this.#slots.push(slot);
    // Where it does not start, the task that gets its place tries again, and hears why.
    void this.#fill(slot)
      .catch(() => undefined)
      .then(() => this.#queue.add(slot));
  }

  /** The slot's worker; a new one where it was lost. */
  #fill(slot: Slot): Promise<Worker> {
    if (slot.worker !== null) return slot.worker;
    const opening = this.#follow(
      openWorker({
        ...workerOptions(this.options, this.opened.server),
        ...this.choice,
        signal: this.#ending.signal,
      }),
    );
    slot.worker = opening;
    opening.catch(() => {
      if (slot.worker === opening) slot.worker = null;
    });
    return opening;
  }

  async #empty(slot: Slot): Promise<void> {
    const opened = slot.worker;
    slot.worker = null;
    // A worker that did not open has cleaned up after itself, and told whoever asked for it.
    const worker = await opened?.catch(() => null);
    if (worker) await this.#follow(worker.close());
  }

  /** Keeps what is under way in view: the pool has ended when all of it has. */
  #follow<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(settled);
    void settled.then(() => this.#underWay.delete(settled));
    return work;
  }

  readonly #onAbort = (): void => {
    this.#closed ??= this.#end(abortReason(this.options.signal));
    // `close`, which every owner calls, hears of a failure.
    this.#closed.catch(() => undefined);
  };

  async #end(reason: Error): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.#onAbort);
    this.#queue.close(reason);
    this.#ending.abort(reason);
    try {
      await allOrFirstFailure(this.#slots.map((slot) => this.#empty(slot)));
    } finally {
      await Promise.all(this.#underWay);
      await this.opened.server.close();
    }
  }
}

/** Waits for all of them, whether they fail or not; then throws the first failure. */
async function allOrFirstFailure<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new RenderError('lost', `aborted: ${String(reason)}`);
}

function requireCount(workers: number): number {
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new UsageError(`workers: expected a whole number from 1 to ${MAX_WORKERS}, got ${workers}`);
}
