/** How a golden mask is made: the pixel (x, y) is inside where the rule of its kind holds. */
export type GoldenKind = 'empty' | 'full' | 'rect' | 'hash' | 'disc';

/** What pycocotools says about a mask. */
export type GoldenRle = Readonly<{
  kind: GoldenKind;
  width: number;
  height: number;
  parameters: readonly number[];
  counts: string;
  area: number;
  box: readonly [number, number, number, number];
}>;

/** The mask of a golden vector, [H, W]. */
export function goldenMask({ kind, width, height, parameters }: GoldenRle): Uint8Array {
  const [a = 0, b = 0, c = 0, d = 0] = parameters;
  const inside: Record<GoldenKind, (x: number, y: number) => boolean> = {
    empty: () => false,
    full: () => true,
    rect: (x, y) => x >= a && x < a + c && y >= b && y < b + d,
    hash: (x, y) => (x * x * 7 + y * 13 + x * y * 3 + a) % b < c,
    disc: (x, y) => (2 * x + 1 - 2 * a) ** 2 + (2 * y + 1 - 2 * b) ** 2 <= (2 * c) ** 2,
  };
  const rule = inside[kind];
  const mask = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) mask[at++] = rule(x, y) ? 1 : 0;
  }
  return mask;
}

/** Written by pycocotools 2.0.11: `mask.encode`, `mask.area`, `mask.toBbox` of the masks above. */
export const GOLDEN_RLE: readonly GoldenRle[] = [
  { kind: 'empty', width: 1, height: 1, parameters: [], area: 0, box: [0, 0, 0, 0], counts: '1' },
  { kind: 'full', width: 1, height: 1, parameters: [], area: 1, box: [0, 0, 1, 1], counts: '01' },
  { kind: 'empty', width: 7, height: 3, parameters: [], area: 0, box: [0, 0, 0, 0], counts: 'e0' },
  { kind: 'full', width: 7, height: 3, parameters: [], area: 21, box: [0, 0, 7, 3], counts: '0e0' },
  {
    kind: 'rect',
    width: 5,
    height: 6,
    parameters: [2, 1, 2, 3],
    area: 6,
    box: [2, 1, 2, 3],
    counts: '=3305',
  },
  {
    kind: 'rect',
    width: 6,
    height: 5,
    parameters: [2, 1, 2, 3],
    area: 6,
    box: [2, 1, 2, 3],
    counts: ';3209',
  },
  {
    kind: 'rect',
    width: 640,
    height: 480,
    parameters: [100, 0, 20, 480],
    area: 9600,
    box: [100, 0, 20, 480],
    counts: 'Pl^1P\\9Phc7',
  },
  {
    kind: 'rect',
    width: 640,
    height: 480,
    parameters: [639, 479, 1, 1],
    area: 1,
    box: [639, 479, 1, 1],
    counts: 'oo[91',
  },
  {
    kind: 'rect',
    width: 640,
    height: 480,
    parameters: [0, 0, 1, 1],
    area: 1,
    box: [0, 0, 1, 1],
    counts: '01oo[9',
  },
  {
    kind: 'hash',
    width: 1,
    height: 29,
    parameters: [5, 7, 3],
    area: 12,
    box: [0, 3, 1, 24],
    counts: '33400000N',
  },
  {
    kind: 'hash',
    width: 31,
    height: 1,
    parameters: [5, 7, 3],
    area: 0,
    box: [0, 0, 0, 0],
    counts: 'o0',
  },
  {
    kind: 'hash',
    width: 13,
    height: 11,
    parameters: [1, 5, 2],
    area: 47,
    box: [0, 0, 13, 11],
    counts: '0120O010O0111020N0OOO010O0<0E0O010O0111020N0OOO010O0<0E0O010O0111020N0N',
  },
  {
    kind: 'hash',
    width: 23,
    height: 37,
    parameters: [3, 11, 4],
    area: 353,
    box: [0, 0, 23, 37],
    counts:
      '013110O010O0102OK0000030M0000030M0000030N10O10O10O10O10O10OV10kN0O10O10O10O10O10O2ON30M0000030M0000030M00000012010O010O01042O000NMM00000O0100000O0100000O0100000O0100000O0100000O0100063O000MMO110O010O0102OK0000030M0000030M0000030N10O10O10O10O10O10OV10kN0O10O10O10O10O10O2ON30M0000030M0000030M00000012010O010O01042O000NMM00000O0100000O0100000O0100000O0100000O0100000O0100063O000MMO110O010O010O',
  },
  {
    kind: 'hash',
    width: 17,
    height: 19,
    parameters: [0, 2, 1],
    area: 90,
    box: [0, 0, 17, 19],
    counts:
      '01100000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000b00^O00000000000000000',
  },
  {
    kind: 'disc',
    width: 640,
    height: 480,
    parameters: [320, 240, 100],
    area: 31428,
    box: [220, 140, 200, 200],
    counts:
      'V[W3d0U>>D:G8H8I6K4K6K4K6K4L4M2M4L4M2M4L4M2N2M4M2N2N2M4M2N2N2N2N2N2N2N2N2N2O0O2N2N2N2O0O2N2N2O0O2O0O2N2O0O2O0O2N2O0O2O0O2O000O2O0O2O000O2O0O2O000O2O00000O2O00000O2O0000000O2O00000000000O2O00000000000000000000000000000000000001N1000000000001N100000001N1000001N1000001N10001N101N10001N101N10001N101N101N2N101N101N2N101N101N2N2N101N2N2N2N101N2N2N2N2N2N2N2N2N2N3L3N2N2N3L3N2N3L4L3N3L4L3N3L4L5J5L5J5L5J7H8H9F<BQmV3',
  },
  {
    kind: 'disc',
    width: 640,
    height: 480,
    parameters: [0, 0, 50],
    area: 1965,
    box: [0, 0, 50, 50],
    counts:
      '0b1^=000000000000O100000000O1000000O100O10000O100O100O1O100O1O100O1O1O1O1O1O1O1O1O1N2O1N2O1N2N2M3N2L4KUbd8',
  },
  {
    kind: 'disc',
    width: 8192,
    height: 8192,
    parameters: [4096, 4096, 12],
    area: 448,
    box: [4084, 4084, 24, 24],
    counts: 'moSmo06go76L2N2N2N2N2O000O2O0000000001N10001N2N2N2N2N4JVPllo0',
  },
];
