import { z } from 'zod';
import { backgroundSchema } from './background-schema.ts';
import { skySchema } from './sky-schema.ts';
import { numberValue, stringValue } from './value-schemas.ts';

/** Light and background from far away. */
export const environmentSchema = z
  .strictObject({
    map: stringValue
      .optional()
      .meta({ description: 'Environment asset id, or a choice of ids; absent: an even grey sky.' }),
    sky: skySchema.optional().meta({
      description: 'Sky and sun in place of a map: luminances of a model, in physical units.',
    }),
    rotationDegrees: numberValue.default(0).meta({ description: 'Turn about the vertical.' }),
    strength: numberValue
      .default(1)
      .meta({ description: 'Factor on the radiance, of a sky’s sun too.' }),
    background: backgroundSchema.default({ kind: 'environment', blur: 0 }),
  })
  .meta({ id: 'Environment' });
