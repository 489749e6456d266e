/** What numbers of the weather can mean, by their path below `weather`: checked before sampling and after each draw. */
export const WEATHER_RANGES = {
  'fog.visibilityMeters': [1, 1e6],
  'dust.visibilityMeters': [1, 1e6],
  'dust.angstromExponent': [-1, 4],
  'rain.millimetersPerHour': [0, 300],
  'snow.millimetersPerHour': [0, 20],
  'snow.cover': [0, 1],
  'wet.amount': [0, 1],
  'wet.puddles': [0, 1],
  'wet.puddleMeters': [0.01, 100],
  'glass.distanceMillimeters': [1, 5000],
  'glass.pupilMillimeters': [0.05, 100],
  'glass.drops.cover': [0, 0.4],
  'glass.drops.radiusMillimeters': [0.02, 20],
  'glass.drops.contactDegrees': [10, 90],
  'glass.dirt.cover': [0, 0.4],
  'glass.dirt.radiusMillimeters': [0.01, 20],
  'glass.dirt.opacity': [0, 1],
  topMeters: [-1e4, 1e5],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** A path below `weather` whose number has a range. */
export type WeatherParameter = keyof typeof WEATHER_RANGES;
