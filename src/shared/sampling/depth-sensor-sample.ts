type Measured = Readonly<{
  /** Of planar depth; what lies outside is a hole. */
  nearMeters: number;
  farMeters: number;
  /** Share of pixels that are holes for no reason. */
  dropout: number;
}>;

type Matched = Measured &
  Readonly<{
    baselineMeters: number;
    /** Where the projector or second camera stands, seen from the camera. */
    side: 'right' | 'left';
    /** 0: any disparity. */
    disparityStepPixels: number;
    lateral: Readonly<{ pixels: number; grazingPixels: number }>;
    maxIncidenceDegrees: number;
    edges: Readonly<{ radiusPixels: number; stepShare: number; probability: number }>;
    shadow: boolean;
  }>;

/** A sensor that triangulates, drawn. */
export type MatchedSensorSample =
  | (Matched &
      Readonly<{
        kind: 'structured-light';
        axial: Readonly<{
          constantMeters: number;
          quadraticPerMeter: number;
          fromMeters: number;
          grazing: number;
        }>;
      }>)
  | (Matched & Readonly<{ kind: 'stereo'; disparitySigmaPixels: number }>);

/** A sensor that measures phases, drawn. */
export type TimeOfFlightSample = Measured &
  Readonly<{
    kind: 'time-of-flight';
    modulationMegahertz: number;
    wraps: boolean;
    /** From a white surface that faces the camera at 1 m. */
    signalElectrons: number;
    ambientElectrons: number;
    contrast: number;
    leastElectrons: number;
    mixingSigmaPixels: number;
    reflectance: Readonly<{ from: number; to: number }>;
  }>;

/** The depth sensor, drawn. */
export type DepthSensorSample = MatchedSensorSample | TimeOfFlightSample;
