import { render } from 'preact';
import { startPreview } from './start.ts';
import { App } from './view/app.tsx';
import './styles/theme.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/panels.css';
import './styles/grid.css';
import './styles/scene.css';
import './styles/parameters.css';
import './styles/coverage.css';

const { root, services } = startPreview();
render(<App {...services} />, root);
