import { FrameRenderer, type FrameRendererOptions } from '#page/frame-renderer';
import { annotateFrame } from '#shared/annotate/annotate-frame';
import { drawUntilAccepted } from '#shared/annotate/draw-until-accepted';
import { frameDisparity } from '#shared/annotate/frame-disparity';
import { measureSweeps } from '#shared/annotate/lidar/measure-sweeps';
import { frameFlows } from '#shared/annotate/frame-flows';
import { categoryNames } from '#shared/config/category-names';
import type { Config } from '#shared/config/config-schema';
import { dropsObjects } from '#shared/config/drops-objects';
import { polygonTolerance } from '#shared/config/outputs-schema';
import { DioramaError, RenderError } from '#shared/core/errors';
import type { CategoryEntry, CategoryTable } from '#shared/draw/category-table';
import { recordOf } from '#shared/formats/record-of-frame';
import { loadPhysics } from '#shared/physics/engine';
import type { FramePlan } from '#shared/plan/frame-plan';
import { planFrame } from '#shared/plan/plan-frame';
import { drawnParameters } from '#shared/sampling/drawn-parameters';
import type { RunInputs } from '#shared/sampling/sample-scene';
import { verifyDisparity } from '#shared/verify/check-disparity';
import { verifySweeps } from '#shared/verify/check-lidar';
import { verifyFlows } from '#shared/verify/check-flow';
import { verifyFrame } from '#shared/verify/verify-frame';
import { planDraft } from './draft-plan.ts';
import { droppedViews } from './dropped-views.ts';
import type { FrameView } from './frame-view.ts';
import { labelMap, type LabelledFrame } from './label-maps.ts';
import { withLabels, type LabelNeeds } from './label-needs.ts';
import { withoutSensor } from './without-sensor.ts';

/** Which frame to make, and how it is looked at. */
export type FrameRequest = Readonly<{
  inputs: RunInputs;
  frame: number;
  needs: LabelNeeds;
  /** false: through an ideal sensor. */
  sensor: boolean;
  /** Quickly, with fewer pixels: what is shown while a hand moves a value. */
  draft: boolean;
}>;

type Attempt = Pick<FrameRequest, 'frame' | 'needs' | 'sensor' | 'draft'> &
  Readonly<{ retry: number }>;
type DrawnFrame = LabelledFrame & ReturnType<typeof drawnParameters>;

/** A category may be called `constructor`: only what the config itself names has keypoints. */
function skeletonOf({ keypoints }: Config, name: string): CategoryEntry['skeleton'] {
  return Object.hasOwn(keypoints, name) ? (keypoints[name]?.skeleton ?? null) : null;
}

/** Whether what a frame shows decides if it is taken: then every attempt is drawn as the batch draws it. */
function isJudged({ accept, targets }: Config): boolean {
  return accept !== undefined || targets !== undefined;
}

/** The categories of a config, by id. */
function categoriesOf(config: Config): CategoryTable {
  return new Map(
    categoryNames(config).map((name, i) => [i + 1, { name, skeleton: skeletonOf(config, name) }]),
  );
}

/**
 * Makes frames as the batch does (design.md §2): the same functions in the same order, with the page's own
 * renderer, in this browser.
 */
export class FrameMaker {
  readonly #options: FrameRendererOptions;
  #frames: FrameRenderer | null = null;

  constructor(options: FrameRendererOptions) {
    this.#options = options;
  }

  /** @throws DioramaError where the frame cannot be sampled, planned, rendered or annotated. */
  async make({ inputs: given, frame, needs, sensor, draft }: FrameRequest): Promise<FrameView> {
    const inputs = { ...given, config: withLabels(given.config, needs) };
    if (dropsObjects(inputs.config)) await loadPhysics();
    const ownSensor = sensor || isJudged(inputs.config);
    const { taken, acceptance } = await drawUntilAccepted(inputs.config, frame, (retry) =>
      this.#draw(inputs, { frame, retry, needs, sensor: ownSensor, draft }),
    );
    const { config, plan, annotations, flows, disparity, sweeps } = taken;
    const color = sensor ? taken.buffers.color : await this.#colorAlone(taken);
    const buffers = { ...taken.buffers, color };
    const labels = { annotations, flows, disparity, sweeps };
    const labelled: LabelledFrame = { config, plan, buffers, ...labels };
    return {
      record: recordOf(taken, { files: {}, acceptance }),
      plan,
      categories: categoriesOf(config),
      color: new Uint8ClampedArray(buffers.color),
      instanceId: buffers.instanceId,
      depth: buffers.depth,
      normal: buffers.normal ?? null,
      parameters: taken.parameters,
      dropped: droppedViews(annotations.dropped, plan, config.labels),
      polygonTolerance: polygonTolerance(config.outputs) ?? 0,
      refusal: draft ? null : refusalOf(labelled),
      draft,
      fileOf: (label) => labelMap(labelled, label),
    };
  }

  /** A plan's picture, ids and depth, without labels: what a free camera sees. */
  look(plan: FramePlan): Promise<LabelledFrame['buffers']> {
    return this.#render(plan);
  }

  /** One attempt at a frame. */
  async #draw(
    inputs: RunInputs,
    { frame, retry, needs, sensor, draft }: Attempt,
  ): Promise<DrawnFrame> {
    const { sample, parameters } = drawnParameters(inputs, frame, retry);
    const { plan: whole, config } = draft
      ? planDraft(inputs, sample)
      : { plan: planFrame(inputs, sample), config: inputs.config };
    const { lidars, ...planned } = whole;
    const seen = { ...planned, ...(needs.lidar && lidars && { lidars }) };
    const plan = sensor ? seen : withoutSensor(seen);
    const buffers = await this.#render(plan);
    const labels = {
      annotations: annotateFrame(plan, buffers, config.labels),
      flows: frameFlows(plan, buffers),
      disparity: frameDisparity(plan, buffers),
      sweeps: measureSweeps(plan, buffers),
    };
    return { config, sample, parameters, plan, buffers, ...labels };
  }

  /** The picture through an ideal sensor; a frame that was judged was drawn through its own. */
  async #colorAlone({ config, plan, buffers }: DrawnFrame): Promise<Uint8Array> {
    if (!isJudged(config)) return buffers.color;
    const { neighbours: _, lidars: _lidars, ...alone } = withoutSensor(plan);
    return (await this.#render(alone)).color;
  }

  /** A context that was lost is made anew, once for each frame. */
  async #render(plan: FramePlan): Promise<LabelledFrame['buffers']> {
    try {
      return (await this.#renderer().render(plan)).buffers;
    } catch (error) {
      if (!(error instanceof RenderError) || error.failure !== 'lost') throw error;
      this.#frames = null;
      return (await this.#renderer().render(plan)).buffers;
    }
  }

  #renderer(): FrameRenderer {
    const canvas = document.createElement('canvas');
    this.#frames ??= new FrameRenderer(canvas, this.#options);
    return this.#frames;
  }
}

/** What the batch would hold against the frame; null where it would write it. */
function refusalOf({ plan, buffers, annotations, ...labels }: LabelledFrame): string | null {
  const { frame, camera } = plan;
  try {
    verifyFrame({ frame, camera, buffers, annotations }, { reproduce: '' });
    verifyFlows(labels.flows, { frame });
    verifyDisparity(labels.disparity, { frame });
    verifySweeps(labels.sweeps, plan, { frame });
    return null;
  } catch (error) {
    if (error instanceof DioramaError) return error.message;
    throw error;
  }
}
