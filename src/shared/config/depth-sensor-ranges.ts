/** What numbers of the depth sensor can mean, by their path below `camera.depthSensor`: checked before sampling and after each draw. */
export const DEPTH_SENSOR_RANGES = {
  nearMeters: [0.01, 65],
  farMeters: [0.02, 65],
  dropout: [0, 1],
  baselineMeters: [1e-3, 10],
  disparityStepPixels: [0, 8],
  disparitySigmaPixels: [0, 20],
  'lateral.pixels': [0, 8],
  'lateral.grazingPixels': [0, 1],
  'axial.constantMeters': [0, 1],
  'axial.quadraticPerMeter': [0, 1],
  'axial.fromMeters': [0, 10],
  'axial.grazing': [0, 0.1],
  maxIncidenceDegrees: [0, 90],
  'edges.radiusPixels': [0, 16],
  'edges.stepShare': [1e-3, 10],
  'edges.probability': [0, 1],
  modulationMegahertz: [0.5, 1000],
  signalElectrons: [1, 1e9],
  ambientElectrons: [0, 1e9],
  contrast: [0.01, 1],
  leastElectrons: [0, 1e9],
  mixingSigmaPixels: [0, 1],
  'reflectance.from': [0.001, 1],
  'reflectance.to': [0.001, 1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** A path below `camera.depthSensor` whose number has a range. */
export type DepthSensorParameter = keyof typeof DEPTH_SENSOR_RANGES;
