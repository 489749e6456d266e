import { oklabDistance, oklabFromRgb, rgbFromOklab, type Oklab, type Rgb } from './oklab.ts';

/** Lightnesses of candidates: light enough for a dark ground, saturated enough for a bright picture. */
const LIGHTNESSES = [0.62, 0.72, 0.82];
const HUE_STEPS = 48;
/** Greatest chroma first, then a paler one; a colour beyond the screen's gamut is no candidate. */
const CHROMAS = [0.2, 0.15, 0.1];
/** The first category's colour: all others are chosen to differ from it. */
const FIRST: Rgb = [54, 162, 255];

/** A colour that may be chosen, and how far it is from the nearest one that was. */
type Candidate = { readonly lab: Oklab; readonly rgb: Rgb; nearest: number };

function listCandidates(): Candidate[] {
  const candidates: Candidate[] = [];
  for (const lightness of LIGHTNESSES) {
    for (const chroma of CHROMAS) {
      for (let step = 0; step < HUE_STEPS; step++) {
        const hue = (2 * Math.PI * step) / HUE_STEPS;
        const lab: Oklab = [lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)];
        const rgb = rgbFromOklab(lab);
        if (rgb !== null) candidates.push({ lab, rgb, nearest: Infinity });
      }
    }
  }
  return candidates;
}

const candidates = listCandidates();
const chosen: Rgb[] = [FIRST];
for (const candidate of candidates) {
  candidate.nearest = oklabDistance(candidate.lab, oklabFromRgb(FIRST));
}

/** Takes the candidate that is farthest from every colour chosen so far. */
function chooseNext(): void {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (best === undefined || candidate.nearest > best.nearest) best = candidate;
  }
  if (best === undefined) return;
  chosen.push(best.rgb);
  for (const candidate of candidates) {
    candidate.nearest = Math.min(candidate.nearest, oklabDistance(candidate.lab, best.lab));
  }
}

/**
 * The colour of a category: the same in every dataset and frame, whatever other categories there are.
 *
 * Method: each colour is the one farthest from all before it, after C. Glasbey, G. van der Heijden,
 * V. Toh and A. Gray, Colour displays for categorical images, Color Research & Application 32 (2007),
 * measured in Oklab instead of CIELAB. Colours begin again after some three hundred categories.
 *
 * @param categoryId from 1.
 */
export function categoryColor(categoryId: number): Rgb {
  const index = (categoryId - 1) % candidates.length;
  while (chosen.length <= index) chooseNext();
  return chosen[index] ?? FIRST;
}

/** Changes of lightness from one instance of a category to the next: small beside those of categories. */
const LIGHTNESS_SHIFTS = [0, 0.07, -0.07, 0.035, -0.035];

/**
 * The colour of an instance: its category's, a little lighter or darker for neighbours of the same
 * category.
 *
 * @param ordinal of the instance among those of its category in the frame, from 0.
 */
export function instanceColor(categoryId: number, ordinal: number): Rgb {
  const base = categoryColor(categoryId);
  const shift = LIGHTNESS_SHIFTS[ordinal % LIGHTNESS_SHIFTS.length] ?? 0;
  if (shift === 0) return base;
  const [lightness, a, b] = oklabFromRgb(base);
  // Paler by steps until the screen can show it; without chroma it always can.
  for (let chroma = 1; chroma > 0; chroma -= 0.1) {
    const rgb = rgbFromOklab([lightness + shift, a * chroma, b * chroma]);
    if (rgb !== null) return rgb;
  }
  return base;
}
