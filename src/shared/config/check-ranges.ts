import type { CheckContext, Report } from './check-context.ts';
import { DEPTH_SENSOR_RANGES } from './depth-sensor-ranges.ts';
import { FLICKER_RANGES } from './flicker-schema.ts';
import { LAYER_RANGES } from './layer-schema.ts';
import { LIDAR_RANGES } from './lidar-ranges.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';
import { SENSOR_RANGES } from './sensor-ranges.ts';
import { SURFACE_NUMBERS } from './surface-fields.ts';
import { rangeOf } from './value-range.ts';
import type { NumberValue } from './value-schemas.ts';
import type { PlacedValue } from './visit-values.ts';
import { WEATHER_RANGES } from './weather-ranges.ts';

/** Most lights of one group. */
const MAX_GROUP_LIGHTS = 8;

/**
 * What parameters can mean, by the end of their path; `*` stands for any one step. Sampling refuses
 * draws outside of these, so that what is known before the first frame is refused before it.
 */
const RANGES: readonly Readonly<{ end: readonly string[]; min: number; max: number }>[] = [
  { end: ['lens', 'verticalDegrees'], min: 1, max: 150 },
  { end: ['lens', 'fx'], min: 1e-3, max: 1e9 },
  { end: ['lens', 'fy'], min: 1e-3, max: 1e9 },
  { end: ['lens', 'distortion', '*'], min: -1e3, max: 1e3 },
  { end: ['distortion', 'imageCircle', 'degrees'], min: 1, max: 360 },
  { end: ['camera', 'lens', 'longitudeDegrees'], min: 1, max: 360 },
  { end: ['camera', 'lens', 'latitudeDegrees'], min: 1, max: 180 },
  { end: ['camera', 'focus', 'distanceMeters'], min: 0.01, max: 1e6 },
  { end: ['camera', 'focus', 'sensorWidthMillimeters'], min: 0.5, max: 100 },
  { end: ['environment', 'strength'], min: 0, max: 1e6 },
  { end: ['environment', 'background', 'blur'], min: 0, max: 1 },
  { end: ['animation', 'phase'], min: 0, max: 1 },
  { end: ['animation', 'limitsShare'], min: 0, max: 1 },
  { end: ['fit', 'zoom'], min: 1, max: 1000 },
  { end: ['fit', 'x'], min: 0, max: 1 },
  { end: ['fit', 'y'], min: 0, max: 1 },
  { end: ['background', 'repeats'], min: 0.01, max: 1000 },
  { end: ['backgrounds', '*', 'repeats'], min: 0.01, max: 1000 },
  { end: ['background', 'strength'], min: 0, max: 1e6 },
  { end: ['backgrounds', '*', 'strength'], min: 0, max: 1e6 },
  { end: ['backgrounds', '*', 'blur'], min: 0, max: 1 },
  { end: ['sun', 'intensity'], min: 0, max: 1e9 },
  { end: ['sun', 'elevationDegrees'], min: -90, max: 90 },
  { end: ['sun', 'latitudeDegrees'], min: -90, max: 90 },
  { end: ['sun', 'longitudeDegrees'], min: -180, max: 180 },
  { end: ['sun', 'hour'], min: 0, max: 24 },
  { end: ['sun', 'utcOffsetHours'], min: -14, max: 14 },
  { end: ['sky', 'turbidity'], min: 1.7, max: 10 },
  { end: ['sky', 'overcast'], min: 0, max: 1 },
  { end: ['moon', 'elevationDegrees'], min: -90, max: 90 },
  { end: ['moon', 'phaseDegrees'], min: 0, max: 180 },
  { end: ['photometry', 'compensationStops'], min: -20, max: 20 },
  { end: ['photometry', 'ev100'], min: -20, max: 24 },
  { end: ['lights', '*', 'count'], min: 0, max: MAX_GROUP_LIGHTS },
  { end: ['lights', '*', 'intensity'], min: 0, max: 1e9 },
  ...Object.entries(FLICKER_RANGES).map(([name, [min, max]]) => ({
    end: ['flicker', name],
    min,
    max,
  })),
  { end: ['lights', '*', 'sizeMeters'], min: 0, max: 1e3 },
  { end: ['lights', '*', 'widthMeters'], min: 1e-3, max: 1e3 },
  { end: ['lights', '*', 'heightMeters'], min: 1e-3, max: 1e3 },
  { end: ['lights', '*', 'coneDegrees'], min: 1, max: 89 },
  { end: ['lights', '*', 'penumbra'], min: 0, max: 1 },
  { end: ['place', 'elevationDegrees'], min: -90, max: 90 },
  { end: ['pose', 'elevationDegrees'], min: -90, max: 90 },
  { end: ['place', 'radiusMeters'], min: 0, max: 1e6 },
  { end: ['pose', 'radiusMeters'], min: 0, max: 1e6 },
  { end: ['objects', '*', 'count'], min: 0, max: Infinity },
  { end: ['wobble', 'positionMeters'], min: 0, max: 10 },
  { end: ['wobble', 'angleDegrees'], min: 0, max: 20 },
  { end: ['wobble', 'hertz'], min: 0, max: 100 },
  { end: ['placement', 'height'], min: 1, max: Infinity },
  { end: ['placement', 'rows'], min: 1, max: 1000 },
  { end: ['placement', 'columns'], min: 1, max: 1000 },
  { end: ['placement', 'rowPitchMeters'], min: 1e-4, max: 1e4 },
  { end: ['placement', 'columnPitchMeters'], min: 1e-4, max: 1e4 },
  { end: ['placement', 'pitchMeters'], min: 1e-4, max: 1e4 },
  { end: ['placement', 'radiusMeters'], min: 1e-4, max: 1e4 },
  { end: ['placement', 'arcDegrees'], min: 0, max: 360 },
  { end: ['placement', 'gapMeters'], min: 0, max: 1e4 },
  { end: ['placement', 'distanceMeters'], min: 0, max: 1e4 },
  { end: ['placement', 'floorMeters'], min: 0, max: 1e4 },
  { end: ['material', 'roughness'], min: 0, max: 1 },
  { end: ['material', 'metalness'], min: 0, max: 1 },
  ...Object.entries(SURFACE_NUMBERS).map(([name, { range }]) => ({
    end: ['material', name],
    min: range[0],
    max: range[1],
  })),
  ...Object.entries(LAYER_RANGES).map(([name, [min, max]]) => ({
    end: name === 'place' ? ['layers', '*', name, '*'] : ['layers', '*', name],
    min,
    max,
  })),
  { end: ['scaleMeters'], min: 1e-4, max: 1e4 },
  { end: ['softness'], min: 0, max: 1 },
  { end: ['sharpness'], min: 1, max: 64 },
  { end: ['reliefMeters'], min: 0, max: 100 },
  { end: ['roughness', '*'], min: 0, max: 1 },
  { end: ['kelvin'], min: 1667, max: 25000 },
  { end: ['saturation'], min: 0, max: 1 },
  { end: ['lightness'], min: 0, max: 1 },
  { end: ['chroma'], min: 0, max: 0.5 },
  // Of a sphere, ball or disc; radii of shapes are not drawn.
  { end: ['radius'], min: 0, max: Infinity },
  // Of a colour by hue, saturation and value; nothing else that may be drawn is called so.
  { end: ['value'], min: 0, max: 1 },
  ...Object.entries(SENSOR_RANGES).map(([path, [min, max]]) => ({
    end: ['sensor', ...path.split('.')],
    min,
    max,
  })),
  ...Object.entries(DEPTH_SENSOR_RANGES).map(([path, [min, max]]) => ({
    end: ['camera', 'depthSensor', ...path.split('.')],
    min,
    max,
  })),
  ...Object.entries(LIDAR_RANGES).map(([path, [min, max]]) => ({
    end: ['camera', 'lidars', '*', ...path.split('.')],
    min,
    max,
  })),
  ...Object.entries(WEATHER_RANGES).map(([path, [min, max]]) => ({
    end: ['weather', ...path.split('.')],
    min,
    max,
  })),
  { end: ['outputs', 'rgb', 'quality'], min: 1, max: 100 },
];

/**
 * Checks that no value which can be drawn lies outside of what its parameter can mean. The open ends
 * of a normal that is not truncated, and bounds of expressions that need not be met, are left to sampling, which refuses the frames that they spoil.
 */
export function checkRange(
  { type, value, path }: PlacedValue,
  { config: { vars } }: Pick<CheckContext, 'config'>,
  report: Report,
): void {
  if (type !== 'number' && type !== 'integer') return;
  const rule = RANGES.find(({ end }) => endsWith(path, end));
  const range = rangeOf(value as NumberValue, vars);
  if (!rule || !range || range.loose) return;
  const wrong = [range.min, range.max].find(
    (v) => Number.isFinite(v) && (v < rule.min || v > rule.max),
  );
  if (wrong === undefined) return;
  const expected = rule.max === Infinity ? `at least ${rule.min}` : `${rule.min}..${rule.max}`;
  const constant = range.min === range.max;
  report(
    formatPath(path),
    constant
      ? `expected ${expected}, found ${wrong}`
      : `expected ${expected}, found a distribution that reaches ${wrong}`,
  );
}

function endsWith(path: readonly PathSegment[], end: readonly string[]): boolean {
  const offset = path.length - end.length;
  return offset >= 0 && end.every((step, i) => step === '*' || path[offset + i] === step);
}
