import { COPY_VECTORS } from './label-copies.ts';

/** Corners nearer than this, along the view axis, project too far out for float32; metres. */
export const EYE_METERS = 0.01;

/**
 * Exact rasterisation of labels (docs/adr/0009-exact-label-rasteriser.md).
 *
 * A rasteriser snaps vertices to 1/256 px (Mesa) or 1/16 px (SwiftShader) before it decides what a
 * triangle covers and what its depth is. Labels are promised at the pixel's very centre, so the shader
 * decides itself: each triangle is drawn a little too large, and each fragment intersects the ray of
 * its pixel's centre with the true triangle, in homogeneous form (Olano & Greer, "Triangle Scan
 * Conversion using 2D Homogeneous Coordinates", 1997): the ray r lies inside when it is on the inner
 * side of the three planes through the eye and an edge; its depth is (N·a)/(N·r).
 *
 * Everything per triangle is flat; nothing is interpolated. Camera axes are OpenCV's. Row 0 of the
 * target is the top row of the image. With ACROSS_EYE, triangles may reach behind the eye.
 *
 * Through a lens that bends (BENT), the target is the source of the image, and the ray of a pixel is not that of
 * its centre: it may be anywhere in the pixel, so that triangles are drawn larger by half a pixel and more
 * (docs/adr/0026-one-lens-for-colour-and-labels.md). With RANGED, rays are unit directions and what is
 * written is the distance along them (docs/adr/0033-wide-lenses-look-through-faces.md).
 */
export const LABEL_VERTEX_SHADER = /* glsl */ `

in vec3 cornerA;
in vec3 cornerB;
in vec3 cornerC;

uniform vec4 intrinsics; // fx, fy, cx, cy in pixels
uniform vec2 size;       // width, height of the target in pixels

uniform vec4 copies[COPIES * ${COPY_VECTORS}]; // as src/page/passes/label-copies.ts tells

#ifdef SILHOUETTE
flat out vec4 inside; // the tile's limits in the target
flat out vec2 tile;   // where the target's first pixel is in the image
#else
flat out uint ids; // part << 16 | instance
const vec2 tile = vec2(0.0);
#endif
flat out vec3 edgeA; // inner side of the plane through the eye and the edge opposite of A
flat out vec3 edgeB;
flat out vec3 edgeC;
flat out vec3 planeNormal;
flat out float planeOffset;
#ifdef DEPTH_OFFSET
flat out float nearestZ; // of the corners, metres; 0 where one is behind the eye
#endif

#ifdef USE_ALPHA
in vec2 uvA;
in vec2 uvB;
in vec2 uvC;
flat out vec2 texelA;
flat out vec2 texelB;
flat out vec2 texelC;
flat out float volume;
#endif

// All corners of a triangle that is left out: it has no area. Inside of the view, since llvmpipe takes a slower way with
// all the triangles around one that has a corner outside.
const vec4 NOWHERE = vec4(0.0, 0.0, 0.5, 1.0);
#ifdef BENT
const float DILATION = 0.78; // pixels; half a diagonal, and the snapping
const float EYE_DILATION = 1.5;
const float SHARPEST = 0.2; // sine of half the angle of a corner; sharper ones would reach out far
#else
const float DILATION = 0.0625; // pixels; a half more than the coarsest snapping measured
const float EYE_DILATION = 1.0;  // pixels; what the clipper cuts is less exact
#endif
const float MITRE_LIMIT = 64.0;

vec3 inCamera(mat4x3 cameraFromMesh, vec3 point) {
  vec3 p = cameraFromMesh * vec4(point, 1.0);
  return vec3(p.x, -p.y, -p.z);
}

// Two triangles that share an edge must judge it alike, so it is always computed in the same direction.
vec3 edgePlane(vec3 from, vec3 to) {
  bool swapped = from.x > to.x || (from.x == to.x && (from.y > to.y || (from.y == to.y && from.z > to.z)));
  vec3 first = swapped ? to : from;
  vec3 second = swapped ? from : to;
  vec3 normal = cross(first, second - first);
  return swapped ? -normal : normal;
}

vec2 project(vec3 p) {
  return intrinsics.xy * p.xy / p.z + intrinsics.zw;
}

vec2 outward(vec2 from, vec2 to, float turn) {
  vec2 along = normalize(to - from);
  return turn * vec2(along.y, -along.x);
}

#ifdef ACROSS_EYE
// Moves the plane through the eye and an edge outwards, by pixels of the image.
vec3 movedOut(vec3 edge, float pixels) {
  vec2 slope = abs(edge.xy) / intrinsics.xy;
  return vec3(edge.xy, edge.z + pixels * (slope.x + slope.y));
}

/**
 * Where to draw the first corner of a triangle that reaches behind the eye, so that the clipper leaves
 * more than what is seen of it: the line in which two moved planes meet, in homogeneous form (Hasselgren
 * et al., "Conservative Rasterization", GPU Gems 2, 2005). Where the moved planes no longer enclose a
 * cone, since the triangle is seen almost edge-on, the whole target is drawn.
 */
vec4 coverAcrossEye(float inner, float volume) {
  vec3 outA = movedOut(edgeA, EYE_DILATION);
  vec3 outB = movedOut(edgeB, EYE_DILATION);
  vec3 outC = movedOut(edgeC, EYE_DILATION);
  if (inner * dot(cross(outA, outB), outC) <= 0.0) {
    int corner = gl_VertexID % 5; // the corner table has five rows for each triangle
    return vec4(corner == 1 ? 3.0 : -1.0, corner == 2 ? 3.0 : -1.0, 0.5, 1.0);
  }
  vec3 p = inner * cross(outB, outC) / volume;
  vec2 centre = 2.0 * (intrinsics.zw - tile) / size - 1.0;
  return vec4(2.0 * intrinsics.xy / size * p.xy + centre * p.z, 0.5 * p.z, p.z);
}
#endif

#ifdef BENT
vec2 quarterTurn(vec2 along) {
  return vec2(-along.y, along.x);
}

/**
 * A corner of a triangle around one with a sharp corner: around the rectangle along its longest side that holds it
 * with the dilation, with twice the rectangle's area. Corners are asked for in one order, so that all three agree.
 */
vec2 coverSliver(vec2 own, vec2 next, vec2 afterNext) {
  int corner = gl_VertexID % 5; // the corner table has five rows for each triangle
  vec2 first = corner == 0 ? own : corner == 1 ? afterNext : next;
  vec2 second = corner == 0 ? next : corner == 1 ? own : afterNext;
  vec2 third = corner == 0 ? afterNext : corner == 1 ? next : own;
  float ab = distance(first, second);
  float bc = distance(second, third);
  float ca = distance(third, first);
  vec2 from = ab >= max(bc, ca) ? first : bc >= ca ? second : third;
  vec2 to = ab >= max(bc, ca) ? second : bc >= ca ? third : first;
  vec2 apex = ab >= max(bc, ca) ? third : bc >= ca ? first : second;
  vec2 along = normalize(to - from);
  vec2 up = quarterTurn(along);
  float rise = dot(apex - from, up);
  up *= rise < 0.0 ? -1.0 : 1.0;
  float length = distance(from, to) + 2.0 * DILATION;
  float height = abs(rise) + 2.0 * DILATION;
  vec2 base = from - DILATION * (along + up);
  if (corner == 0) return base - 0.5 * length * along;
  if (corner == 1) return base + 1.5 * length * along;
  return base + 0.5 * length * along + 2.0 * height * up;
}
#endif

void main() {
  int copy = COPIES > 1 ? gl_InstanceID * ${COPY_VECTORS} : 0; // llvmpipe reads faster at a place known beforehand
  vec4 alongX = copies[copy];
  vec4 alongY = copies[copy + 1];
  vec4 alongZ = copies[copy + 2];
  mat4x3 cameraFromMesh = mat4x3(alongX.xyz, alongY.xyz, alongZ.xyz, copies[copy + 3].xyz);
  vec3 a = inCamera(cameraFromMesh, cornerA);
  vec3 b = inCamera(cameraFromMesh, cornerB);
  vec3 c = inCamera(cameraFromMesh, cornerC);
#ifdef SILHOUETTE
  inside = copies[copy + 4];
  tile = vec2(alongY.w, alongZ.w);
#else
  ids = (uint(alongY.w) << 16) | uint(alongZ.w);
#endif

  vec3 normal = cross(b - a, c - a);
  float offset = dot(normal, a);
  if (offset == 0.0 || sign(offset) * alongX.w > 0.0) {
    gl_Position = NOWHERE; // seen from behind, or edge-on
    return;
  }
  float inner = sign(offset);
  edgeA = inner * edgePlane(b, c);
  edgeB = inner * edgePlane(c, a);
  edgeC = inner * edgePlane(a, b);
  planeNormal = normal;
  planeOffset = offset;
#ifdef DEPTH_OFFSET
  nearestZ = max(0.0, min(a.z, min(b.z, c.z)));
#endif
#ifdef USE_ALPHA
  texelA = uvA;
  texelB = uvB;
  texelC = uvC;
  volume = inner * offset;
#endif

#ifdef ACROSS_EYE
  if (max(a.z, max(b.z, c.z)) <= 0.0) {
    gl_Position = NOWHERE; // behind the eye
    return;
  }
  if (min(a.z, min(b.z, c.z)) <= ${EYE_METERS}) {
    gl_Position = coverAcrossEye(inner, abs(offset));
    return;
  }
#endif
  vec2 pa = project(a);
  vec2 pb = project(b);
  vec2 pc = project(c);
  float area = (pb.x - pa.x) * (pc.y - pa.y) - (pb.y - pa.y) * (pc.x - pa.x);
  if (pa == pb || pb == pc || pc == pa || area == 0.0) {
    gl_Position = NOWHERE;
    return;
  }
#ifdef BENT
  vec2 normalA = outward(pa, pb, sign(area));
  vec2 normalB = outward(pb, pc, sign(area));
  vec2 normalC = outward(pc, pa, sign(area));
  float sharpest = min(length(normalA + normalC), min(length(normalA + normalB), length(normalB + normalC)));
  if (sharpest < 2.0 * SHARPEST) {
    gl_Position = vec4(2.0 * (coverSliver(pa, pb, pc) - tile) / size - 1.0, 0.5, 1.0);
    return;
  }
#endif
  vec2 mitre = outward(pa, pb, sign(area)) + outward(pc, pa, sign(area));
  float stretch = min(2.0 * DILATION / max(dot(mitre, mitre), 1e-12), MITRE_LIMIT / max(length(mitre), 1e-6));
  gl_Position = vec4(2.0 * (pa + mitre * stretch - tile) / size - 1.0, 0.5, 1.0);
}
`;

export const LABEL_FRAGMENT_SHADER = /* glsl */ `

flat in vec3 edgeA;
flat in vec3 edgeB;
flat in vec3 edgeC;
flat in vec3 planeNormal;
flat in float planeOffset;

uniform vec4 intrinsics;
uniform vec2 depthRange; // near, far in metres; along the ray where RANGED
#ifdef BENT
// x, y at depth 1, far out where no pixel of the image looks through this one; where RANGED a unit direction and 1, or 0.
uniform sampler2D rays;
#endif
#ifdef RANGED
const float NEAREST_SHARE = 0.5773502691896258; // a face of a cube has depths of at least 1/√3 of the range
#endif

#ifdef CLIP_PLANES
uniform vec4 clipPlanes[CLIP_PLANES]; // camera axes; dot(plane, point) is how far before it a point lies
#endif
#ifdef DEPTH_OFFSET
flat in float nearestZ;
uniform vec2 depthOffset; // factor, units
#endif

#ifdef SILHOUETTE
flat in vec4 inside;
flat in vec2 tile;
out vec4 outInside;
#else
flat in uint ids;
const vec2 tile = vec2(0.0);

layout(location = 0) out uint outIds;
layout(location = 1) out float outDepth;
layout(location = 2) out vec4 outNormal;
layout(location = 3) out vec4 outFineNormal; // where the target has a place for it
#endif

#ifdef USE_ALPHA
flat in vec2 texelA;
flat in vec2 texelB;
flat in vec2 texelC;
flat in float volume;
uniform float opacity;
uniform float alphaFrom; // opacity from which the surface is there
#ifdef USE_MAP
uniform sampler2D map;
uniform mat3 mapTransform;
#endif
#ifdef USE_ALPHAMAP
uniform sampler2D alphaMap;
uniform mat3 alphaMapTransform;
#endif
#endif

#ifdef CLIP_PLANES
bool isCutOff(vec3 point) {
  int behind = 0;
  for (int i = 0; i < CLIP_PLANES; i++) {
    if (dot(clipPlanes[i], vec4(point, 1.0)) < 0.0) behind++;
  }
#ifdef CLIP_BY_ALL
  return behind == CLIP_PLANES;
#else
  return behind > 0;
#endif
}
#endif

#ifdef DEPTH_OFFSET
/**
 * How much near / depth shrinks by a polygon offset: factor · m + units · r of OpenGL ES 3.0 §3.6.2, with the
 * greater of the two slopes and the step of a float depth buffer at the triangle's nearest corner. Like
 * the window's depth, which it is but for a constant, near / depth is linear over the image.
 */
float offsetOf(float near) {
  vec2 slope = abs(near * planeNormal.xy / (intrinsics.xy * planeOffset));
#ifdef REVERSED_DEPTH
  float step = exp2(floor(log2(near / max(nearestZ, near))) - 23.0);
#else
  float step = exp2(-24.0);
#endif
  return depthOffset.x * max(slope.x, slope.y) + depthOffset.y * step;
}
#endif

void main() {
  // Pixel centres are exact in float32, so a tile's rays are those of the image to the last bit.
  vec3 straight = vec3((gl_FragCoord.xy + tile - intrinsics.zw) / intrinsics.xy, 1.0);
#ifdef RANGED
  vec4 asked = texelFetch(rays, ivec2(gl_FragCoord.xy), 0);
  vec3 ray = asked.xyz;
#elif defined(BENT)
  vec3 ray = vec3(texelFetch(rays, ivec2(gl_FragCoord.xy), 0).xy, 1.0);
#else
  vec3 ray = straight;
#endif
  vec3 side = vec3(dot(edgeA, ray), dot(edgeB, ray), dot(edgeC, ray));
  float depth = planeOffset / dot(planeNormal, ray);

#ifdef USE_ALPHA
  vec3 weight = side * (depth / volume);
  vec2 uv = weight.x * texelA + weight.y * texelB + weight.z * texelC;
  float alpha = opacity;
#ifdef BENT
  // Neighbours look through places of their own: how fine the texture is, is that of the straight rays, as in colour.
  vec3 evenSide = vec3(dot(edgeA, straight), dot(edgeB, straight), dot(edgeC, straight));
  vec3 evenWeight = evenSide * (planeOffset / dot(planeNormal, straight) / volume);
  vec2 even = evenWeight.x * texelA + evenWeight.y * texelB + evenWeight.z * texelC;
  vec2 evenX = dFdx(even);
  vec2 evenY = dFdy(even);
#ifdef USE_MAP
  alpha *= textureGrad(map, (mapTransform * vec3(uv, 1.0)).xy, mat2(mapTransform) * evenX, mat2(mapTransform) * evenY).a;
#endif
#ifdef USE_ALPHAMAP
  alpha *= textureGrad(alphaMap, (alphaMapTransform * vec3(uv, 1.0)).xy, mat2(alphaMapTransform) * evenX, mat2(alphaMapTransform) * evenY).g;
#endif
#else
#ifdef USE_MAP
  alpha *= texture(map, (mapTransform * vec3(uv, 1.0)).xy).a;
#endif
#ifdef USE_ALPHAMAP
  alpha *= texture(alphaMap, (alphaMapTransform * vec3(uv, 1.0)).xy).g;
#endif
#endif
  if (alpha < alphaFrom) discard;
#endif

#ifdef SILHOUETTE
  if (any(lessThan(gl_FragCoord.xy, inside.xy)) || any(greaterThan(gl_FragCoord.xy, inside.zw))) discard;
#endif
#ifdef RANGED
  if (asked.w == 0.0) discard;
#elif defined(BENT)
  if (ray.x > 1e20) discard;
#endif
  if (min(side.x, min(side.y, side.z)) < 0.0) discard;
  if (!(depth >= depthRange.x && depth <= depthRange.y)) discard;
#ifdef CLIP_PLANES
  if (isCutOff(ray * depth)) discard;
#endif

#ifdef SILHOUETTE
  outInside = vec4(1.0);
#else
  outIds = ids;
  outDepth = depth;
  outNormal = vec4(normalize(planeNormal) * -sign(planeOffset) * 0.5 + 0.5, 1.0);
  outFineNormal = outNormal;
#ifdef RANGED
  float inOrder = depth * ray.z;
  float near = depthRange.x * NEAREST_SHARE;
#else
  float inOrder = depth;
  float near = depthRange.x;
#endif
#ifdef DEPTH_OFFSET
  inOrder = near / (near / inOrder - offsetOf(near));
#endif
#ifdef REVERSED_DEPTH
  gl_FragDepth = near / inOrder;
#else
  gl_FragDepth = inOrder / depthRange.y;
#endif
#endif
}
`;
