import type { CoverageReport, CoverageVerdict, ParameterCoverage } from '#shared/stats/coverage';
import { FALSE_ALARMS } from '#shared/stats/coverage';
import { describeStated } from '#shared/stats/describe-stated';
import type { NumberSummary } from '#shared/stats/summarise-values';
import { countOf } from './format-summary.ts';
import { sparkline } from './sparkline.ts';

const short = (x: number): string => String(Number(x.toPrecision(4)));
const LONGEST_ASKED = 90;
/** Outcomes that are told one by one. */
const SHOWN_OUTCOMES = 8;

const LABELS: Readonly<Record<CoverageVerdict, string>> = {
  outside: 'OUTSIDE',
  weak: 'WEAK',
  open: 'open',
  ok: 'ok',
};

function askedText({ stated, asked }: ParameterCoverage): string {
  const text = describeStated(stated);
  const cut = text.length > LONGEST_ASKED ? `${text.slice(0, LONGEST_ASKED - 1)}…` : text;
  return asked === null ? cut : `${cut}; mean ${short(asked.mean)}`;
}

function numbersText({ min, max, mean, quantiles, histogram }: NumberSummary): string {
  const { p05, p50, p95 } = quantiles;
  const spread = [p05, p50, p95].map(short).join(' ');
  return `${short(min)}..${short(max)}; mean ${short(mean)}; 5 50 95 %: ${spread}  ▕${sparkline(histogram.counts)}▏`;
}

function drawnText({ n, drawn }: ParameterCoverage): string {
  switch (drawn.kind) {
    case 'numbers':
      return numbersText(drawn.summary);
    case 'vectors':
      return drawn.components
        .map(({ min, max }, i, { length }) => {
          const axis = (length === 4 ? 'wxyz' : 'xyz').charAt(i);
          return `${axis} ${short(min)}..${short(max)}`;
        })
        .join(', ');
    case 'outcomes': {
      const share = (count: number): string => `${short((100 * count) / n)} %`;
      const told = drawn.outcomes.slice(0, SHOWN_OUTCOMES).map(({ value, count, expected }) => {
        const of = expected === null ? '' : ` of ${share(expected)}`;
        return `${typeof value === 'string' ? value : JSON.stringify(value)} ${share(count)}${of}`;
      });
      const rest = drawn.outcomes.length - told.length;
      return [...told, ...(rest > 0 ? [`… and ${rest} more`] : [])].join(', ');
    }
  }
}

function testText({ ks, chiSquare, outside, open, redrawn }: ParameterCoverage): string {
  const parts = [
    ...(outside.count > 0
      ? [
          `${countOf(outside.count, 'value')} that the config does not allow, such as ${JSON.stringify(outside.first)}`,
        ]
      : []),
    ...(ks === null ? [] : [`KS ${short(ks.statistic)}, at most ${short(ks.limit)}`]),
    ...(chiSquare === null
      ? []
      : [
          `chi-square ${short(chiSquare.statistic)} at ${chiSquare.degreesOfFreedom}, p ${short(chiSquare.tail)}, at least ${short(chiSquare.limit)}`,
        ]),
    ...(open === null ? [] : [`not judged: ${open}`]),
    ...(open === null && ks === null && chiSquare === null ? ['not judged: too few draws'] : []),
    ...(redrawn > 0 ? [`${countOf(redrawn, 'attempt')} rejected and drawn anew`] : []),
  ];
  return parts.join('; ');
}

function formatParameter(one: ParameterCoverage): string {
  return [
    `${LABELS[one.verdict].padEnd(7)} ${one.parameter}`,
    `        asked  ${askedText(one)}`,
    `        drawn  ${one.n}: ${drawnText(one)}`,
    `        test   ${testText(one)}`,
  ].join('\n');
}

/** All parameters, the worst first, and a verdict. */
export function formatCoverage(
  report: CoverageReport,
  { title }: Readonly<{ title: string }>,
): string {
  const { parameters, frames, tests, failed } = report;
  const of = (verdict: CoverageVerdict): number =>
    parameters.filter((one) => one.verdict === verdict).length;
  const counts = [
    `${of('outside') + of('weak')} weak`,
    `${of('ok')} as asked`,
    ...(of('open') > 0 ? [`${of('open')} not judged`] : []),
  ].join(', ');
  return [
    ...parameters.map(formatParameter),
    ...(failed.count > 0
      ? [`${countOf(failed.count, 'frame')} could not be drawn, the first as ${failed.first}`]
      : []),
    `${title}: ${countOf(frames, 'frame')}, ${countOf(parameters.length, 'parameter')}: ${counts}`,
    `${countOf(tests, 'test')}; where all is as asked, any of them fails in ${short(FALSE_ALARMS * 100)} % of all runs`,
  ].join('\n');
}
