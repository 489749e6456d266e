/**
 * Begins every fragment shader. GLSL ES reads textures at the lowest precision unless told otherwise
 * (GLSL ES 3.00, 4.5.4), and Mesa does so: a sum of sub-frames or a depth would lose all but 11 bits.
 */
export const PRECISE = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
`;
