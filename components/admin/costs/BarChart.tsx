import type { ComponentChildren } from "preact";
import { namedEvery, ticksTo } from "./scale.ts";

const HEIGHT = 168;
/** Pixels below the bars for their names, and above for half a line of text. */
const BELOW = 24;
const ABOVE = 8;
/** Width of a digit of the axis. */
const LETTER = 7;
const PLOT = HEIGHT - BELOW - ABOVE;

interface Bar {
  /** Label below the bar; left out when space is short. */
  name: string;
  value: number;
  /** Errors, drawn on top. */
  bad?: number;
  /** Tooltip. */
  text: string;
}

interface BarChartProps {
  title: string;
  /** End of the axis that always has a label. */
  named: "first" | "last";
  /** The chart as a sentence, for screen readers. */
  summary: string;
  bars: readonly Bar[];
  tick: (value: number) => string;
  /** Limit line, such as a ceiling. */
  limit?: { value: number; text: string } | null;
  /** The figures as a table. */
  children: ComponentChildren;
}

/**
 * Bar chart as server-rendered SVG.
 * x is in percent and y in pixels, so that it fills any width without stretching text.
 */
export function BarChart(props: BarChartProps) {
  const { title, named, summary, bars, tick, limit, children } = props;
  const most = Math.max(0, ...bars.map(({ value, bad = 0 }) => value + bad));
  // A line far above the bars would flatten them.
  const line = limit && limit.value <= 3 * most ? limit : null;
  const ticks = ticksTo(Math.max(most, line?.value ?? 0));
  const top = ticks[ticks.length - 1] || 1;
  const axis = 12 + LETTER * Math.max(...ticks.map((value) => tick(value).length));
  const y = (value: number) => ABOVE + PLOT * (1 - value / top);
  return (
    <section class="panel chart">
      <header>
        <h2>{title}</h2>
      </header>
      <div class="pad">
        <div class="plot">
          <svg class="axis" width={axis} height={HEIGHT} aria-hidden="true">
            {ticks.map((value) => (
              <text key={value} x={axis - 8} y={y(value) + 4} text-anchor="end">{tick(value)}</text>
            ))}
          </svg>
          <svg width="100%" height={HEIGHT} role="img" aria-label={`${title}. ${summary}`}>
            {ticks.map((value) => (
              <line key={value} class="rule" x1="0" x2="100%" y1={y(value)} y2={y(value)} />
            ))}
            <Bars bars={bars} named={named} y={y} />
            {line && (
              <g class="limit">
                <line x1="0" x2="100%" y1={y(line.value)} y2={y(line.value)} />
                <text x="100%" y={y(line.value) - 5} text-anchor="end">{line.text}</text>
              </g>
            )}
          </svg>
        </div>
        <details class="more">
          <summary>
            Show as a table<span class="sr">: {title}</span>
          </summary>
          {children}
        </details>
      </div>
    </section>
  );
}

interface BarsProps extends Pick<BarChartProps, "bars" | "named"> {
  y: (value: number) => number;
}

function Bars({ bars, named, y }: BarsProps) {
  const slot = 100 / bars.length;
  const every = namedEvery(bars.length);
  const from = named === "first" ? 0 : bars.length - 1;
  return (
    <>
      {bars.map(({ name, value, bad = 0, text }, i) => {
        const x = `${(slot * (i + 0.16)).toFixed(2)}%`;
        const width = `${(slot * 0.68).toFixed(2)}%`;
        return (
          <g key={name}>
            <title key={`of-${name}`}>{text}</title>
            {/* Full-height hover target, also over tiny bars. */}
            <rect
              class="place"
              x={`${(slot * i).toFixed(2)}%`}
              width={`${slot.toFixed(2)}%`}
              y={ABOVE}
              height={PLOT}
            />
            {value > 0 && <Part name="part" x={x} width={width} from={y(0)} to={y(value)} />}
            {bad > 0 && (
              <Part name="part bad" x={x} width={width} from={y(value)} to={y(value + bad)} />
            )}
            {(from - i) % every === 0 && (
              <text x={`${(slot * (i + 0.5)).toFixed(2)}%`} y={HEIGHT - 6} text-anchor="middle">
                {name}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function Part(props: { name: string; x: string; width: string; from: number; to: number }) {
  const { name, x, width, from, to } = props;
  // Keeps small values visible.
  const height = Math.max(1.5, from - to);
  return <rect class={name} x={x} width={width} y={from - height} height={height} rx="2" />;
}
