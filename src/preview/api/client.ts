import type { PixelMap } from '#shared/draw/overlay';
import type { FileKind, FrameRecord } from '#shared/formats/frame-record';
import type {
  BatchAnswer,
  ChangesRequest,
  ChoicesAnswer,
  CoverageAnswer,
  FaultsAnswer,
  PreviewEvent,
  PreviewState,
  RecordAnswer,
  RenderRequest,
  SaveAnswer,
  SaveRequest,
  ValuesAnswer,
} from '#shared/protocol/preview-api';
import { readMap } from './read-map.ts';

/** The server's answers, typed: all that the interface asks of Node goes through here. */
export type PreviewClient = Readonly<{
  /** The server's prefix with its token; the rendering page's assets are below it. */
  basePath: string;
  state(): Promise<PreviewState>;
  /** Lays changes over the config in place of those before. */
  change(request: ChangesRequest): Promise<PreviewState>;
  /** Writes what was changed as a new config. */
  save(request: SaveRequest): Promise<SaveAnswer>;
  /** The batch that was started last. */
  batch(): Promise<BatchAnswer>;
  /** Renders frames into a new folder. */
  render(request: RenderRequest): Promise<BatchAnswer>;
  /** Stops the batch that runs, once the frames that are being written are. */
  cancel(): Promise<BatchAnswer>;
  /** Configs and datasets of the project. */
  choices(): Promise<ChoicesAnswer>;
  /** Looks at another one of them. */
  open(path: string): Promise<PreviewState>;
  // Of the dataset in view.
  record(frame: number): Promise<FrameRecord>;
  map(frame: number, kind: FileKind): Promise<PixelMap>;
  faults(frame: number): Promise<FaultsAnswer['faults']>;
  values(path: string): Promise<ValuesAnswer['values']>;
  rows(): Promise<CoverageAnswer['rows']>;
  /** Listens for ever; a connection that breaks is made again. */
  listen(
    heard: (event: PreviewEvent) => void,
    connected: (live: boolean) => void,
  ): Readonly<{ close(): void }>;
}>;

async function answerOf(url: string, body?: unknown): Promise<Response> {
  const post = { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : post);
  if (!response.ok) throw new Error((await response.text()).trim());
  return response;
}

async function getJson<T>(url: string, body?: unknown): Promise<T> {
  return (await (await answerOf(url, body)).json()) as T;
}

async function getBytes(url: string): Promise<ArrayBuffer> {
  return (await answerOf(url)).arrayBuffer();
}

/** The client of the server that this page came from. */
export function createClient(basePath: string): PreviewClient {
  const api = (path: string): string => `${basePath}/api/${path}`;
  return {
    basePath,
    state: () => getJson<PreviewState>(api('state')),
    change: (request) => getJson<PreviewState>(api('changes'), request),
    save: (request) => getJson<SaveAnswer>(api('save'), request),
    batch: () => getJson<BatchAnswer>(api('render')),
    render: (request) => getJson<BatchAnswer>(api('render'), request),
    cancel: () => getJson<BatchAnswer>(api('cancel'), {}),
    choices: () => getJson<ChoicesAnswer>(api('choices')),
    open: (path) => getJson<PreviewState>(api('open'), { path }),
    record: async (frame) =>
      (await getJson<RecordAnswer>(api(`dataset/frame?frame=${frame}`))).record,
    map: async (frame, kind) =>
      readMap(await getBytes(api(`dataset/map?frame=${frame}&kind=${kind}`))),
    faults: async (frame) =>
      (await getJson<FaultsAnswer>(api(`dataset/faults?frame=${frame}`))).faults,
    values: async (path) =>
      (await getJson<ValuesAnswer>(api(`dataset/values?of=${encodeURIComponent(path)}`))).values,
    rows: async () => (await getJson<CoverageAnswer>(api('dataset/coverage'))).rows,
    listen: (heard, connected) => {
      const source = new EventSource(api('events'));
      source.addEventListener('open', () => connected(true));
      source.addEventListener('error', () => connected(false));
      source.addEventListener('message', ({ data }: MessageEvent<string>) => {
        heard(JSON.parse(data) as PreviewEvent);
      });
      return { close: () => source.close() };
    },
  };
}
