import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { assetRoots } from '#node/assets/asset-roots';
import { METERS_PER_UNIT } from '#node/assets/asset-types';
import {
  formatAsset,
  formatAssetTable,
  formatImport,
  formatModelFacts,
  selectAssets,
} from '#node/assets/format-assets';
import type { ImportOptions } from '#node/assets/import-model';
import { namingAsset } from '#node/assets/asset-problem';
import { cacheDirectory } from '#node/browser/cache-directory';
import { suggestFrom } from '#shared/config/suggest';
import { UsageError } from '#shared/core/errors';

const KINDS = ['model', 'environment', 'image', 'material'] as const;
type Kind = (typeof KINDS)[number];
type Unit = keyof typeof METERS_PER_UNIT;

type RootArguments = Readonly<{ assets: readonly string[]; json: boolean }>;
type ListArguments = RootArguments &
  Readonly<{ kind?: Kind | undefined; category?: string | undefined }>;
type InspectArguments = RootArguments & Readonly<{ asset: string }>;
type ImportArguments = Readonly<{
  file: string;
  out: string;
  id: string;
  category?: string | undefined;
  license: string;
  author?: string | undefined;
  units: Unit;
  up: 'y' | 'z';
  origin: 'base' | 'center' | 'keep';
  weld: boolean;
  simplify?: number | undefined;
  textureSize?: number | undefined;
  force: boolean;
}>;

function withRoots<T>(yargs: Argv<T>) {
  return yargs
    .option('assets', {
      type: 'string',
      array: true,
      default: [] as string[],
      requiresArg: true,
      describe: 'A folder of assets besides the built-in ones; may be given again',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' });
}

// What reads models is loaded when it is needed: it has no part in a help text.
async function buildFor(assets: readonly string[]) {
  const { buildCatalogue } = await import('#node/assets/build-catalogue');
  const cacheDir = cacheDirectory(process.env);
  return buildCatalogue(assetRoots(assets), { cacheDir, onBroken: 'collect' });
}

const listCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'List models, environments, images and materials',
  builder: (yargs) =>
    withRoots(yargs)
      .option('kind', { choices: KINDS, describe: 'Only this kind' })
      .option('category', {
        type: 'string',
        requiresArg: true,
        describe: 'Only models of this category',
      }),
  handler: async (args) => {
    const { catalogue, broken, warnings, cacheProblem } = await buildFor(args.assets);
    const entries = selectAssets(catalogue, args);
    if (args.json) console.log(JSON.stringify({ assets: entries, broken, warnings }, null, 2));
    else {
      console.log(formatAssetTable(entries, broken));
      for (const warning of warnings) console.error(`warning: ${warning}`);
      if (cacheProblem !== null) console.error(`warning: ${cacheProblem}`);
    }
    if (broken.length > 0) process.exitCode = 1;
  },
};

const inspectCommand: CommandModule<object, InspectArguments> = {
  command: 'inspect <asset>',
  describe: 'Show all facts about an asset, or about a .glb or .gltf file',
  builder: (yargs) =>
    withRoots(yargs).positional('asset', {
      type: 'string',
      demandOption: true,
      describe: 'Asset id, or file',
    }),
  handler: async ({ asset, assets, json }) => {
    if (/\.(glb|gltf)$/i.test(asset) && existsSync(asset)) return inspectFile(asset, json);
    const { catalogue, broken, warnings } = await buildFor(assets);
    const all = selectAssets(catalogue, {});
    const found = all.filter(({ id }) => id === asset);
    const faults = broken.filter(({ id }) => id === asset);
    if (found.length + faults.length === 0) {
      const hint = suggestFrom(
        asset,
        all.map(({ id }) => id),
        'assets',
      );
      throw new UsageError(`no asset has the id ${JSON.stringify(asset)}. ${hint ?? ''}`.trim());
    }
    const about = warnings.filter((warning) =>
      warning.startsWith(`asset ${JSON.stringify(asset)} `),
    );
    if (json) {
      console.log(JSON.stringify({ assets: found, broken: faults, warnings: about }, null, 2));
    } else {
      for (const entry of found) console.log(`${formatAsset(entry)}\n`);
      for (const fault of faults) {
        console.log(`BROKEN ${fault.kind} (${fault.root}/${fault.file}): ${fault.reason}`);
      }
      for (const warning of about) console.error(`warning: ${warning}`);
    }
    if (faults.length > 0) process.exitCode = 1;
  },
};

async function inspectFile(file: string, json: boolean): Promise<void> {
  const { inspectModelFile } = await import('#node/assets/inspect-model');
  const facts = await namingAsset({ id: file, file }, () =>
    inspectModelFile(resolve(file), dirname(resolve(file))),
  );
  console.log(json ? JSON.stringify({ file, ...facts }, null, 2) : formatModelFacts(file, facts));
}

const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: 'Bring a model into a folder of assets: metres, Y up, checked, listed',
  builder: (yargs) =>
    withImportTarget(yargs)
      .option('units', {
        choices: Object.keys(METERS_PER_UNIT) as Unit[],
        default: 'm' as const,
        describe: "The file's unit of length",
      })
      .option('up', {
        choices: ['y', 'z'] as const,
        default: 'y' as const,
        describe: "The file's upward axis",
      })
      .option('origin', {
        choices: ['base', 'center', 'keep'] as const,
        default: 'keep' as const,
        describe: 'Where to put the origin: middle of the base, centre, or where it is',
      })
      .option('weld', { type: 'boolean', default: false, describe: 'Join equal vertices' })
      .option('simplify', {
        type: 'number',
        requiresArg: true,
        describe: 'Share of the triangles to keep, above 0 and below 1',
      })
      .option('texture-size', {
        type: 'number',
        requiresArg: true,
        describe: 'Longest side of the textures, pixels',
      })
      .option('force', { type: 'boolean', default: false, describe: 'Replace what is there' })
      .epilogue(
        'Reads .glb and .gltf whole. Of .obj, .stl and .ply it reads geometry, texture coordinates and ' +
          'vertex colours; materials become plain grey (MTL files and their textures are not read).',
      ),
  handler: async (args) => {
    const { importModel } = await import('#node/assets/import-model');
    const result = await importModel(importOptions(args));
    console.log(formatImport(result));
  },
};

function withImportTarget(yargs: Argv<object>) {
  const text = { type: 'string', requiresArg: true } as const;
  return yargs
    .positional('file', {
      type: 'string',
      demandOption: true,
      describe: '.glb, .gltf, .obj, .stl or .ply',
    })
    .option('out', { ...text, demandOption: true, describe: 'Folder of assets to add it to' })
    .option('id', { ...text, demandOption: true, describe: 'Id of the asset, unique' })
    .option('category', { ...text, describe: 'Category for labels' })
    .option('license', { ...text, demandOption: true, describe: 'Licence, such as CC-BY-4.0' })
    .option('author', { ...text, describe: 'Whom the licence asks to name' });
}

function importOptions(args: ImportArguments): ImportOptions {
  const { simplify, textureSize } = args;
  if (simplify !== undefined && !(simplify > 0 && simplify < 1)) {
    throw new UsageError(`--simplify: expected a number above 0 and below 1, got ${simplify}.`);
  }
  if (textureSize !== undefined && !(Number.isInteger(textureSize) && textureSize > 0)) {
    throw new UsageError(`--texture-size: expected a whole number of pixels, got ${textureSize}.`);
  }
  const { file, out, id, license, category, author, units, up, origin, weld, force } = args;
  const common = { file, out, id, license, category, author, units, up, origin, weld, force };
  return { ...common, simplifyRatio: simplify, textureSize };
}

/** `diorama assets`: what there is to place, and how to add to it. */
export const assetsCommand: CommandModule = {
  command: 'assets',
  describe: 'List, inspect and import assets',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(inspectCommand)
      .command(importCommand)
      .demandCommand(1, 'expected one of: list, inspect, import'),
  handler: () => undefined,
};
