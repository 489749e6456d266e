import type {
  ChangesRequest,
  PreviewEvent,
  PreviewState,
  SaveAnswer,
  SaveRequest,
} from '#shared/protocol/preview-api';

/** The server's answers, typed: all that the interface asks of Node goes through here. */
export type PreviewClient = Readonly<{
  /** The server's prefix with its token; the rendering page's assets are below it. */
  basePath: string;
  state(): Promise<PreviewState>;
  /** Lays changes over the config in place of those before. */
  change(request: ChangesRequest): Promise<PreviewState>;
  /** Writes what was changed as a new config. */
  save(request: SaveRequest): Promise<SaveAnswer>;
  /** Listens for ever; a connection that breaks is made again. */
  listen(
    heard: (event: PreviewEvent) => void,
    connected: (live: boolean) => void,
  ): Readonly<{ close(): void }>;
}>;

async function getJson<T>(url: string, body?: unknown): Promise<T> {
  const post = { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : post);
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()) as T;
}

/** The client of the server that this page came from. */
export function createClient(basePath: string): PreviewClient {
  const api = (path: string): string => `${basePath}/api/${path}`;
  return {
    basePath,
    state: () => getJson<PreviewState>(api('state')),
    change: (request) => getJson<PreviewState>(api('changes'), request),
    save: (request) => getJson<SaveAnswer>(api('save'), request),
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
