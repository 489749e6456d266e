import { showValue } from './describe-schema.ts';
import type { Config } from './config-schema.ts';

/**
 * JSON with the keys of every mapping in the order of their UTF-16 code units and no spaces: equal
 * data gives equal text. Keys whose value is undefined are left out; −0 is written as 0.
 *
 * @throws TypeError for what JSON cannot hold: numbers that are not finite, functions, undefined in a list.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  throw new TypeError(`expected a value that JSON can hold, found ${showValue(value)}`);
}

/**
 * The text whose SHA-256 identifies a config. The order of keys does not matter, except where it
 * changes frames: object groups are placed in order and lights are numbered in order, so that these
 * two mappings enter as lists of [name, value].
 */
export function configHashText(config: Config): string {
  return canonicalJson({
    ...config,
    objects: Object.entries(config.objects),
    lights: Object.entries(config.lights),
  });
}
