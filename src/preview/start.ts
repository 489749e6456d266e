import { createClient, type PreviewClient } from './api/client.ts';
import { FrameMaker } from './frame/frame-maker.ts';
import { takeTurns } from './frame/in-turn.ts';
import { readFrameView } from './frame/frame-reader.ts';
import { startSampler } from './frame/sampler.ts';
import { webGlProblem } from './frame/webgl-problem.ts';
import { createBatchControl, type BatchControl } from './store/batch-control.ts';
import { createConfigEditor, type ConfigEditor } from './store/config-changes.ts';
import { drawCoverage } from './store/coverage.ts';
import { createSubjectChooser, type SubjectChooser } from './store/choose-subject.ts';
import { followDataset } from './store/follow-dataset.ts';
import type { FrameSource } from './store/frame-requests.ts';
import { followServer } from './store/follow-server.ts';
import { keepAddress, keepTheme } from './store/keep-address.ts';
import { makeCells } from './store/grid-cells.ts';
import { listenToKeys } from './store/keys.ts';
import { lookFreely } from './store/free-camera.ts';
import { makeFrames } from './store/make-frames.ts';
import { showOnConsole } from './store/show-on-console.ts';
import { noWebGl } from './store/store.ts';

/** What the interface asks of the server. */
export type Services = Readonly<{
  editor: ConfigEditor;
  control: BatchControl;
  chooser: SubjectChooser;
}>;

/** A page that runs, without anything to be seen of it yet. */
export type StartedPreview = Readonly<{
  /** Where the interface goes. */
  root: HTMLElement;
  client: PreviewClient;
  services: Services;
}>;

/** Starts all but the views: the store follows the server, the address and the keys, and frames are made. */
export function startPreview(): StartedPreview {
  const root = document.getElementById('app');
  if (root === null) throw new Error('the document has no element "app"');
  const client = createClient(root.dataset['base'] ?? '');
  noWebGl.value = webGlProblem();
  keepTheme();
  keepAddress();
  listenToKeys();
  followServer(client);
  const budget = root.dataset['assetBytes'];
  if (noWebGl.value === null) drawFrames(client, budget === undefined ? undefined : Number(budget));
  drawCoverage(client, () => startSampler(client.basePath));
  followDataset(client);
  showOnConsole();
  const chooser = createSubjectChooser(client);
  const editor = createConfigEditor(client);
  return {
    root,
    client,
    services: { editor, chooser, control: createBatchControl(client, chooser) },
  };
}

/** One renderer makes the frame in view, those of the grid, and what the free camera sees. */
function drawFrames(client: PreviewClient, assetBytes: number | undefined): void {
  const maker = new FrameMaker({ basePath: client.basePath, assetBytes });
  const turns = takeTurns();
  const source: FrameSource = {
    make: (request) => turns(() => maker.make(request)),
    read: (request) => readFrameView(client, request),
  };
  makeFrames(source);
  makeCells(source);
  lookFreely({ look: (plan) => turns(() => maker.look(plan)) });
}
