import { posix } from 'node:path';
import type { MaterialClaim } from './asset-types.ts';

/** The files of one material, relative to the root. */
export type MaterialMaps = MaterialClaim['maps'];

/** Images that belong together by folder and by the beginning of their names. */
export type MaterialSet = Readonly<{ folder: string; prefix: string; maps: MaterialMaps }>;

type Role = keyof MaterialMaps | 'normal-directx' | 'packed';

/** How ambientCG, Poly Haven, Quixel and the glTF exporters name maps; after it, at most a size such as 2k. */
const ROLES: readonly Readonly<{ role: Role; ending: string }>[] = [
  { role: 'color', ending: 'base_?colou?r|colou?r|albedo|diff(?:use)?|col' },
  { role: 'normal-directx', ending: 'normal_?dx|nor_dx|normal_?directx' },
  { role: 'normal', ending: 'normal_?(?:gl|ogl|opengl)|nor_gl|normals?|nrm' },
  { role: 'roughness', ending: 'roughness|rough' },
  { role: 'metalness', ending: 'metalness|metallic|metal' },
  { role: 'occlusion', ending: 'ambient_?occlusion|occlusion|occ|ao' },
  { role: 'height', ending: 'displacement|height|disp' },
  // Occlusion, roughness and metalness in red, green and blue, where glTF has them.
  { role: 'packed', ending: 'arm|orm' },
];

const IMAGE = /\.(?:jpe?g|png|webp)$/i;

function roleOf(file: string): { role: Role; prefix: string } | null {
  const name = posix.basename(file).replace(IMAGE, '');
  for (const { role, ending } of ROLES) {
    const match = new RegExp(`^(.+)[_-](?:${ending})((?:[_-]\\d+k)?)$`, 'i').exec(name);
    if (match) return { role, prefix: `${match[1] ?? ''}${match[2] ?? ''}` };
  }
  return null;
}

/**
 * Finds physically based material sets: a colour map and at least one of normal, roughness and
 * metalness, with a common folder and prefix; occlusion and height where there are any. Normal maps of
 * DirectX's handedness are no part of a set. Sorted by folder and prefix.
 */
export function findMaterialSets(files: readonly string[]): readonly MaterialSet[] {
  const groups = new Map<
    string,
    { folder: string; prefix: string; maps: Partial<Record<Role, string>> }
  >();
  for (const file of [...files].sort()) {
    const known = IMAGE.test(file) ? roleOf(file) : null;
    if (!known) continue;
    const folder = posix.dirname(file);
    const key = `${folder}/${known.prefix}`;
    const group = groups.get(key) ?? { folder, prefix: known.prefix, maps: {} };
    group.maps[known.role] ??= file;
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(
    ({ folder, prefix, maps: { packed, color, normal, height, ...single } }) => {
      const { roughness = packed, metalness = packed, occlusion = packed } = single;
      if (color === undefined || (normal ?? roughness ?? metalness) === undefined) return [];
      const maps: MaterialMaps = {
        color,
        ...(normal === undefined ? {} : { normal }),
        ...(roughness === undefined ? {} : { roughness }),
        ...(metalness === undefined ? {} : { metalness }),
        ...(occlusion === undefined ? {} : { occlusion }),
        ...(height === undefined ? {} : { height }),
      };
      return [{ folder: folder === '.' ? '' : folder, prefix, maps }];
    },
  );
}

/** Id of a set: its folder where it is the only one there, else folder and prefix. */
export function materialSetId(set: MaterialSet, all: readonly MaterialSet[]): string {
  if (set.folder === '') return set.prefix;
  const alone = all.every((other) => other === set || other.folder !== set.folder);
  return alone ? set.folder : `${set.folder}/${set.prefix}`;
}
