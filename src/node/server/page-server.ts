import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, RenderError, UsageError } from '#shared/core/errors';
import { COMMON_HEADERS, contentPolicy, indexHtml, SCRIPT_POLICY } from './content-policy.ts';
import { createPacketMemory, type PacketMemory } from './packet-memory.ts';
import { createPacketTickets } from './packet-tickets.ts';
import type { PacketTickets } from './packet-tickets.ts';
import { createPageVisits, type PageVisit, type PageVisits } from './page-visits.ts';
import { defaultPageRoot, findPageFile, requirePageRoot } from './page-root.ts';
import { readJsonBody } from './read-json-body.ts';
import { requestSegments, resourceKey } from './request-path.ts';
import { sendAnswer } from './send-answer.ts';
import type { Answer } from './send-answer.ts';

/** Bytes of an asset, in memory or in a file that the caller allows to be read. */
export type PageResource = Readonly<{
  contentType: string;
  /** True where the key names these bytes for ever, so that the browser may keep them. */
  immutable?: boolean | undefined;
}> &
  (Readonly<{ bytes: Uint8Array }> | Readonly<{ path: string }>);

/** Bytes behind a key; null: there is no such resource. */
export type ResolveResource = (key: string) => Promise<PageResource | null>;

/** A request that passed the checks of host, origin and token, below the prefix of its server. */
export type SiteRequest = Readonly<{
  method: 'GET' | 'POST';
  /** Decoded, after the token. */
  segments: readonly string[];
  query: URLSearchParams;
  /** The body, JSON. @throws UsageError where it is none, or longer than {@link MAX_JSON_BYTES}. */
  readJson(): Promise<unknown>;
}>;

/** What a server shows instead of the page that only renders. */
export type Site = Readonly<{
  /** The document at the prefix, and its content security policy. */
  index(basePath: string, nonce: string): Readonly<{ html: string; policy: string }>;
  /** Null: there is nothing of that name. */
  answer(request: SiteRequest): Promise<Answer | null>;
}>;

export type PageServerOptions = Readonly<{
  resolveResource: ResolveResource;
  /** A document and answers of its own; the rendering page alone where it is left out. */
  site?: Site | undefined;
  /** Of 127.0.0.1; any that is free where it is left out or 0. */
  port?: number | undefined;
  /** Folder of the built page; the package's own `dist/page` where it is left out. */
  pageRoot?: string | undefined;
}>;

export type PageServer = Readonly<{
  port: number;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Prefix of whoever was told of {@link PageServer.url}; pages whose requests are told apart have others. */
  basePath: string;
  /** Address of the page, for whoever may look at it. */
  url: string;
  /** Lets a page in under a prefix of its own. */
  admit: () => PageVisit;
  /**
   * The body of the POST to `<basePath>/packets/<ticket>`, in memory that nothing else uses until it is recycled.
   * Rejects with a RenderError: `internal` where it is longer than `maxBytes`, `lost` where it breaks
   * off, the signal aborts or the server closes.
   */
  expectPacket: PacketTickets['expect'];
  /** What packets lie in, however they come. */
  memory: PacketMemory;
  close: () => Promise<void>;
}>;

/** Received from the socket at once; a packet has several MiB. */
const RECEIVE_BYTES = 1 << 20;
/** The page is idle between frames for as long as Node is busy; its connections stay. */
const KEEP_ALIVE_MS = 120_000;

type ServerContext = Readonly<{
  root: string;
  host: string;
  visits: PageVisits;
  tickets: PacketTickets;
  resolveResource: ResolveResource;
  site: Site | undefined;
}>;

/**
 * Opens the page's server on a port of 127.0.0.1, a random one unless told otherwise. It answers only under a secret prefix, to
 * requests that name it as their host, and takes bodies only from its own page and for a ticket that is
 * awaited, or for a site's own answers (design.md §8).
 *
 * @throws BrowserError where the page was not built, UsageError where the port is taken.
 */
export async function openPageServer(options: PageServerOptions): Promise<PageServer> {
  const root = await requirePageRoot(options.pageRoot ?? (await defaultPageRoot()));
  const memory = createPacketMemory();
  const tickets = createPacketTickets(memory);
  const server = createServer({ highWaterMark: RECEIVE_BYTES, noDelay: true });
  const port = await listen(server, options.port ?? 0);
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const visits = createPageVisits();
  const context: ServerContext = {
    root,
    host,
    visits,
    tickets,
    resolveResource: options.resolveResource,
    site: options.site,
  };
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('request', (request, response) => {
    const visit = visits.find(request.url ?? '');
    if (visit !== null) visits.follow(visit, request, response);
    void answerRequest(context, visit, request)
      .catch((error: unknown) => failureAnswer(error))
      .then((answer) => sendAnswer(request, response, answer));
  });
  const { basePath, url } = visits.admit(origin);
  return {
    port,
    origin,
    basePath,
    url,
    admit: () => visits.admit(origin),
    expectPacket: tickets.expect,
    memory,
    close: () => closeServer(server, tickets),
  };
}

/** Decides what a request gets; sends nothing. */
async function answerRequest(
  context: ServerContext,
  visit: PageVisit | null,
  request: IncomingMessage,
): Promise<Answer> {
  const target = request.url ?? '';
  const origin = `http://${context.host}`;
  if (request.headers.host !== context.host) return refusal(403, 'wrong host');
  const from = request.headers.origin;
  if (from === undefined ? request.method === 'POST' : from !== origin) {
    return refusal(403, 'wrong origin');
  }
  if (visit === null) return refusal(404, 'not found');
  if (request.method === 'GET' && target.startsWith(`${visit.basePath}/resources/`)) {
    return answerResource(context, target);
  }
  const [, area, ...rest] = requestSegments(target) ?? [];
  if (area === 'packets') return answerPacket(context, request, rest);
  if (area === 'api') return answerSite(context, request, rest);
  if (request.method !== 'GET') return refusal(405, 'only GET');
  if (area === '' && rest.length === 0) return indexAnswer(context, visit);
  return area === 'page' ? answerFile(context, rest) : refusal(404, 'not found');
}

async function answerFile(context: ServerContext, segments: readonly string[]): Promise<Answer> {
  const file = await findPageFile(context.root, segments);
  if (file === null) return refusal(404, 'not found');
  const headers = { 'content-security-policy': SCRIPT_POLICY };
  return { status: 200, ...file, immutable: false, headers };
}

async function answerPacket(
  context: ServerContext,
  request: IncomingMessage,
  rest: readonly string[],
): Promise<Answer> {
  const [ticket] = rest;
  if (request.method !== 'POST') return refusal(405, 'only POST');
  if (ticket === undefined || ticket === '' || rest.length !== 1) return refusal(404, 'not found');
  const outcome = await context.tickets.receive(ticket, request);
  return outcome.status === 204 ? { status: 204 } : refusal(outcome.status, outcome.message);
}

async function answerResource(context: ServerContext, target: string): Promise<Answer> {
  const key = resourceKey(target, 2);
  const resource = key === null ? null : await context.resolveResource(key);
  if (resource === null) return refusal(404, 'no such resource');
  return { status: 200, ...resource, immutable: resource.immutable ?? false };
}

async function answerSite(
  { site }: ServerContext,
  request: IncomingMessage,
  segments: readonly string[],
): Promise<Answer> {
  const { method, url = '' } = request;
  if (site === undefined) return refusal(404, 'not found');
  if (method !== 'GET' && method !== 'POST') return refusal(405, 'only GET and POST');
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  const readJson = (): Promise<unknown> => readJsonBody(request);
  return (await site.answer({ method, segments, query, readJson })) ?? refusal(404, 'not found');
}

function indexAnswer({ site }: ServerContext, { basePath }: PageVisit): Answer {
  const nonce = randomBytes(16).toString('base64');
  const { html, policy } = site?.index(basePath, nonce) ?? {
    html: indexHtml(basePath, nonce),
    policy: contentPolicy(nonce),
  };
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    bytes: new TextEncoder().encode(html),
    immutable: false,
    headers: { 'content-security-policy': policy, ...COMMON_HEADERS },
  };
}

function refusal(status: number, message: string): Answer {
  const bytes = new TextEncoder().encode(`${message}\n`);
  return { status, contentType: 'text/plain; charset=utf-8', bytes, immutable: false };
}

/** The page reports what it could not load, so the reason must reach it. */
function failureAnswer(error: unknown): Answer {
  const status = error instanceof UsageError || error instanceof ConfigError ? 400 : 500;
  return refusal(status, error instanceof Error ? error.message : String(error));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `port ${port} of 127.0.0.1 is not free (${error.code}). Choose another one, or leave it out.`;
      reject(port === 0 ? error : new UsageError(taken, { cause: error }));
    });
    server.listen({ host: '127.0.0.1', port }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server, tickets: PacketTickets): Promise<void> {
  tickets.rejectAll(new RenderError('lost', 'the page server was closed'));
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
