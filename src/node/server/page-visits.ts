import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A page that may load, under a prefix of its own: whatever comes under it, this page asked for. */
export type PageVisit = Readonly<{
  /** `/<token>`: the prefix of every path, and what the page is started with. */
  basePath: string;
  /** Address of the page. */
  url: string;
  /** Requests that are not answered to their end, oldest first, such as `GET /resources/crate.glb`. */
  openRequests: () => readonly string[];
}>;

/** The pages of a server. */
export type PageVisits = Readonly<{
  /** Lets one more page in. */
  admit: (origin: string) => PageVisit;
  /** The page whose prefix a request target has, such as `/<token>/page/main.js`; null: nobody's. */
  find: (target: string) => PageVisit | null;
  /** Counts a request as open until its response has ended, or its connection. */
  follow: (visit: PageVisit, request: IncomingMessage, response: ServerResponse) => void;
}>;

/** Bits of the token: nobody guesses it, and nothing is answered without it. */
const TOKEN_BYTES = 32;

/** Makes an empty list of pages. */
export function createPageVisits(): PageVisits {
  const visits = new Map<string, PageVisit>();
  const open = new Map<ServerResponse, Readonly<{ visit: PageVisit; name: string }>>();
  return {
    admit: (origin) => {
      const basePath = `/${randomBytes(TOKEN_BYTES).toString('base64url')}`;
      const visit: PageVisit = {
        basePath,
        url: `${origin}${basePath}/`,
        openRequests: () =>
          [...open.values()].filter((each) => each.visit === visit).map(({ name }) => name),
      };
      visits.set(basePath, visit);
      return visit;
    },
    find: (target) => visits.get(`/${target.split('/', 2)[1] ?? ''}`) ?? null,
    follow: (visit, { method = '', url = '' }, response) => {
      open.set(response, { visit, name: `${method} ${url.slice(visit.basePath.length)}` });
      response.once('close', () => open.delete(response));
    },
  };
}
