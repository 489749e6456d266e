import type { PreviewEvent, PreviewState } from '#shared/protocol/preview-api';
import { openPageServer } from '../server/page-server.ts';
import { defaultPageRoot } from '../server/page-root.ts';
import { createBatchRunner, type BatchBrowser } from './batch-runner.ts';
import { openEventStream } from './event-stream.ts';
import { PREVIEW_MODULE } from './preview-document.ts';
import { createPreviewSite } from './preview-site.ts';
import { openWorkspace, type WorkspaceRequest } from './workspace.ts';

export type PreviewOptions = Readonly<{
  /** What to look at; one of the project's configs, to be chosen in the page, where no target is named. */
  request: Omit<WorkspaceRequest, 'project'>;
  /** Folder of configs to choose from, below which batches are written; the working folder where it is left out. */
  project?: string | undefined;
  /** Of 127.0.0.1; any that is free where it is left out. */
  port?: number | undefined;
  /** Folder of the built page; the package's own where it is left out. */
  pageRoot?: string | undefined;
  /**
   * What draws the batches that the page asks for; as `diorama render` chooses where it is left out. The page itself
   * keeps as much of assets.
   */
  browser?: BatchBrowser | undefined;
  /** Module of the built page that starts it. */
  module?: string | undefined;
  /** Told of each load of the inputs. */
  onState?: ((state: PreviewState) => void) | undefined;
}>;

/** A preview that runs. */
export type Preview = Readonly<{
  /** Address of the page; whoever has it may use it. */
  url: string;
  state(): PreviewState;
  /** Tells the pages that are open. */
  tell(event: PreviewEvent): void;
  close(): Promise<void>;
}>;

/**
 * Serves the preview of a config or a dataset until it is closed, and loads config, scene and assets, or
 * the dataset, again whenever they change on disk.
 *
 * @throws BrowserError where the page was not built, UsageError where the port is taken or there is nothing to look at.
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { request, port, module = PREVIEW_MODULE, onState, browser = {} } = options;
  const { project = process.cwd() } = options;
  const pageRoot = options.pageRoot ?? (await defaultPageRoot());
  const events = openEventStream();
  const workspace = await openWorkspace({ ...request, project }, (state) => {
    onState?.(state);
    events.send({ type: 'state', revision: state.revision });
  });
  const batch = createBatchRunner({
    browser,
    project,
    told: (run) => events.send({ type: 'batch', run }),
  });
  const server = await openPageServer({
    port,
    pageRoot,
    resolveResource: workspace.resolveResource,
    site: createPreviewSite({
      workspace,
      events,
      batch,
      project,
      module,
      assetBytes: browser.assetBytes,
    }),
  }).catch(async (error: unknown) => {
    await workspace.close();
    throw error;
  });
  return {
    url: server.url,
    state: workspace.state,
    tell: events.send,
    close: async () => {
      await batch.cancel();
      events.close();
      await Promise.all([workspace.close(), server.close()]);
    },
  };
}
