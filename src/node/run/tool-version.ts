import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../assets/asset-roots.ts';

/** Version of Diorama, as its package.json has it. */
export function readToolVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
