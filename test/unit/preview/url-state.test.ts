import { describe, expect, it } from 'vitest';
import { toggled } from '#preview/store/overlay-list';
import { readUrlState, START, writeUrlState } from '#preview/store/url-state';

describe('the address of a place in the preview', () => {
  it('is read as it was written', () => {
    const place = {
      frame: 17,
      seed: 'a b&c#',
      shown: ['depth', 'boxes'],
      sensor: false,
      selected: 3,
      mode: 'grid',
      order: 'random',
      panel: 'parameters',
      orbit: {
        target: [0, 0.8, 0],
        azimuthDegrees: 40,
        elevationDegrees: 20,
        distanceMeters: 2.5,
      },
      cut: 40,
    } as const;
    expect(readUrlState(writeUrlState(place))).toEqual(place);
    expect(readUrlState(writeUrlState({ ...START, shown: [] }))).toEqual({ ...START, shown: [] });
  });

  it('is the start where it says nothing, and passes over what it cannot understand', () => {
    expect(readUrlState('')).toEqual(START);
    expect(
      readUrlState(
        '#frame=-1&labels=boxes,nonsense&selected=x&sensor=maybe&view=x&panel=y&eye=1,2',
      ),
    ).toEqual({
      ...START,
      shown: ['boxes'],
    });
  });

  it('reads well', () => {
    expect(writeUrlState({ ...START, frame: 3, seed: '7' })).toBe(
      '#frame=3&seed=7&labels=masks,boxes,names',
    );
  });
});

describe('overlays', () => {
  it('stand side by side, images excepted: one covers the other', () => {
    expect([...toggled(new Set(['boxes', 'depth']), 'normals')]).toEqual(['boxes', 'normals']);
    expect([...toggled(new Set(['boxes', 'depth']), 'masks')]).toEqual(['boxes', 'depth', 'masks']);
    expect([...toggled(new Set(['boxes', 'depth']), 'depth')]).toEqual(['boxes']);
  });
});
