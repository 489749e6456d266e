import type { JSX } from 'preact';
import type { DatasetState } from '#shared/protocol/preview-api';
import { chooseFrameList } from '../store/actions.ts';
import { choiceColumn, dataset, frameChoice, frameCount, state } from '../store/store.ts';
import { FRAME_SORTS, type FrameSort } from '../frame/choose-frames.ts';

const SORTS: Readonly<Record<FrameSort, string>> = {
  frame: 'frame number',
  instances: 'instances',
  parameter: 'the parameter',
};

const numberOf = (text: string): number | null => {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

/** Instances of a category over all frames, to choose by. */
function CategoryChoice({ of }: Readonly<{ of: DatasetState }>): JSX.Element {
  const totals = of.categories.map((_, i) =>
    of.counts.reduce((sum, counts) => sum + (counts[i] ?? 0), 0),
  );
  return (
    <label class="field">
      <span>With a</span>
      <select
        id="filter-category"
        value={frameChoice.value.category ?? ''}
        onChange={({ currentTarget: { value } }) =>
          chooseFrameList({ category: value === '' ? null : Number(value) })
        }
      >
        <option value="">anything</option>
        {of.categories.map(({ name }, i) => (
          <option value={i} key={name}>
            {name} ({totals[i]})
          </option>
        ))}
      </select>
    </label>
  );
}

/** Bounds of a number, or one of the words that frames drew. */
function ParameterBounds(): JSX.Element | null {
  const column = choiceColumn.value;
  if (column === null) return null;
  const there = column.filter((value) => value !== null);
  const numbers = there.filter((value) => typeof value === 'number');
  if (numbers.length === there.length) {
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const { least: from, most: to } = frameChoice.value;
    return (
      <div class="field">
        <span>between</span>
        <input
          id="filter-least"
          type="number"
          step="any"
          aria-label="At least"
          placeholder={String(Number(least.toPrecision(4)))}
          value={from ?? ''}
          onChange={({ currentTarget: { value } }) => chooseFrameList({ least: numberOf(value) })}
        />
        <span>and</span>
        <input
          id="filter-most"
          type="number"
          step="any"
          aria-label="At most"
          placeholder={String(Number(most.toPrecision(4)))}
          value={to ?? ''}
          onChange={({ currentTarget: { value } }) => chooseFrameList({ most: numberOf(value) })}
        />
      </div>
    );
  }
  const words = [...new Set(there.map(String))].sort();
  return (
    <label class="field">
      <span>is</span>
      <select
        id="filter-word"
        value={frameChoice.value.word ?? ''}
        onChange={({ currentTarget: { value } }) =>
          chooseFrameList({ word: value === '' ? null : value })
        }
      >
        <option value="">anything</option>
        {words.map((word) => (
          <option value={word} key={word}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which frames are looked at, and in what order. */
function FrameChooser({ of }: Readonly<{ of: DatasetState }>): JSX.Element {
  const { parameter, sort, descending } = frameChoice.value;
  return (
    <div class="frame-choice">
      <CategoryChoice of={of} />
      <label class="field">
        <span>Where</span>
        <select
          id="filter-parameter"
          value={parameter ?? ''}
          onChange={({ currentTarget: { value } }) =>
            chooseFrameList({
              ...{ parameter: value === '' ? null : value, least: null, most: null, word: null },
              ...(value === '' && sort === 'parameter' && { sort: 'frame' as const }),
            })
          }
        >
          <option value="">no parameter</option>
          {of.parameters.map((path) => (
            <option value={path} key={path}>
              {path}
            </option>
          ))}
        </select>
      </label>
      <ParameterBounds />
      <label class="field">
        <span>Order</span>
        <select
          id="sort"
          value={sort}
          onChange={({ currentTarget: { value } }) =>
            chooseFrameList({ sort: FRAME_SORTS.find((name) => name === value) ?? 'frame' })
          }
        >
          {FRAME_SORTS.filter((name) => name !== 'parameter' || parameter !== null).map((name) => (
            <option value={name} key={name}>
              by {SORTS[name]}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="toggle"
          aria-pressed={descending}
          onClick={() => chooseFrameList({ descending: !descending })}
        >
          Falling
        </button>
      </label>
      <p class="note" id="chosen-count" role="status">
        {frameCount.value === 0
          ? 'No frame is like that.'
          : `${frameCount.value} of ${of.frames.length} frames`}
      </p>
    </div>
  );
}

/** The dataset in view: what it is, what is wrong with it, and which of its frames are looked at. */
export function DatasetPanel(): JSX.Element | null {
  const of = dataset.value;
  if (of === null) return null;
  const { config, seed, renderer, problems, frames } = of;
  const facts = [
    ['folder', state.value?.configPath ?? ''],
    ['config', config.name],
    ['frames', `${frames.length} of ${config.frames}`],
    ['seed', seed],
    ['drawn by', `${renderer.backend}: ${renderer.renderer}`],
  ] as const;
  return (
    <>
      <section class="panel" aria-labelledby="choice-title">
        <h2 id="choice-title">Frames</h2>
        <FrameChooser of={of} />
      </section>
      <section class="panel" aria-labelledby="dataset-title">
        <h2 id="dataset-title">Dataset</h2>
        <dl class="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {problems.map((text) => (
          <p class="problem" key={text}>
            {text}
          </p>
        ))}
        <p class="note">
          <code>npx diorama verify {state.value?.configPath}</code> checks every frame; here each is
          checked as it is opened.
        </p>
      </section>
    </>
  );
}
