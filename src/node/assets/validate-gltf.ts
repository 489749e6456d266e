import validator, { type ValidationMessage, type ValidationReport } from 'gltf-validator';
import { AssetError } from '#shared/core/errors';
import type { GltfSource } from './gltf-source.ts';

/** Messages of one run of the validator; a mesh full of NaN would otherwise give millions. */
const MAX_MESSAGES = 500;
/** Errors and warnings that are told; the rest is counted. */
const TOLD = 5;

/**
 * Runs the Khronos glTF validator on the bytes as they are, before anything is decoded. It cannot see
 * into Draco and meshopt data; those are checked after decoding, by their bounds. Returns warnings.
 *
 * @throws AssetError with the first errors and where they are.
 */
export async function validateGltf(source: GltfSource): Promise<readonly string[]> {
  const warnings = new Map<string, ValidationMessage>();
  for (;;) {
    const report = await runValidator(source, [...warnings.keys()]);
    const errors = report.issues.messages.filter(({ severity }) => severity === 0);
    if (errors.length > 0) {
      const rest = errors.length > TOLD ? `; and ${errors.length - TOLD} more` : '';
      throw new AssetError(
        `invalid glTF: ${errors.slice(0, TOLD).map(describe).join('; ')}${rest}.`,
      );
    }
    const found = report.issues.messages.filter(({ code }) => !warnings.has(code));
    for (const message of found) warnings.set(message.code, message);
    // A full list may hide errors behind lesser messages: ask again without those already seen.
    if (!report.issues.truncated || found.length === 0) break;
  }
  return [...warnings.values()]
    .filter(({ severity }) => severity === 1)
    .map((m) => `glTF: ${describe(m)}`);
}

async function runValidator(
  source: GltfSource,
  ignoredIssues: readonly string[],
): Promise<ValidationReport> {
  try {
    return await validator.validateBytes(source.bytes, {
      format: source.format,
      maxIssues: MAX_MESSAGES,
      ignoredIssues,
      externalResourceFunction: (uri) => {
        const bytes = source.external.get(uri) ?? source.external.get(decodeURIComponent(uri));
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`${uri} does not exist`));
      },
    });
  } catch (cause) {
    throw new AssetError(`the glTF validator cannot read it: ${String(cause)}`, { cause });
  }
}

function describe({ code, message, pointer }: ValidationMessage): string {
  return `${code}${pointer ? ` at ${pointer}` : ''}: ${message.replace(/\.$/, '')}`;
}
