import { describe, expect, it } from 'vitest';
import { Room } from '#page/passes/room';

const of = (room: Room, width: number, height: number): string => {
  const size = room.of({ width, height });
  return `${size.width}×${size.height}`;
};

describe('room for pictures of several sizes', () => {
  it('is exactly that of pictures of one size', () => {
    const room = new Room(4096);
    expect([of(room, 640, 480), of(room, 640, 480)]).toEqual(['640×480', '640×480']);
  });

  it('has an eighth to spare in a side that varies, once', () => {
    const room = new Room(4096);
    of(room, 640, 480);
    expect(of(room, 640, 400)).toBe('640×540');
    expect([of(room, 640, 540), of(room, 640, 300)]).toEqual(['640×540', '640×540']);
    expect(of(room, 640, 541)).toBe('640×609');
    expect(of(room, 648, 480)).toBe('729×609');
  });

  it('keeps within the limit', () => {
    const room = new Room(1000);
    of(room, 640, 480);
    expect(of(room, 990, 480)).toBe('1000×480');
    expect(of(room, 1000, 480)).toBe('1000×480');
  });

  it('is that of the last once 64 pictures in a row need less than a quarter', () => {
    const room = new Room(4096);
    of(room, 80, 80);
    expect(of(room, 40, 40)).toBe('90×90');
    const small = (times: number): string[] =>
      Array.from({ length: times }, () => of(room, 44, 46));
    expect(small(63).at(-1)).toBe('90×90');
    expect(of(room, 45, 45)).toBe('90×90');
    expect(small(64).slice(-2)).toEqual(['90×90', '44×46']);
    expect(of(room, 44, 46)).toBe('44×46');
  });
});
