import { resolve } from 'node:path';
import { UsageError } from '#shared/core/errors';
import type {
  ChoicesAnswer,
  CoverageAnswer,
  FaultsAnswer,
  RecordAnswer,
  SaveAnswer,
  ValuesAnswer,
} from '#shared/protocol/preview-api';
import type { Site, SiteRequest } from '../server/page-server.ts';
import type { Answer } from '../server/send-answer.ts';
import type { BatchRunner } from './batch-runner.ts';
import { encodeMap } from './dataset-session.ts';
import type { EventStream } from './event-stream.ts';
import { listChoices } from './list-choices.ts';
import { previewDocument } from './preview-document.ts';
import { readChanges, readFrame, readOpen, readRender, readSave, readWord } from './read-requests.ts'; // prettier-ignore
import type { Workspace } from './workspace.ts';

/** What answers of the preview come from. */
export type PreviewContext = Readonly<{
  workspace: Workspace;
  events: EventStream;
  batch: BatchRunner;
  project: string;
  /** Module of the built page that starts it. */
  module: string;
  /** The most that the page keeps of assets between frames; what suits its renderer where it is left out. */
  assetBytes?: number | undefined;
}>;

type Route = (context: PreviewContext, request: SiteRequest) => Answer | Promise<Answer>;

/** An answer in JSON. */
export function jsonAnswer<T>(value: T): Answer {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { status: 200, contentType: 'application/json', bytes, immutable: false };
}

/** Opens what the page was offered, or what a batch of its own wrote; no other path of the machine. */
async function openChoice(
  { workspace, project, batch }: PreviewContext,
  path: string,
): Promise<void> {
  const { run } = batch.answer();
  const own = run && resolve(project, run.folder);
  const choices = await listChoices(project);
  const found = choices.find((choice) => choice.path === path);
  if (found === undefined && (own === null || resolve(project, path) !== own)) {
    throw new UsageError(`request: expected a config or dataset of the project, found ${path}`);
  }
  await workspace.open(found?.path ?? resolve(project, path));
}

/** The words of `shared/protocol/preview-api`, by method and path. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET state': ({ workspace }) => jsonAnswer(workspace.state()),
  'GET events': ({ events }) => events.open(),
  'GET choices': async ({ project }) =>
    jsonAnswer<ChoicesAnswer>({ project, choices: await listChoices(project) }),
  'POST open': async (context, { readJson }) => {
    await openChoice(context, readOpen(await readJson()).path);
    return jsonAnswer(context.workspace.state());
  },
  'POST changes': async ({ workspace }, { readJson }) => {
    await workspace.config().change(readChanges(await readJson()).changes);
    return jsonAnswer(workspace.state());
  },
  'POST save': async ({ workspace }, { readJson }) =>
    jsonAnswer<SaveAnswer>({ path: await workspace.config().save(readSave(await readJson())) }),
  'GET render': ({ batch }) => jsonAnswer(batch.answer()),
  'POST render': async ({ workspace, batch }, { readJson }) => {
    const request = readRender(await readJson());
    await batch.start(request, workspace.config().request(request.seed));
    return jsonAnswer(batch.answer());
  },
  'POST cancel': async ({ batch }) => {
    await batch.cancel();
    return jsonAnswer(batch.answer());
  },
  'GET dataset/frame': ({ workspace }, { query }) =>
    jsonAnswer<RecordAnswer>({ record: workspace.dataset().record(readFrame(query)) }),
  'GET dataset/map': async ({ workspace }, { query }) => {
    const map = await workspace.dataset().map(readFrame(query), readWord(query, 'kind'));
    const bytes = encodeMap(map);
    return { status: 200, contentType: 'application/octet-stream', bytes, immutable: false };
  },
  'GET dataset/faults': async ({ workspace }, { query }) =>
    jsonAnswer<FaultsAnswer>({ faults: await workspace.dataset().faults(readFrame(query)) }),
  'GET dataset/values': ({ workspace }, { query }) =>
    jsonAnswer<ValuesAnswer>({ values: workspace.dataset().values(readWord(query, 'of')) }),
  'GET dataset/coverage': ({ workspace }) =>
    jsonAnswer<CoverageAnswer>({ rows: workspace.dataset().coverage() }),
};

/** The preview's document and its answers. */
export function createPreviewSite(context: PreviewContext): Site {
  return {
    index: (basePath, nonce) => previewDocument({ ...context, basePath, nonce }),
    answer: async (request) => {
      const name = `${request.method} ${request.segments.join('/')}`;
      const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
      return route === undefined ? null : route(context, request);
    },
  };
}
