import { acos, atan2, cos, DEGREE, sin, tan, TAU } from './portable-math.ts';

/** Where on Earth, in degrees: north and east count up. */
export type Observer = Readonly<{ latitudeDegrees: number; longitudeDegrees: number }>;

/** Where the sun is seen. Azimuth is the compass's: 0 north, 90 east. */
export type SunPosition = Readonly<{ azimuthDegrees: number; elevationDegrees: number }>;

/** Julian date of noon UTC on 1 January 2000. */
const J2000 = 2451545;

/**
 * Days since noon UTC on 1 January 2000 of the start (0 h UTC) of a date in the Gregorian calendar.
 * Fliegel and Van Flandern, Communications of the ACM 11 (1968).
 * @throws RangeError where there is no such day.
 */
export function daysFromDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const [year, month, day] = (match?.slice(1) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || !isDay(year, month, day)) {
    throw new RangeError(`expected a date as "2025-06-21", found ${JSON.stringify(date)}`);
  }
  const shift = Math.trunc((month - 14) / 12);
  const julian =
    day -
    32075 +
    Math.trunc((1461 * (year + 4800 + shift)) / 4) +
    Math.trunc((367 * (month - 2 - shift * 12)) / 12) -
    Math.trunc((3 * Math.trunc((year + 4900 + shift) / 100)) / 4);
  return julian - 0.5 - J2000;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/**
 * The sun as seen from a place, refraction included. Within 0.02° for 1950..2050 above the horizon: the
 * Astronomical Almanac's formulae (J. Michalsky, Solar Energy 40 (1988), 227–235), and refraction at
 * 10 °C and 1010 hPa (T. Sæmundsson, Sky & Telescope 72 (1986), 70), which fades below the horizon.
 * @param days Since noon UTC on 1 January 2000, fractions included.
 */
export function sunPosition(
  { latitudeDegrees, longitudeDegrees }: Observer,
  days: number,
): SunPosition {
  const anomaly = (357.528 + 0.9856003 * days) * DEGREE;
  const longitude =
    (280.46 + 0.9856474 * days + 1.915 * sin(anomaly) + 0.02 * sin(2 * anomaly)) * DEGREE;
  const obliquity = (23.439 - 4e-7 * days) * DEGREE;
  const ascension = atan2(cos(obliquity) * sin(longitude), cos(longitude));
  const sinDeclination = sin(obliquity) * sin(longitude);
  const cosDeclination = Math.sqrt(1 - sinDeclination * sinDeclination);
  // Greenwich mean sidereal time, hours, from the time of the day and the day.
  const sidereal = 18.697374558 + 24.06570982441908 * days;
  const hourAngle = (sidereal % 24) * 15 * DEGREE + longitudeDegrees * DEGREE - ascension;
  const latitude = latitudeDegrees * DEGREE;
  const east = -cosDeclination * sin(hourAngle);
  const north = sinDeclination * cos(latitude) - cosDeclination * cos(hourAngle) * sin(latitude);
  const up = sinDeclination * sin(latitude) + cosDeclination * cos(hourAngle) * cos(latitude);
  const elevation = 90 - acos(Math.min(1, Math.max(-1, up))) / DEGREE;
  const azimuth = atan2(east, north);
  return {
    azimuthDegrees: (azimuth < 0 ? azimuth + TAU : azimuth) / DEGREE,
    elevationDegrees: elevation + refractionDegrees(elevation),
  };
}

/** How much the air lifts the sun, degrees; it fades out over three degrees below the horizon. */
function refractionDegrees(elevation: number): number {
  const at = Math.max(elevation, -1);
  const lift = 1.02 / 60 / tan((at + 10.3 / (at + 5.11)) * DEGREE);
  return elevation >= -1 ? lift : lift * Math.max(0, 1 - (-1 - elevation) / 3);
}
