import type { JSX } from 'preact';
import { hexFromRgb } from '#shared/draw/oklab';
import type { FrameView } from '../frame/frame-view.ts';
import { select } from '../store/actions.ts';
import { colors, hovered, selected, view } from '../store/store.ts';
import { Swatch } from './swatch.tsx';

type Row = Readonly<{
  id: number;
  category: string;
  name: string;
  figure: string;
  color: string | null;
}>;

function rowsOf({ record, dropped, categories }: FrameView): readonly Row[] {
  const category = (id: number): string => categories.get(id)?.name ?? `category ${id}`;
  return [
    ...record.annotations.instances.map(({ instanceId, categoryId, name, area, amodal }): Row => {
      const color = colors.value.get(instanceId);
      return {
        id: instanceId,
        category: category(categoryId),
        name,
        figure: amodal ? `${Math.round(amodal.visibility * 100)} %` : `${area} px`,
        color: color ? hexFromRgb(color) : null,
      };
    }),
    ...dropped.map(({ instanceId, categoryId, name }): Row => {
      const figure = 'dropped';
      return { id: instanceId, category: category(categoryId), name, figure, color: null };
    }),
  ];
}

/** The labelled objects of the frame, those that are in no label file at the end. */
export function InstancesPanel(): JSX.Element {
  const rows = view.value === null ? [] : rowsOf(view.value);
  return (
    <section class="panel instances" aria-labelledby="instances-title">
      <h2 id="instances-title">
        Instances <span class="faint number">{rows.length}</span>
      </h2>
      {rows.length === 0 && view.value !== null && (
        <p class="note">Nothing with a category is in this frame.</p>
      )}
      <ul>
        {rows.map(({ id, category, name, figure, color }) => (
          <li key={id}>
            <button
              type="button"
              class={color === null ? 'instance dropped' : 'instance'}
              data-hovered={hovered.value === id}
              aria-pressed={selected.value === id}
              onClick={() => select(id)}
            >
              {color === null ? (
                <span class="swatch none" aria-hidden="true" />
              ) : (
                <Swatch color={color} />
              )}
              <span class="what">
                {category} <span class="faint">{name}</span>
              </span>
              <span class="number faint">{figure}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
