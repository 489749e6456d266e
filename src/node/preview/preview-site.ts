import type { Site, SiteRequest } from '../server/page-server.ts';
import type { Answer } from '../server/send-answer.ts';
import type { EventStream } from './event-stream.ts';
import { previewDocument } from './preview-document.ts';
import type { PreviewSession } from './preview-session.ts';
import { readChanges, readSave } from './read-requests.ts';

/** What answers of the preview come from. */
export type PreviewContext = Readonly<{ session: PreviewSession; events: EventStream }>;

type Route = (context: PreviewContext, request: SiteRequest) => Answer | Promise<Answer>;

/** An answer in JSON. */
export function jsonAnswer(value: unknown, status = 200): Answer {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { status, contentType: 'application/json', bytes, immutable: false };
}

/** The words of `shared/protocol/preview-api`, by method and path. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET state': ({ session }) => jsonAnswer(session.state()),
  'GET events': ({ events }) => events.open(),
  'POST changes': async ({ session }, { readJson }) => {
    await session.change(readChanges(await readJson()).changes);
    return jsonAnswer(session.state());
  },
  'POST save': async ({ session }, { readJson }) =>
    jsonAnswer({ path: await session.save(readSave(await readJson())) }),
};

/** The preview's document and its answers. */
export function createPreviewSite(context: PreviewContext): Site {
  return {
    index: previewDocument,
    answer: async (request) => {
      const name = `${request.method} ${request.segments.join('/')}`;
      const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
      return route === undefined ? null : route(context, request);
    },
  };
}
