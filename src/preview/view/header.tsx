import type { JSX } from 'preact';
import { chooseSeed, nextTheme, toggleHelp, toggleMode, toggleSensor } from '../store/actions.ts';
import {
  choosing,
  config,
  live,
  making,
  mode,
  seed,
  sensor,
  state,
  subject,
  theme,
  usedSeed,
} from '../store/store.ts';
import { Icon } from './icon.tsx';

const THEME_ICONS = { auto: 'auto', light: 'sun', dark: 'moon' } as const;
const THEME_NAMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

/** Ways to look at the dataset beside one frame. */
const VIEWS = [
  { name: 'grid', title: 'Grid', what: 'Many frames side by side (G)' },
  {
    name: 'scene',
    title: 'Scene',
    what: 'The scene by a free camera, with what stands behind it (C)',
  },
  { name: 'coverage', title: 'Coverage', what: 'What 500 frames draw, without rendering (H)' },
] as const;

/** What is going on, in a word and a colour. */
function Status(): JSX.Element {
  const problem = state.value?.problem ?? null;
  const [kind, text] = !live.value
    ? ['lost', 'not connected']
    : problem !== null
      ? ['bad', subject.value === 'dataset' ? 'dataset unreadable' : 'config has errors']
      : making.value
        ? ['busy', subject.value === 'dataset' ? 'reading' : 'rendering']
        : ['live', 'live'];
  return (
    <span class={`status ${kind}`} role="status">
      <span class="dot" aria-hidden="true" />
      {text}
    </span>
  );
}

/** The master seed: any text. */
function SeedBox(): JSX.Element {
  return (
    <label class="field">
      <span>Seed</span>
      <input
        id="seed"
        type="text"
        size={8}
        spellcheck={false}
        autocomplete="off"
        value={usedSeed.value}
        onChange={(event) => chooseSeed(event.currentTarget.value)}
      />
      {seed.value !== null && (
        <button
          type="button"
          class="quiet"
          onClick={() => chooseSeed(null)}
          title="The config’s seed"
        >
          <Icon name="reset" />
          <span class="unseen">Back to the config’s seed</span>
        </button>
      )}
    </label>
  );
}

/** Name of the dataset, how it is drawn, and what concerns the page as a whole. */
export function Header(): JSX.Element {
  const size = config.value?.image;
  const isConfig = subject.value === 'config';
  const views = VIEWS.filter(
    ({ name }) => subject.value !== 'none' && (name !== 'scene' || isConfig),
  );
  return (
    <header class="header">
      <h1>
        <span class="mark" aria-hidden="true" />
        {config.value?.name ?? 'Diorama'}
      </h1>
      {subject.value !== 'none' && (
        <button
          type="button"
          class="path"
          aria-pressed={choosing.value}
          onClick={() => (choosing.value = !choosing.value)}
          title="Open another config or dataset"
        >
          {state.value?.configPath}
        </button>
      )}
      {size && (
        <span class="faint">
          {size.width} × {size.height}
        </span>
      )}
      <Status />
      <span class="spring" />
      {isConfig && <SeedBox />}
      <div class="group" role="group" aria-label="View">
        {views.map(({ name, title, what }) => (
          <button
            type="button"
            class="toggle"
            key={name}
            aria-pressed={mode.value === name}
            onClick={() => toggleMode(name)}
            title={what}
          >
            {title}
          </button>
        ))}
      </div>
      {isConfig && (
        <button
          type="button"
          class="toggle"
          aria-pressed={sensor.value}
          onClick={toggleSensor}
          title="Lens faults, noise, mosaic and white balance of the sensor (E)"
        >
          Sensor
        </button>
      )}
      <button
        type="button"
        class="quiet"
        onClick={nextTheme}
        title={`Theme: ${THEME_NAMES[theme.value]} (Q)`}
      >
        <Icon name={THEME_ICONS[theme.value]} />
        <span class="unseen">Theme: {THEME_NAMES[theme.value]}</span>
      </button>
      <button type="button" class="quiet" onClick={toggleHelp} title="Keys (?)">
        <Icon name="help" />
        <span class="unseen">Keys</span>
      </button>
    </header>
  );
}
