import { RenderError } from '#shared/core/errors';
import type { RenderFailure } from '#shared/core/errors';
import type {
  AssetUse,
  BareTimings,
  FrameTimings,
  GlReport,
  PacketPlace,
  PageApi,
  RenderReply,
} from '#shared/protocol/page-api';
import { READ_BACKS, type ReadBack } from '#shared/protocol/read-back';

/** Figures of {@link PageApi.probe}. */
export type ProbeReport = Awaited<ReturnType<PageApi['probe']>>;

const FAILURES: Readonly<Record<RenderFailure, true>> = {
  lost: true,
  timeout: true,
  blank: true,
  unsupported: true,
  shader: true,
  asset: true,
  internal: true,
};

/** Reads a reply of `start`. Each of these throws a RenderError that names the field it stumbled on. */
export function readGlReport(value: unknown): GlReport {
  const reply = field('start', value);
  return {
    renderer: reply.text('renderer'),
    vendor: reply.text('vendor'),
    maxTextureSize: reply.number('maxTextureSize'),
    maxColorAttachments: reply.number('maxColorAttachments'),
    maxSamples: reply.number('maxSamples'),
    floatTargets: reply.flag('floatTargets'),
    clipControl: reply.flag('clipControl'),
    three: reply.text('three'),
    assetBytes: reply.number('assetBytes'),
    readBack: readReadBack(reply.text('readBack')),
  };
}

function readReadBack(text: string): ReadBack {
  const known = READ_BACKS.find((readBack) => readBack === text);
  if (known === undefined) throw unexpected('start.readBack', READ_BACKS.join(' or '), text);
  return known;
}

/** Reads a reply of `render`. */
export function readRenderReply(value: unknown): RenderReply {
  const reply = field('render', value);
  if (reply.flag('ok')) {
    return {
      ok: true,
      timings: readTimings(reply.get('timings')),
      assets: readAssetUse(reply.get('assets')),
      packet: readPacketPlace(reply.get('packet')),
    };
  }
  const error = field('render: error', reply.get('error'));
  const failure = error.text('failure');
  if (!isFailure(failure)) throw unexpected('render: error.failure', 'a known kind', failure);
  return { ok: false, error: { failure, message: error.text('message') } };
}

/** Reads a reply of `renderBare`: the steps of each repeat. */
export function readBareTimes(value: unknown, repeats: number): readonly BareTimings[] {
  if (!Array.isArray(value) || value.length !== repeats) {
    throw unexpected('renderBare', `${repeats} timings`, value);
  }
  return value.map((item: unknown, index) => readBareTimings(`renderBare[${index}]`, item));
}

/** Reads a reply of `probe`. */
export function readProbe(value: unknown): ProbeReport {
  const reply = field('probe', value);
  return {
    compileMs: reply.number('compileMs'),
    readbackMsPerMiB: reply.number('readbackMsPerMiB'),
    exact: reply.flag('exact'),
  };
}

/** Reads a reply that is one string. */
export function readText(call: string, value: unknown): string {
  if (typeof value !== 'string') throw unexpected(call, 'a string', value);
  return value;
}

function readTimings(value: unknown): FrameTimings {
  const where = 'render: timings';
  return { ...readBareTimings(where, value), send: field(where, value).number('send') };
}

function readPacketPlace(value: unknown): PacketPlace {
  const reply = field('render: packet', value);
  if (reply.get('posted') !== true) return { bytesInFile: reply.number('bytesInFile') };
  return { posted: true, because: readReason('render: packet.because', reply.get('because')) };
}

/** Reads a reply that is a reason why something was not done, or null. */
export function readReason(call: string, value: unknown): string | null {
  return value === null ? null : readText(call, value);
}

function readAssetUse(value: unknown): AssetUse {
  const reply = field('render: assets', value);
  return {
    entries: reply.number('entries'),
    bytes: reply.number('bytes'),
    frameBytes: reply.number('frameBytes'),
    evicted: reply.number('evicted'),
    spilledBytes: reply.number('spilledBytes'),
    geometries: reply.number('geometries'),
    textures: reply.number('textures'),
    programs: reply.number('programs'),
  };
}

function readBareTimings(where: string, value: unknown): BareTimings {
  const reply = field(where, value);
  return {
    scene: reply.number('scene'),
    label: reply.number('label'),
    silhouettes: reply.number('silhouettes'),
    color: reply.number('color'),
    readback: reply.number('readback'),
  };
}

type Fields = Readonly<{
  get: (name: string) => unknown;
  text: (name: string) => string;
  number: (name: string) => number;
  flag: (name: string) => boolean;
}>;

function field(where: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw unexpected(where, 'an object', value);
  const record = value as Readonly<Record<string, unknown>>;
  const path = (name: string): string => `${where}.${name}`;
  return {
    get: (name) => record[name],
    text: (name) => {
      const found = record[name];
      if (typeof found !== 'string') throw unexpected(path(name), 'a string', found);
      return found;
    },
    number: (name) => {
      const found = record[name];
      if (typeof found !== 'number' || !Number.isFinite(found)) {
        throw unexpected(path(name), 'a finite number', found);
      }
      return found;
    },
    flag: (name) => {
      const found = record[name];
      if (typeof found !== 'boolean') throw unexpected(path(name), 'true or false', found);
      return found;
    },
  };
}

function isFailure(text: string): text is RenderFailure {
  return Object.hasOwn(FAILURES, text);
}

function unexpected(where: string, expected: string, found: unknown): RenderError {
  const shown = JSON.stringify(found)?.slice(0, 200) ?? String(found);
  return new RenderError('internal', `page reply ${where}: expected ${expected}, got ${shown}`);
}
