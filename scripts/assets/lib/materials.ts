import type { MaterialSpec, TextureImage } from './asset-model.ts';

/** Glazed ceramic or enamel in one colour or with a printed design. */
export function glaze(name: string, look: string | TextureImage, roughness = 0.22): MaterialSpec {
  return surface(name, look, { metallic: 0, roughness });
}

/** Moulded plastic or rubber. */
export function plastic(name: string, look: string | TextureImage, roughness = 0.4): MaterialSpec {
  return surface(name, look, { metallic: 0, roughness });
}

/** Printed paper or card. */
export function card(name: string, look: string | TextureImage, roughness = 0.68): MaterialSpec {
  return surface(name, look, { metallic: 0, roughness });
}

/** Bare or lacquered metal. */
export function metal(name: string, look: string | TextureImage, roughness = 0.3): MaterialSpec {
  return surface(name, look, { metallic: 1, roughness });
}

function surface(
  name: string,
  look: string | TextureImage,
  factors: { metallic: number; roughness: number },
): MaterialSpec {
  return typeof look === 'string'
    ? { name, color: look, ...factors }
    : { name, colorMap: look, ...factors };
}
