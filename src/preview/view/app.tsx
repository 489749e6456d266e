import type { JSX } from 'preact';
import type { Services } from '../start.ts';
import { choosing, mode, notice, noWebGl, state, subject } from '../store/store.ts';
import { Chooser } from './chooser.tsx';
import { CoverageStage } from './coverage-stage.tsx';
import { Grid } from './grid.tsx';
import { Header } from './header.tsx';
import { KeyHelp } from './key-help.tsx';
import { PixelReadout } from './pixel-readout.tsx';
import { ProblemBanner } from './problem-banner.tsx';
import { SceneStage } from './scene-stage.tsx';
import { Side } from './side.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';

/** The whole page: the picture, what can be drawn over it, what is in it, and the frames below. */
export function App({ editor, control, chooser }: Services): JSX.Element {
  if (subject.value === 'none') return <Start chooser={chooser} />;
  return (
    <div class="app">
      <Header />
      <main class="main" aria-label="Picture">
        {choosing.value ? <Chooser chooser={chooser} /> : <MainView />}
        <ProblemBanner />
        <p class="notice" role="status">
          {notice.value}
        </p>
      </main>
      <Side editor={editor} control={control} />
      <footer class="foot">
        <Timeline />
        <PixelReadout />
      </footer>
      <KeyHelp />
    </div>
  );
}

/** Before anything is open: what can be opened, once the server has said so. */
function Start({ chooser }: Pick<Services, 'chooser'>): JSX.Element {
  return (
    <div class="app start">
      <Header />
      <main class="main" aria-label="Choose">
        {state.value !== null && <Chooser chooser={chooser} />}
      </main>
      <KeyHelp />
    </div>
  );
}

function MainView(): JSX.Element {
  if (noWebGl.value !== null && subject.value !== 'dataset') {
    return <NoWebGl reason={noWebGl.value} />;
  }
  switch (mode.value) {
    case 'single':
      return <Stage />;
    case 'grid':
      return <Grid />;
    case 'scene':
      return <SceneStage />;
    case 'coverage':
      return <CoverageStage />;
  }
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
