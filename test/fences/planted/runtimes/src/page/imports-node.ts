// breaks: TS6307
export { folder } from '#node/reads-process';
