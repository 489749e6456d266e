import type { JSX } from 'preact';
import { instanceFacts } from '../frame/instance-facts.ts';
import type { Fact } from '../frame/material-facts.ts';
import { select } from '../store/actions.ts';
import { selected, view } from '../store/store.ts';
import { Icon } from './icon.tsx';
import { Swatch } from './swatch.tsx';

function FactList({ facts }: Readonly<{ facts: readonly Fact[] }>): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(({ name, value, color }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {color !== undefined && <Swatch color={color} />}
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything about the selected instance. */
export function InstanceDetails(): JSX.Element | null {
  const id = selected.value;
  const frame = view.value;
  if (id === null || frame === null) return null;
  const annotated = frame.record.annotations.instances.find((one) => one.instanceId === id);
  const dropped = frame.dropped.find((one) => one.instanceId === id);
  const name = annotated?.name ?? dropped?.name ?? `Instance ${id}`;
  return (
    <section class="panel details" aria-labelledby="details-title">
      <h2 id="details-title">{name}</h2>
      <button
        type="button"
        class="quiet close"
        onClick={() => select(null)}
        title="Select nothing (Esc)"
      >
        <Icon name="close" />
        <span class="unseen">Select nothing</span>
      </button>
      {annotated !== undefined && <FactList facts={instanceFacts(annotated, frame)} />}
      {dropped !== undefined && (
        <>
          <p class="note">In no label file. {dropped.reason}</p>
          <FactList
            facts={[
              { name: 'id', value: String(id) },
              {
                name: 'category',
                value: `${frame.categories.get(dropped.categoryId)?.name ?? '?'} (${dropped.categoryId})`,
              },
              ...(dropped.assetId === null ? [] : [{ name: 'asset', value: dropped.assetId }]),
              { name: 'pixels', value: String(dropped.visiblePixels) },
            ]}
          />
        </>
      )}
      {annotated === undefined && dropped === undefined && (
        <p class="note">This frame has no instance {id}.</p>
      )}
    </section>
  );
}
