/** What numbers of a lidar can mean, by their path below `camera.lidars.<name>`: checked before sampling and after each draw. */
export const LIDAR_RANGES = {
  yawDegrees: [-360, 360],
  pitchDegrees: [-360, 360],
  rollDegrees: [-360, 360],
  'beams.count': [1, 256],
  'beams.fromDegrees': [-90, 90],
  'beams.toDegrees': [-90, 90],
  'beams.elevationsDegrees.*': [-90, 90],
  'beams.azimuthOffsetsDegrees.*': [-180, 180],
  'turn.fromDegrees': [-360, 360],
  'turn.toDegrees': [-360, 360],
  'turn.columns': [1, 8192],
  nearMeters: [0.01, 1e3],
  farMeters: [0.02, 1e3],
  'rangeNoise.sigmaMeters': [0, 10],
  'rangeNoise.sigmaShare': [0, 1],
  'rangeNoise.stepMeters': [0, 10],
  'reflectance.from': [0.001, 1],
  'reflectance.to': [0.001, 1],
  'reflectance.categories.*.from': [0.001, 1],
  'reflectance.categories.*.to': [0.001, 1],
  'intensity.sigma': [0, 1],
  attenuationPerMeter: [0, 1],
  'detection.reflectance': [0.001, 1],
  'detection.rangeMeters': [0.1, 1e4],
  'dropOff.share': [0, 1],
  'dropOff.shareOfDarkest': [0, 1],
  'dropOff.belowIntensity': [0, 1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** A path below a lidar whose number has a range; `*` stands for a name, or a place in a list. */
export type LidarParameter = keyof typeof LIDAR_RANGES;
