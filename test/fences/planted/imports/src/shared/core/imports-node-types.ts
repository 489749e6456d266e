// breaks: shared-imports-no-layer
import type { at } from '#node/stop';

export type At = typeof at;
