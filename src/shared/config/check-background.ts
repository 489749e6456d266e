import type { ImageAsset } from '../core/asset-catalogue.ts';
import { matchAssets } from './asset-pattern.ts';
import { backgroundChoices, type PhotoSpec } from './background-schema.ts';
import type { CheckContext } from './check-context.ts';
import { distortionOf } from './lens-schema.ts';
import { lensesOf } from './lenses-of.ts';
import { formatPath } from './parameter-path.ts';
import { possibleTexts } from './possible-texts.ts';

/** How many assets a message names. */
const NAMED = 3;

/** Checks that backgrounds go with the sky, that photos say what is asked of them, and what catches shadows. */
export function checkBackground(context: CheckContext): void {
  const { config, report } = context;
  for (const { spec, path } of backgroundChoices(config.environment.background)) {
    if (spec.kind === 'environment' && config.environment.sky && spec.blur !== 0) {
      report(
        `${path}.blur`,
        'expected 0 where environment.sky is, found another value',
        'A sky is smooth of itself; leave blur out.',
      );
    }
    if (spec.kind === 'photo') checkPhotos(context, spec, path);
    const flat = spec.kind === 'pattern' || (spec.kind === 'photo' && spec.fit.kind === 'crop');
    const bent = lensesOf(config.camera).find(({ lens }) => distortionOf(lens));
    if (flat && bent) {
      report(
        path,
        `expected a background by direction where ${bent.path}.distortion bends the picture, found one that is laid over the image`,
        'The lens would bend it out of shape: use fit: { kind: view }, an environment, a sky or a colour, or leave the distortion out.',
      );
    }
  }
  checkCatchers(context);
}

function checkPhotos(
  { config, catalogue, report }: CheckContext,
  { image, fit, sun }: PhotoSpec,
  path: string,
): void {
  if ((fit.kind === 'view' || sun) && config.camera.motion)
    report(
      'camera.motion',
      `expected a camera at rest where ${path}.${sun ? 'sun' : 'fit'} goes by its heading, found motion`,
      'A photo has one view: leave the motion out, or use fit: { kind: crop } without sun.',
    );
  const ids = catalogue.images.map(({ id }) => id);
  const texts = possibleTexts(image, config.vars).map(({ text }) => text);
  const possible = new Set(texts.flatMap((text) => matchAssets(text, ids)));
  const photos = catalogue.images.filter(({ id }) => possible.has(id));
  const refuse = (at: string, field: 'view' | 'sun', wanted: string): void => {
    const without = photos.filter(({ photo }: ImageAsset) => photo?.[field] === undefined);
    if (without.length === 0) return;
    const named = without.slice(0, NAMED).map(({ id }) => JSON.stringify(id));
    report(
      at,
      `expected photo.${field} in assets.json for each photo, found none for ${without.length} of ${photos.length}: ${named.join(', ')}${without.length > NAMED ? ', …' : ''}`,
      wanted,
    );
  };
  if (fit.kind === 'view')
    refuse(
      `${path}.fit`,
      'view',
      'State "photo": { "view": { "verticalDegrees": …, "pitchDegrees": … } } for each, or use fit: { kind: crop }.',
    );
  if (sun)
    refuse(
      `${path}.sun`,
      'sun',
      'State "photo": { "sun": { "azimuthDegrees": …, "elevationDegrees": … } } for each, or leave sun out.',
    );
}

/** A plane shows its upper side alone, so that no part of it darkens what is seen through another. */
function checkCatchers({ config, scene, report }: CheckContext): void {
  for (const { name, content, category } of scene.nodes) {
    const override = Object.hasOwn(config.nodes, name) ? config.nodes[name] : undefined;
    if (!override?.shadowCatcher) continue;
    const path = formatPath(['nodes', name, 'shadowCatcher']);
    if (content.kind !== 'shape' || content.shape.kind !== 'plane') {
      const found = content.kind === 'shape' ? `a ${content.shape.kind}` : `a ${content.kind}`;
      report(
        path,
        `expected a node of the shape plane, found ${found}`,
        'Add a plane to the scene where shadows should fall.',
      );
    }
    if (category !== undefined)
      report(
        path,
        `expected a node without a category, found ${JSON.stringify(category)}`,
        'What only catches shadows is in no label: leave its category out.',
      );
    if (override.material)
      report(path, 'expected no material beside it, found one', 'It is not seen; leave it out.');
  }
}
