/** The public API of Diorama, by name. What is not listed here may change without notice. */
export { renderDataset, previewRun } from '#node/run/render-dataset';
export type { RenderControl, RenderJob, RunPreview } from '#node/run/render-dataset';
export type { EventListener, RenderEvent, RunSummary } from '#node/run/render-events';
export type { FrameRange, Shard } from '#node/run/select-frames';
export { prepareInputs } from '#node/run/prepare-run';
export type { InputsRequest, LoadedInputs } from '#node/run/prepare-run';
export { loadConfig } from '#node/config/load-config';
export type { LoadConfigOptions, LoadedConfig } from '#node/config/load-config';
export { replayFrames } from '#node/replay/replay-frames';
export type { ReplayJob, ReplayResult } from '#node/replay/replay-frames';
export type { CheckedFile, CheckedFrame } from '#node/replay/check-replay';
export { coverConfig } from '#node/stats/cover-config';
export type { ConfigCoverage, CoverageControl, CoverageRequest } from '#node/stats/cover-config';
export { coverDataset } from '#node/stats/cover-dataset';
export type { DatasetCoverage } from '#node/stats/cover-dataset';
export type { CoverageReport, ParameterCoverage } from '#shared/stats/coverage';
export { mergeDatasets } from '#node/store/merge-datasets';
export type { MergeSummary } from '#node/store/merge-datasets';
export { loadPhysics } from '#shared/physics/engine';
export { sampleScene } from '#shared/sampling/sample-scene';
export type { RunInputs } from '#shared/sampling/sample-scene';
export type { SceneSample } from '#shared/sampling/scene-sample';
export { planFrame } from '#shared/plan/plan-frame';
export type { FramePlan } from '#shared/plan/frame-plan';
export type { Annotations, GBuffers, InstanceAnnotation } from '#shared/annotate/annotations';
export type { Config, ConfigInput } from '#shared/config/config-schema';
export type { SceneDescription } from '#shared/config/scene-description';
export type { AssetCatalogue } from '#shared/core/asset-catalogue';
export type { DatasetManifest, RendererInfo } from '#shared/formats/dataset-manifest';
export type { FrameRecord } from '#shared/formats/frame-record';
export {
  AnnotationError,
  AssetError,
  BrowserError,
  ConfigError,
  DioramaError,
  RenderError,
  SamplingError,
  UsageError,
  WriteError,
} from '#shared/core/errors';
export { FrameError, FramesFailedError } from '#node/run/frame-error';
