import { describe, expect, it } from 'vitest';
import { daysFromDate, sunPosition } from '#shared/core/sun-position';

describe('sunPosition', () => {
  it('is the published example of the solar position algorithm (Reda and Andreas, NREL/TP-560-34302, 2008)', () => {
    // 17 October 2003, 12:30:30 at UTC−7; topocentric elevation without refraction 39.872046°, azimuth 194.34024°.
    const days = daysFromDate('2003-10-17') + (12 + 30.5 / 60 + 7) / 24;
    const at = { latitudeDegrees: 39.742476, longitudeDegrees: -105.1786 };
    const { azimuthDegrees, elevationDegrees } = sunPosition(at, days);
    expect(Math.abs(azimuthDegrees - 194.34024)).toBeLessThan(0.01);
    // Refraction at 10 °C and 1010 hPa adds 0.0199° at this height.
    expect(Math.abs(elevationDegrees - 39.872046 - 0.0199)).toBeLessThan(0.01);
  });

  it.each([
    // Instants of equinoxes and solstices, UTC (Astronomical Almanac), when declination is 0 or ±23.44°.
    ['2024-03-20', 3 + 6 / 60, 0],
    ['2024-06-20', 20 + 51 / 60, 23.436],
    ['2024-09-22', 12 + 44 / 60, 0],
    ['2024-12-21', 9 + 20 / 60, -23.436],
  ])('stands over latitude %s %f at %f', (date, hour, declination) => {
    // Seen from the pole, elevation is declination; refraction is below the tolerance of 0.02° at 23°, 0.5° at 0°.
    const pole = { latitudeDegrees: declination < 0 ? -90 : 90, longitudeDegrees: 0 };
    const { elevationDegrees } = sunPosition(pole, daysFromDate(date) + hour / 24);
    const lift = declination === 0 ? 0.481 : 0.038;
    expect(Math.abs(elevationDegrees - Math.abs(declination) - lift)).toBeLessThan(0.02);
  });

  it('goes from east over south to west in the north, and over north in the south', () => {
    const azimuths = (latitudeDegrees: number): readonly number[] =>
      [6, 12, 18].map((hour) => {
        const days = daysFromDate('2025-03-20') + hour / 24;
        return sunPosition({ latitudeDegrees, longitudeDegrees: 0 }, days).azimuthDegrees;
      });
    for (const [latitude, noon] of [
      [50, 180],
      [-50, 0],
    ] as const) {
      const [morning = 0, midday = 0, evening = 0] = azimuths(latitude);
      expect(Math.abs(morning - 90)).toBeLessThan(3);
      expect(Math.abs(((midday - noon + 540) % 360) - 180)).toBeLessThan(3);
      expect(Math.abs(evening - 270)).toBeLessThan(3);
    }
  });
});

describe('daysFromDate', () => {
  it('counts from noon of 1 January 2000', () => {
    expect(daysFromDate('2000-01-01')).toBe(-0.5);
    expect(daysFromDate('2000-03-01')).toBe(59.5);
    expect(daysFromDate('1999-12-31')).toBe(-1.5);
    // Julian date 2452930.5, from the same example.
    expect(daysFromDate('2003-10-18')).toBe(2452930.5 - 2451545);
  });

  it.each(['2025-02-29', '2025-13-01', '2025-00-10', '2025-6-1', 'today'])('refuses %s', (date) => {
    expect(() => daysFromDate(date)).toThrow(`found ${JSON.stringify(date)}`);
  });
});
