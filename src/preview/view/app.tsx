import type { JSX } from 'preact';
import { mode, noWebGl, notice } from '../store/store.ts';
import { Grid } from './grid.tsx';
import { Header } from './header.tsx';
import { InstanceDetails } from './instance-details.tsx';
import { InstancesPanel } from './instances-panel.tsx';
import { KeyHelp } from './key-help.tsx';
import { OverlayPanel } from './overlay-panel.tsx';
import { PixelReadout } from './pixel-readout.tsx';
import { ProblemBanner } from './problem-banner.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';

/** The whole page: the picture, what can be drawn over it, what is in it, and the frames below. */
export function App(): JSX.Element {
  return (
    <div class="app">
      <Header />
      <main class="main" aria-label="Picture">
        {noWebGl.value !== null ? (
          <NoWebGl reason={noWebGl.value} />
        ) : mode.value === 'grid' ? (
          <Grid />
        ) : (
          <Stage />
        )}
        <ProblemBanner />
        <p class="notice" role="status">
          {notice.value}
        </p>
      </main>
      <aside class="side" aria-label="Labels and instances">
        <OverlayPanel />
        <InstanceDetails />
        <InstancesPanel />
      </aside>
      <footer class="foot">
        <Timeline />
        <PixelReadout />
      </footer>
      <KeyHelp />
    </div>
  );
}

function NoWebGl({ reason }: Readonly<{ reason: string }>): JSX.Element {
  return (
    <div class="no-webgl" role="alert">
      <h2>This browser does not offer WebGL 2</h2>
      <p>
        Frames are drawn here, in your browser, with WebGL 2. Switch on hardware acceleration in its
        settings, or open this address in another browser. Rendering with{' '}
        <code>diorama render</code> does not need it.
      </p>
      <p class="faint">{reason}</p>
    </div>
  );
}
