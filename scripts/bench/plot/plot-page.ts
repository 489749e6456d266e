import uPlot from 'uplot';
import type { Axis, Figure, Line, Panel } from './figure.ts';
import { darkStyle } from './palette.ts';
import { SvgContext, SvgPath } from './svg-canvas.ts';

/** Runs in a page, where plots can measure themselves: uPlot draws on a canvas whose context writes SVG. */

const PANEL = { width: 460, height: 330 } as const;
const WIDE_PANEL = { width: 920, height: 230 } as const;
const BAR_HEIGHT = 16;
const TITLE_HEIGHT = 34;
/** Rows of the legend, above the plot. */
const LEGEND = { left: 58, height: 17, swatch: 18, gap: 5, top: 42 } as const;
/** Pixels of a letter, and between two entries. */
const LETTER = 6.2;
const BETWEEN = 8;
const FONT = '12px system-ui, sans-serif';
const BOLD = '600 13px system-ui, sans-serif';
/** Room of the ends of a logarithmic axis, as a factor; of a linear one, as a share of its length. */
const ROOM = { log: 1.25, linear: 0.05 } as const;

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enumeration is there for types alone
const LOGARITHMIC = 3 as uPlot.Scale.Distr;

declare global {
  interface Window {
    drawFigure?: (figure: Figure) => Promise<string>;
  }
}

window.drawFigure = drawFigure;

type Size = Readonly<{ width: number; height: number }>;

async function drawFigure({ title, panels, wide = false }: Figure): Promise<string> {
  const size = wide ? WIDE_PANEL : PANEL;
  const width = size.width * (wide ? 1 : panels.length);
  const height = TITLE_HEIGHT + size.height * (wide ? panels.length : 1);
  const drawn: string[] = [];
  for (const [i, panel] of panels.entries()) {
    const [x, y] = wide ? [0, i * size.height] : [i * size.width, 0];
    const place = `translate(${x} ${y + TITLE_HEIGHT})`;
    drawn.push(`<g transform="${place}">\n${await drawPanel(panel, size, `p${i}`)}\n</g>`);
  }
  const heading = new SvgContext('title');
  heading.font = '600 15px system-ui, sans-serif';
  heading.fillText(title, 14, 24);
  const ground = new SvgContext('ground');
  const sheet = new SvgPath();
  sheet.rect(0, 0, width, height);
  ground.fillStyle = 'ground';
  ground.fill(sheet);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
${[darkStyle(), ground.elements, heading.elements, ...drawn].join('\n')}
</svg>
`;
}

/** uPlot makes its own canvas and paths; in this page all are ours. */
async function drawPanel(panel: Panel, size: Size, prefix: string): Promise<string> {
  const context = new SvgContext(prefix);
  Object.assign(HTMLCanvasElement.prototype, { getContext: () => context });
  Object.assign(window, { Path2D: SvgPath });
  await new Promise<void>((resolve) => {
    const draw = [
      (plot: uPlot) => drawBars(context, plot, panel),
      () => drawLegend(context, panel, size),
      () => resolve(),
    ];
    new uPlot({ ...optionsOf(panel, size), hooks: { draw } }, dataOf(panel.lines), document.body);
  });
  return context.elements;
}

/** Rows over one axis of x; what a line has no point for is null. */
function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort(
    (a, b) => a - b,
  );
  const rows = lines.map(({ points }) => {
    const byX = new Map(points);
    return xs.map((x) => byX.get(x) ?? null);
  });
  return [xs, ...rows];
}

function optionsOf({ x, y, lines }: Panel, size: Size): uPlot.Options {
  const rows = Math.ceil(lines.length / legendGrid(lines, size).columns);
  return {
    ...size,
    pxAlign: 0,
    padding: [LEGEND.top + rows * LEGEND.height - 14, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: scaleOf(x), y: scaleOf(y) },
    axes: [axisOf(x, 30), axisOf(y, 44)],
    series: [{}, ...lines.map(seriesOf)],
  };
}

function scaleOf({ scale, ticks }: Axis): uPlot.Scale {
  if (scale === 'log')
    return {
      time: false,
      distr: LOGARITHMIC,
      range: (_, min, max) => [min / ROOM.log, max * ROOM.log],
    };
  // Of numbers that are told one by one, both ends show; amounts begin at nothing.
  return {
    time: false,
    range: (_, min, max) => {
      const room = ROOM.linear * (max - (ticks ? min : 0));
      return ticks ? [min - room, max + room] : [0, max + room];
    },
  };
}

function axisOf({ label, scale, ticks }: Axis, size: number): uPlot.Axis {
  const texts = new Map(ticks?.map(({ at, text }) => [at, text]));
  return {
    label,
    labelFont: FONT,
    font: FONT,
    labelSize: 22,
    size,
    stroke: 'ink',
    grid: { stroke: 'grid', width: 1 },
    ticks: { stroke: 'grid', width: 1, size: 5 },
    ...(ticks && { splits: () => [...texts.keys()] }),
    ...(!ticks && scale === 'log' && { splits: (...[, , min, max]) => logTicks(min, max) }),
    // Without a filter uPlot thins the numbers of a logarithmic axis by a rule for its own.
    filter: (_, splits) => splits,
    values: (_, splits) => splits.map((at) => texts.get(at) ?? String(Number(at.toPrecision(6)))),
  };
}

/** 1, 2 and 5 of each decade within the range. */
function logTicks(min: number, max: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++)
    for (const digit of [1, 2, 5]) ticks.push(Number((digit * 10 ** power).toPrecision(3)));
  return ticks.filter((tick) => tick >= min && tick <= max);
}

function seriesOf({ ink, dashed, bars, points }: Line): uPlot.Series {
  if (bars) return { paths: () => null, points: { show: false } };
  const fewEnough = points.length < 30;
  return {
    stroke: ink,
    width: 2,
    spanGaps: true,
    ...(dashed && { dash: [6, 4] }),
    points: { show: fewEnough, size: 6, width: 1, stroke: ink, fill: ink },
  };
}

/** Bars lie where the axes have them, which are uPlot's. */
function drawBars(context: SvgContext, plot: uPlot, { lines }: Panel): void {
  for (const { ink, points } of lines.filter(({ bars }) => bars)) {
    const path = new SvgPath();
    for (let i = 0; i < points.length; i += 2) {
      const [begin, end] = [points[i], points[i + 1]];
      if (begin === undefined || end === undefined) continue;
      const left = plot.valToPos(begin[0], 'x', true);
      const width = plot.valToPos(end[0], 'x', true) - left;
      path.rect(left, plot.valToPos(begin[1], 'y', true) - BAR_HEIGHT / 2, width, BAR_HEIGHT);
    }
    context.fillStyle = ink;
    context.fill(path);
  }
}

/** Entries in columns that hold the longest name. */
function legendGrid(
  lines: readonly Line[],
  size: Size,
): Readonly<{ columns: number; width: number }> {
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const width = LEGEND.swatch + LEGEND.gap + LETTER * longest + BETWEEN;
  return { columns: Math.max(1, Math.floor((size.width - LEGEND.left) / width)), width };
}

function drawLegend(context: SvgContext, { title, lines }: Panel, size: Size): void {
  context.save();
  Object.assign(context, { textAlign: 'left', textBaseline: 'middle', fillStyle: 'ink' });
  context.font = BOLD;
  context.fillText(title, LEGEND.left, 12);
  context.font = FONT;
  const { columns, width } = legendGrid(lines, size);
  for (const [i, { name, ink, dashed, bars }] of lines.entries()) {
    const x = LEGEND.left + (i % columns) * width;
    const y = 32 + Math.floor(i / columns) * LEGEND.height;
    context.strokeStyle = ink;
    context.lineWidth = bars ? 8 : 2;
    context.setLineDash(dashed ? [6, 4] : []);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + LEGEND.swatch, y);
    context.stroke();
    context.fillText(name, x + LEGEND.swatch + LEGEND.gap, y);
  }
  context.restore();
}
