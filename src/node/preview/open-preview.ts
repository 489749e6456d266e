import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '#shared/core/errors';
import type { PreviewState } from '#shared/protocol/preview-api';
import type { InputsRequest } from '../run/prepare-run.ts';
import { assetRoots } from '../assets/asset-roots.ts';
import { openPageServer } from '../server/page-server.ts';
import { defaultPageRoot } from '../server/page-root.ts';
import { openEventStream } from './event-stream.ts';
import { openPreviewSession } from './preview-session.ts';
import { createPreviewSite } from './preview-site.ts';
import { watchInputs } from './watch-inputs.ts';

export type PreviewOptions = Readonly<{
  request: InputsRequest;
  /** Of 127.0.0.1; any that is free where it is left out. */
  port?: number | undefined;
  /** Folder of the built page; the package's own where it is left out. */
  pageRoot?: string | undefined;
  /** Loads the page again when it is built anew: for work on the preview itself. */
  watchPage?: boolean | undefined;
  /** Told of each load of the inputs. */
  onState?: ((state: PreviewState) => void) | undefined;
}>;

/** A preview that runs. */
export type Preview = Readonly<{
  /** Address of the page; whoever has it may use it. */
  url: string;
  state(): PreviewState;
  close(): Promise<void>;
}>;

/** A config with mistakes is shown; a config that is not there is a mistake on the command line. */
async function requireConfig(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true) return;
  throw new UsageError(`preview: expected a config file, found none at ${path}`);
}

/**
 * Serves the preview of a config until it is closed, and loads config, scene and assets again whenever
 * they change on disk.
 *
 * @throws BrowserError where the page was not built, UsageError where the port is taken or there is no config.
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { request, port, watchPage = false, onState } = options;
  await requireConfig(request.configPath);
  const pageRoot = options.pageRoot ?? (await defaultPageRoot());
  const events = openEventStream();
  const session = await openPreviewSession(request, (state) => {
    onState?.(state);
    events.send({ type: 'state', revision: state.revision });
  });
  const server = await openPageServer({
    port,
    pageRoot,
    resolveResource: session.resolveResource,
    site: createPreviewSite({ session, events }),
  });
  const inputs = await watchInputs(
    {
      files: [resolve(request.configPath), ...session.files()],
      folders: assetRoots(request.assetFolders).map(({ dir }) => dir),
    },
    () => void session.reload().then(() => inputs.add(session.files())),
  );
  const page = watchPage
    ? await watchInputs({ files: [], folders: [pageRoot] }, () => events.send({ type: 'page' }))
    : null;
  return {
    url: server.url,
    state: session.state,
    close: async () => {
      events.close();
      await Promise.all([inputs.close(), page?.close(), server.close()]);
    },
  };
}
