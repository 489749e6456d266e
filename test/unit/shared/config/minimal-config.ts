/** The least that a config may say. */
export const minimalConfig = `configVersion: 1
name: minimal
scene: scene.yaml
frames: 2
categories: [mug]
camera:
  pose: { kind: shell, radiusMeters: 1, elevationDegrees: 30 }
`;
