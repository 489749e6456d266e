import { render } from 'preact';
import { createClient } from './api/client.ts';
import { FrameMaker, type FrameRequest } from './frame/frame-maker.ts';
import { inTurn } from './frame/in-turn.ts';
import { webGlProblem } from './frame/webgl-problem.ts';
import { createConfigEditor } from './store/config-changes.ts';
import { drawCoverage } from './store/coverage.ts';
import { followServer } from './store/follow-server.ts';
import { keepAddress, keepTheme } from './store/keep-address.ts';
import { makeCells } from './store/grid-cells.ts';
import { listenToKeys } from './store/keys.ts';
import { makeFrames } from './store/make-frames.ts';
import { showOnConsole } from './store/show-on-console.ts';
import { noWebGl } from './store/store.ts';
import { App } from './view/app.tsx';
import './styles/theme.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/panels.css';
import './styles/grid.css';
import './styles/parameters.css';

const root = document.getElementById('app');
if (root === null) throw new Error('the document has no element "app"');
const client = createClient(root.dataset['base'] ?? '');
noWebGl.value = webGlProblem();
keepTheme();
keepAddress();
listenToKeys();
render(<App editor={createConfigEditor(client)} />, root);
followServer(client);
if (noWebGl.value === null) {
  const maker = new FrameMaker(client.basePath);
  const make = inTurn((request: FrameRequest) => maker.make(request));
  makeFrames({ make });
  makeCells({ make });
}
drawCoverage();
showOnConsole();
