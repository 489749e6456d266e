import { render } from 'preact';
import { createClient } from './api/client.ts';
import { FrameMaker } from './frame/frame-maker.ts';
import { takeTurns } from './frame/in-turn.ts';
import { readFrameView } from './frame/frame-reader.ts';
import { webGlProblem } from './frame/webgl-problem.ts';
import { createBatchControl } from './store/batch-control.ts';
import { createConfigEditor } from './store/config-changes.ts';
import { drawCoverage } from './store/coverage.ts';
import { createSubjectChooser } from './store/choose-subject.ts';
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
import { App } from './view/app.tsx';
import './styles/theme.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/panels.css';
import './styles/grid.css';
import './styles/scene.css';
import './styles/parameters.css';
import './styles/coverage.css';

const root = document.getElementById('app');
if (root === null) throw new Error('the document has no element "app"');
const client = createClient(root.dataset['base'] ?? '');
noWebGl.value = webGlProblem();
keepTheme();
keepAddress();
listenToKeys();
const chooser = createSubjectChooser(client);
render(
  <App
    editor={createConfigEditor(client)}
    control={createBatchControl(client, chooser)}
    chooser={chooser}
  />,
  root,
);
followServer(client);
if (noWebGl.value === null) {
  const maker = new FrameMaker(client.basePath);
  const turns = takeTurns();
  const source: FrameSource = {
    make: (request) => turns(() => maker.make(request)),
    read: (request) => readFrameView(client, request),
  };
  makeFrames(source);
  makeCells(source);
  lookFreely({ look: (plan) => turns(() => maker.look(plan)) });
}
drawCoverage(client);
followDataset(client);
showOnConsole();
