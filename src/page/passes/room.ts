import type { Size } from '#shared/core/geometry';

/** How much larger than what was asked for a side becomes once that varies. */
const SPARE = 1 / 8;
/** So many pictures in a row that need less than a quarter make what is kept smaller. */
const PATIENCE = 64;

/** Pixels of a side, and whether more or fewer were asked for before. */
type Side = Readonly<{ pixels: number; varies: boolean }>;

const areaOf = ({ width, height }: Size): number => width * height;

/**
 * How large a thing is that is kept for pictures of several sizes, of which each takes the first columns and rows. It
 * is exactly as large as the first, as long as all are like that; others make it larger by some room to spare, so that
 * sizes that differ a little from frame to frame make it anew once. What it holds is bounded by four times what one of
 * the last 64 pictures needed, and the spare room of both sides.
 */
export class Room {
  readonly #limit: number;
  #sides: readonly [Side, Side] | null = null;
  #small = 0;

  /** @param limit Pixels a side that it may have at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How large it is to be from a picture on. */
  of(size: Size): Size {
    if (this.#sides === null || this.#hasEnough(size)) {
      this.#sides = [
        { pixels: size.width, varies: false },
        { pixels: size.height, varies: false },
      ];
    } else {
      const [across, down] = this.#sides;
      this.#sides = [this.#grown(across, size.width), this.#grown(down, size.height)];
    }
    const [width, height] = this.#sides;
    return { width: width.pixels, height: height.pixels };
  }

  #grown({ pixels, varies }: Side, asked: number): Side {
    if (asked === pixels || (varies && asked < pixels)) return { pixels, varies };
    const most = Math.ceil(Math.max(asked, pixels) * (1 + SPARE));
    return { pixels: Math.min(most, this.#limit), varies: true };
  }

  /** Whether all of the last pictures were so small that it is to be as large as this one. */
  #hasEnough(size: Size): boolean {
    const [across, down] = this.#sides ?? [];
    const area = (across?.pixels ?? 0) * (down?.pixels ?? 0);
    this.#small = 4 * areaOf(size) < area ? this.#small + 1 : 0;
    if (this.#small < PATIENCE) return false;
    this.#small = 0;
    return true;
  }
}
