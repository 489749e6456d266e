// breaks: no-unresolved
// @ts-expect-error -- there is no such file
import './missing.ts';
