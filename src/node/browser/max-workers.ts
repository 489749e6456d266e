/** Most browsers side by side: each takes a few hundred MiB of memory. */
export const MAX_WORKERS = 64;
