import {
  bandText,
  chartFinding,
  chartTitle,
  EFFECT_CHART,
} from "../../../lib/locales/admin/experiments/chart.ts";
import { points } from "../../../lib/locales/admin/experiments/verdicts.ts";
import type {
  Effect,
  EffectDay,
  EffectSeries,
  Measure,
} from "../../../lib/shared/views/experiment_view.ts";
import { dayNumber, shortDateOfDay } from "./days.ts";
import { effectScale, weekEnds } from "./effect_scale.ts";

const HEIGHT = 240;
const ABOVE = 10;
const BELOW = 24;
const PLOT = HEIGHT - ABOVE - BELOW;
/** Width of the stretched part's own coordinates. */
const WIDTH = 1000;
const AXIS = 44;

interface EffectChartProps {
  series: EffectSeries;
  measure: Measure;
}

/** A day with its effect. */
type Drawn = EffectDay & { effect: Effect };

/**
 * Effect of a variant by day as server-rendered SVG: line measured, band of the truth, zero, and the
 * day from which the band stays clear. Nothing is drawn before each variant has 20 units.
 */
export function EffectChart({ series, measure }: EffectChartProps) {
  const { letter, days, clearSince } = series;
  const drawn = days.filter((day): day is Drawn => day.effect !== null);
  const [first, last, newest] = [days[0], days.at(-1), drawn.at(-1)];
  if (!first || !last || !newest) return null;
  const count = dayNumber(last.day, first.day);
  const since = clearSince === null ? null : dayNumber(clearSince, first.day);
  const scale = effectScale(days);
  const y = (value: number) =>
    round(ABOVE + PLOT * (scale.high - within(value, scale)) / (scale.high - scale.low));
  const place = (day: string) => (dayNumber(day, first.day) - 1) / Math.max(1, count - 1);
  const title = chartTitle(letter, measure);
  return (
    <section class="panel chart">
      <header>
        <h2>{title}</h2>
        <span class="meta">{EFFECT_CHART.reading}</span>
      </header>
      <div class="pad">
        <div class="plot">
          <svg class="axis" width={AXIS} height={HEIGHT} aria-hidden="true">
            {scale.ticks.map((tick) => (
              <text key={tick} x="0" y={y(tick) + 4}>{tick > 0 ? "+" : ""}{points(tick)}</text>
            ))}
          </svg>
          <svg
            width="100%"
            height={HEIGHT}
            role="img"
            aria-label={`${title}. ${chartFinding(series, newest.effect, since)}`}
          >
            {scale.ticks.map((tick) => (
              <line
                key={tick}
                class={tick === 0 ? "zero" : "rule"}
                x1="0"
                x2="100%"
                y1={y(tick)}
                y2={y(tick)}
              />
            ))}
            <Curves drawn={drawn} x={(day) => round(place(day) * WIDTH)} y={y} />
            {clearSince !== null && since !== null && (
              <Since
                share={place(clearSince)}
                day={since}
                y={newest.effect.estimate > 0 ? HEIGHT - BELOW - 6 : 20}
              />
            )}
            <DayNames first={first.day} last={last.day} count={count} />
          </svg>
        </div>
        <details class="more">
          <summary>
            {EFFECT_CHART.asTable}
            <span class="sr">: {title}</span>
          </summary>
          <EffectTable series={series} measure={measure} />
        </details>
      </div>
    </section>
  );
}

interface CurvesProps {
  drawn: readonly Drawn[];
  x: (day: string) => number;
  y: (value: number) => number;
}

/** Band, its bounds and the measured line, stretched to the width. */
function Curves({ drawn, x, y }: CurvesProps) {
  // A single day is drawn as a short line.
  const ends = drawn.length === 1 ? [-8, 8] : [0];
  const along = (value: (effect: Effect) => number) =>
    drawn.flatMap(({ day, effect }) => ends.map((end) => `${x(day) + end},${y(value(effect))}`));
  const [low, high] = [along((effect) => effect.low), along((effect) => effect.high)];
  return (
    <svg width="100%" height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <polygon class="band" points={[...high, ...low.toReversed()].join(" ")} />
      <polyline class="bound" points={high.join(" ")} />
      <polyline class="bound" points={low.join(" ")} />
      <polyline
        class="line"
        points={along((effect) =>
          effect.estimate
        ).join(" ")}
      />
    </svg>
  );
}

/** The day from which the band stays clear of zero. */
function Since({ share, day, y }: { share: number; day: number; y: number }) {
  const at = `${round(share * 100)}%`;
  const before = share > 0.5;
  return (
    <>
      <line class="since" x1={at} x2={at} y1={ABOVE} y2={HEIGHT - BELOW} />
      <text
        class="since-text"
        x={at}
        dx={before ? -8 : 8}
        y={y}
        text-anchor={before ? "end" : "start"}
      >
        {EFFECT_CHART.since(day)}
      </text>
    </>
  );
}

function DayNames({ first, last, count }: { first: string; last: string; count: number }) {
  const y = HEIGHT - 6;
  return (
    <>
      <text x="0" y={y}>{EFFECT_CHART.dayOn(1, shortDateOfDay(first))}</text>
      {count >= 14 && (
        <text x="50%" y={y} text-anchor="middle">{EFFECT_CHART.day(Math.ceil(count / 2))}</text>
      )}
      {count > 1 && (
        <text x="100%" y={y} text-anchor="end">
          {EFFECT_CHART.dayOn(count, shortDateOfDay(last))}
        </text>
      )}
    </>
  );
}

interface EffectTableProps extends EffectChartProps {
  /** Shown in full, as on paper. */
  full?: boolean;
}

/** The effect at the end of each week. */
export function EffectTable({ series: { letter, days }, measure, full = false }: EffectTableProps) {
  const columns = EFFECT_CHART.columns(letter, measure);
  return (
    <div class={full ? undefined : "scroll"} tabIndex={full ? undefined : 0}>
      <table class="t cards" role="table">
        <caption class="sr">{EFFECT_CHART.byWeek}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((name, i) => (
              <th key={name} scope="col" role="columnheader" class={i === 0 ? undefined : "n"}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {weekEnds(days).map(({ day, base, variant, effect }) => (
            <tr key={day} role="row">
              <th scope="row" role="rowheader">{shortDateOfDay(day)}</th>
              {[
                EFFECT_CHART.of(base),
                EFFECT_CHART.of(variant),
                effect ? points(effect.estimate) : "–",
                effect ? bandText(effect) : "–",
              ].map((text, i) => (
                <td key={i} role="cell" class="n" data-l={columns[i + 1]}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const within = (value: number, { low, high }: { low: number; high: number }) =>
  Math.min(high, Math.max(low, value));
const round = (value: number) => Math.round(value * 10) / 10;
