import { describe, expect, it } from 'vitest';
import { SvgContext, SvgPath } from '../../../../scripts/bench/plot/svg-canvas.ts';

describe('a path', () => {
  it('begins with its first point, as a canvas has it', () => {
    const path = new SvgPath();
    path.lineTo(1, 2);
    path.lineTo(3.14159, 4);
    expect(path.data).toBe('M1 2L3.14 4');
    expect(new SvgPath(path).data).toBe(path.data);
  });

  it('has rectangles and whole circles', () => {
    const path = new SvgPath();
    path.rect(1, 2, 3, 4);
    path.arc(10, 20, 5, 0, 2 * Math.PI);
    expect(path.data).toBe('M1 2h3v4h-3zM15 20a5 5 0 1 0 -10 0a5 5 0 1 0 10 0z');
    expect(() => path.arc(0, 0, 1, 0, Math.PI)).toThrow(/expected a whole circle/);
  });
});

describe('a context', () => {
  it('draws in inks of light pages, named for dark ones', () => {
    const context = new SvgContext('a');
    context.strokeStyle = 'blue';
    context.setLineDash([6, 4]);
    context.moveTo(0, 0);
    context.lineTo(1, 1);
    context.stroke();
    expect(context.elements).toBe(
      '<path class="s-blue" fill="none" stroke="#0072b2" stroke-width="1" stroke-linejoin="miter" stroke-linecap="butt" stroke-dasharray="6 4" d="M0 0L1 1"/>',
    );
    context.fillStyle = 'mauve';
    expect(() => context.fill()).toThrow(/ink: expected one of ground, ink, .* got "mauve"/);
  });

  it('gives back with restore what it had at save, clips included', () => {
    const context = new SvgContext('a');
    const square = new SvgPath();
    square.rect(0, 0, 9, 9);
    context.save();
    context.fillStyle = 'red';
    context.translate(5, 6);
    context.rotate(-Math.PI / 2);
    context.clip(square);
    context.fill(square);
    context.restore();
    context.fill(square);
    const [, within, after] = context.elements.split('\n');
    expect(within).toContain(
      'class="f-red" fill="#d55e00" transform="translate(5 6)rotate(-90)" clip-path="url(#a-0)"',
    );
    expect(after).toBe('<path class="f-ink" fill="#1f2328" d="M0 0h9v9h-9z"/>');
  });

  it('writes text where it is anchored, and no signs of its own', () => {
    const context = new SvgContext('a');
    Object.assign(context, { textAlign: 'right', textBaseline: 'middle' });
    context.fillText('a < b', 1, 2);
    expect(context.elements).toMatch(
      /text-anchor="end" x="1" y="2" dy="0.35em">a &#60; b<\/text>$/,
    );
  });
});
