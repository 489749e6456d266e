import { inkAttributes } from './palette.ts';

/** A coordinate to a hundredth of a pixel. */
const to = (value: number): string => String(Math.round(value * 100) / 100);

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What plots use of `Path2D`, as the data of an SVG path. */
export class SvgPath {
  data: string;

  constructor(other?: SvgPath) {
    this.data = other?.data ?? '';
  }
  moveTo(x: number, y: number): void {
    this.data += `M${to(x)} ${to(y)}`;
  }
  /** The first point of a path begins it, as on a canvas. */
  lineTo(x: number, y: number): void {
    this.data += `${this.data === '' ? 'M' : 'L'}${to(x)} ${to(y)}`;
  }
  rect(...[x, y, width, height]: readonly [number, number, number, number]): void {
    this.data += `M${to(x)} ${to(y)}h${to(width)}v${to(height)}h${to(-width)}z`;
  }
  /** Whole circles alone: dots. */
  arc(...[x, y, radius, from, until]: readonly [number, number, number, number, number]): void {
    if (Math.abs(until - from) < 2 * Math.PI - 1e-9)
      throw new RangeError(`arc: expected a whole circle, got ${from}..${until} radians`);
    const r = to(radius);
    this.data += `M${to(x + radius)} ${to(y)}a${r} ${r} 0 1 0 ${to(-2 * radius)} 0a${r} ${r} 0 1 0 ${to(2 * radius)} 0z`;
  }
}

/** How far below its point a text's base line lies, in heights of its letters. */
const DROP: Readonly<Record<string, number>> = { top: 0.8, middle: 0.35, bottom: -0.2 };
const ANCHOR: Readonly<Record<string, string>> = { left: 'start', center: 'middle', right: 'end' };

/** What a context keeps and gives back with `save` and `restore`. */
class ContextState {
  strokeStyle = 'ink';
  fillStyle = 'ink';
  lineWidth = 1;
  lineJoin = 'miter';
  lineCap = 'butt';
  font = '12px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';
  globalAlpha = 1;
  protected dash: readonly number[] = [];
  protected transform = '';
  /** Id of what cuts; empty where nothing does. */
  protected cut = '';
}

/**
 * What plots use of a canvas' 2D context, written down as SVG. Colours are names of inks.
 * `CanvasRenderingContext2D` of HTML tells what each member does.
 */
export class SvgContext extends ContextState {
  readonly #prefix: string;
  readonly #stack: ContextState[] = [];
  #elements: string[] = [];
  #path = new SvgPath();

  /** @param prefix of ids, which must differ within a document. */
  constructor(prefix: string) {
    super();
    this.#prefix = prefix;
  }

  /** What was drawn, from the bottom to the top. */
  get elements(): string {
    return this.#elements.join('\n');
  }

  save(): void {
    this.#stack.push(Object.assign(new ContextState(), this));
  }
  restore(): void {
    Object.assign(this, this.#stack.pop());
  }
  translate(x: number, y: number): void {
    this.transform += `translate(${to(x)} ${to(y)})`;
  }
  rotate(radians: number): void {
    this.transform += `rotate(${to((radians * 180) / Math.PI)})`;
  }
  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }
  beginPath(): void {
    this.#path = new SvgPath();
  }
  moveTo(x: number, y: number): void {
    this.#path.moveTo(x, y);
  }
  lineTo(x: number, y: number): void {
    this.#path.lineTo(x, y);
  }
  clearRect(): void {
    this.#elements = [];
  }
  clip(path: SvgPath): void {
    const id = `${this.#prefix}-${this.#elements.length}`;
    this.#elements.push(
      `<clipPath id="${id}"${this.#within()}><path d="${path.data}"/></clipPath>`,
    );
    this.cut = id;
  }
  stroke(path: SvgPath = this.#path): void {
    const { strokeStyle, lineWidth, lineJoin, lineCap, dash } = this;
    if (path.data === '' || lineWidth === 0) return;
    const ink = inkAttributes(strokeStyle, 'stroke');
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
    this.#elements.push(
      `<path class="${ink.class}" fill="none" stroke="${ink.color}" stroke-width="${lineWidth}" stroke-linejoin="${lineJoin}" stroke-linecap="${lineCap}"${dashes}${this.#placed()} d="${path.data}"/>`,
    );
  }
  fill(path: SvgPath = this.#path): void {
    const ink = inkAttributes(this.fillStyle, 'fill');
    if (path.data === '') return;
    this.#elements.push(
      `<path class="${ink.class}" fill="${ink.color}"${this.#placed()} d="${path.data}"/>`,
    );
  }
  fillText(text: string, x: number, y: number): void {
    const { fillStyle, font, textAlign, textBaseline } = this;
    const ink = inkAttributes(fillStyle, 'fill');
    const drop = DROP[textBaseline] ?? 0;
    this.#elements.push(
      `<text class="${ink.class}" fill="${ink.color}" style="font:${escape(font)}" text-anchor="${ANCHOR[textAlign] ?? 'start'}" x="${to(x)}" y="${to(y)}" dy="${drop}em"${this.#placed()}>${escape(text)}</text>`,
    );
  }

  #placed(): string {
    const { transform, globalAlpha } = this;
    return [
      transform === '' ? '' : ` transform="${transform}"`,
      this.#within(),
      globalAlpha === 1 ? '' : ` opacity="${globalAlpha}"`,
    ].join('');
  }

  #within(): string {
    return this.cut === '' ? '' : ` clip-path="url(#${this.cut})"`;
  }
}
