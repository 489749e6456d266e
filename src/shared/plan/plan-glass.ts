import { SamplingError } from '../core/errors.ts';
import type { Vec2 } from '../core/geometry.ts';
import { DEGREE, pow, sin, TAU } from '../core/portable-math.ts';
import { hashShare, mixBits } from '../sampling/mix-bits.ts';
import type { GlassSample } from '../sampling/weather-sample.ts';
import type { FramePlan } from './frame-plan.ts';
import { type RayBounds, rayBounds } from './source-view.ts';
import type { PlanDisc, PlanGlass } from './weather-plan.ts';

/** Index of refraction of water at 20 °C, 589 nm. */
const WATER = 1.333;
/** Diameter of a pupil where neither the glass nor a focus states one, millimetres. */
const USUAL_PUPIL = 1;
/** Sizes go from the median over this to the median times this, evenly in the logarithm. */
const SPREAD = 2;
/** Mean of the square of a size over its median's: ∫ 4^(2u − 1) du. */
const MEAN_SQUARE = (SPREAD * SPREAD - 1 / (SPREAD * SPREAD)) / (4 * Math.LN2);
/** Most discs of a kind, and places that are tried for each. */
const [MOST, TRIES] = [6000, 60];

/**
 * What is on the glass, at distance g before the pupil, where the camera looks through it. A drop is a cap of
 * water on glass: with radius r at its rim and contact angle φ, its sphere has R = r / sin φ, and as a thin
 * plano-convex lens it has the focal length R / (n − 1). A ray at height h of it turns by h (n − 1) / R, in
 * tangents by `bend` = (n − 1) sin φ / (r / g) times h / g.
 *
 * @throws SamplingError where it is more than can be drawn
 */
export function planGlass(
  { distanceMillimeters, pupilMillimeters, drops, dirt }: GlassSample,
  { camera, size }: Pick<FramePlan, 'camera' | 'size'>,
): PlanGlass {
  const { focus, intrinsics } = camera;
  const usual = focus ? 2000 * focus.lensRadiusMeters : USUAL_PUPIL;
  const pupil = (pupilMillimeters ?? usual) / 2 / distanceMillimeters;
  const seen = rayBounds({ intrinsics, size });
  const discs = (of: NonNullable<GlassSample['drops' | 'dirt']>, name: string): PlanDisc[] =>
    placeDiscs(
      { cover: of.cover, median: of.radiusMillimeters / distanceMillimeters, seed: of.seed },
      { seen, pupil, path: `weather.glass.${name}` },
    );
  const power = drops ? (WATER - 1) * sin(drops.contactDegrees * DEGREE) : 0;
  return {
    pupil,
    drops: drops
      ? discs(drops, 'drops').map((disc) => ({ ...disc, bend: power / disc.radius }))
      : [],
    dirt: dirt ? { specks: discs(dirt, 'dirt'), opacity: dirt.opacity, color: dirt.color } : null,
  };
}

type Asked = Readonly<{ cover: number; median: number; seed: number }>;

/**
 * Discs that do not touch, thrown one after another until they cover what is asked of the glass that is seen,
 * and of a rim about it from which they reach into sight.
 */
function placeDiscs(
  { cover, median, seed }: Asked,
  { seen, pupil, path }: Readonly<{ seen: RayBounds; pupil: number; path: string }>,
): PlanDisc[] {
  const rim = pupil + SPREAD * median;
  const [left, right] = [seen.left - rim, seen.right + rim];
  const [bottom, top] = [-seen.bottom - rim, -seen.top + rim];
  const wanted = cover * (right - left) * (top - bottom);
  const expected = wanted / ((TAU / 2) * median * median * MEAN_SQUARE);
  if (expected > MOST)
    throw new SamplingError(
      `${path}: expected at most ${MOST} in sight, found about ${Math.round(expected)}. Make them larger, cover less, or bring the glass nearer.`,
    );
  const lattice = new Lattice(2 * SPREAD * median);
  const discs: PlanDisc[] = [];
  const key = mixBits(seed);
  let covered = 0;
  for (let i = 0; covered < wanted; i++) {
    if (i > TRIES * (expected + 10))
      throw new SamplingError(
        `${path}: ${i} places were tried for ${discs.length} discs, which cover ${((cover * covered) / wanted).toFixed(3)} of the glass in place of ${cover}. Cover less.`,
      );
    const radius = median * pow(SPREAD, 2 * hashShare(key, 3 * i) - 1);
    const x = left + (right - left) * hashShare(key, 3 * i + 1);
    const y = bottom + (top - bottom) * hashShare(key, 3 * i + 2);
    const disc: PlanDisc = { at: [x, y], radius };
    if (!lattice.takes(disc)) continue;
    discs.push(disc);
    covered += (TAU / 2) * radius * radius;
  }
  return discs;
}

/** Discs by the cell of a lattice that their middles lie in: those that touch are in cells that do. */
class Lattice {
  readonly #side: number;
  readonly #cells = new Map<string, PlanDisc[]>();

  /** @param side The greatest diameter. */
  constructor(side: number) {
    this.#side = side;
  }

  /** Takes a disc in, unless it touches one that is there. */
  takes(disc: PlanDisc): boolean {
    const [ix, iy] = disc.at.map((v) => Math.floor(v / this.#side)) as unknown as Vec2;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) {
        const near = this.#cells.get(`${ix + dx} ${iy + dy}`) ?? [];
        if (near.some((other) => touch(disc, other))) return false;
      }
    const key = `${ix} ${iy}`;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), disc]);
    return true;
  }
}

function touch(a: PlanDisc, b: PlanDisc): boolean {
  const [dx, dy] = [a.at[0] - b.at[0], a.at[1] - b.at[1]];
  const reach = a.radius + b.radius;
  return dx * dx + dy * dy < reach * reach;
}
