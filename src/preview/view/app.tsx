import type { JSX } from 'preact';
import type { ConfigEditor } from '../store/config-changes.ts';
import { mode, noWebGl, notice } from '../store/store.ts';
import { Grid } from './grid.tsx';
import { Header } from './header.tsx';
import { KeyHelp } from './key-help.tsx';
import { PixelReadout } from './pixel-readout.tsx';
import { ProblemBanner } from './problem-banner.tsx';
import { Side } from './side.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';

/** The whole page: the picture, what can be drawn over it, what is in it, and the frames below. */
export function App({ editor }: Readonly<{ editor: ConfigEditor }>): JSX.Element {
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
      <Side editor={editor} />
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
