import type { AssetCatalogue } from '../core/asset-catalogue.ts';
import type { ConfigIssue } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import type { Config } from './config-schema.ts';
import type { Origin } from './located-value.ts';
import type { SceneDescription } from './scene-description.ts';

/** Where the value at a parameter path was stated; undefined where that is not known. */
export type Locate = (path: string) => Origin | undefined;

/** What a config is checked against. */
export type CheckInputs = Readonly<{
  scene: SceneDescription;
  catalogue: AssetCatalogue;
  /** From the loader; without it, issues carry paths but no lines. */
  locate?: Locate | undefined;
}>;

/** Notes one problem of the config (or, for {@link CheckContext.reportScene}, of the scene). */
export type Report = (path: string, message: string, suggestion?: string) => void;

/** What every check of a config reads, and where it writes. */
export type CheckContext = Readonly<{
  config: Config;
  scene: SceneDescription;
  catalogue: AssetCatalogue;
  report: Report;
  /** As `report`, for an asset that the config names and the catalogue lacks. */
  reportAsset: Report;
  reportScene: Report;
}>;

/** A context whose reports end up in `issues`; those of assets that are not there, in `missing`. */
export function createCheckContext(
  config: Config,
  { scene, catalogue, locate }: CheckInputs,
  { issues, missing }: Readonly<{ issues: ConfigIssue[]; missing: ConfigIssue[] }>,
): CheckContext {
  const reportTo =
    (list: ConfigIssue[]): Report =>
    (path, message, suggestion) => {
      const origin = locate?.(path) ?? { source: config.name };
      list.push(completeIssue({ ...origin, path, message, suggestion }));
    };
  return {
    config,
    scene,
    catalogue,
    report: reportTo(issues),
    reportAsset: reportTo(missing),
    reportScene: (path, message, suggestion) => {
      issues.push(completeIssue({ source: scene.source.path, path, message, suggestion }));
    },
  };
}
