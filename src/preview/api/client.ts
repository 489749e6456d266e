import type { PreviewEvent, PreviewState } from '#shared/protocol/preview-api';

/** The server's answers, typed: all that the interface asks of Node goes through here. */
export type PreviewClient = Readonly<{
  /** The server's prefix with its token; the rendering page's assets are below it. */
  basePath: string;
  state(): Promise<PreviewState>;
  /** Listens for ever; a connection that breaks is made again. */
  listen(
    heard: (event: PreviewEvent) => void,
    connected: (live: boolean) => void,
  ): Readonly<{ close(): void }>;
}>;

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()) as T;
}

/** The client of the server that this page came from. */
export function createClient(basePath: string): PreviewClient {
  const api = (path: string): string => `${basePath}/api/${path}`;
  return {
    basePath,
    state: () => getJson<PreviewState>(api('state')),
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
