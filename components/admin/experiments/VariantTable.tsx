import {
  betweenText,
  centsText,
  percentText,
  REPORT,
  VARIANT_COLUMNS,
  variantLabel,
  variantsTitle,
} from "../../../lib/locales/admin/experiments/report.ts";
import { measureWords } from "../../../lib/locales/admin/experiments/measures.ts";
import type { ArmReport, ExperimentReport } from "../../../lib/shared/views/experiment_view.ts";
import { count, percent, seconds } from "../costs/formats.ts";
import { rateScale } from "./effect_scale.ts";

interface VariantTableProps {
  report: ExperimentReport;
}

/** Figures of each variant, raw ones before percentages. */
export function VariantTable({ report }: VariantTableProps) {
  const { arms, head: { measure, verdict }, baseVersion } = report;
  const fair = verdict?.code !== "unfair";
  const ends = fair
    ? arms.flatMap(({ rate }) => rate ? [rate.interval.low, rate.interval.high] : [])
    : [];
  const scale = ends.length > 0 ? rateScale(ends) : null;
  const range = scale && `${percentText(scale.low)} to ${percentText(scale.high)}`;
  const winner = verdict?.code === "better" ? verdict.winner : null;
  const base = arms.find(({ letter }) => letter === "A");
  const { column } = measureWords(measure);
  return (
    <section class="panel">
      <header>
        <h2>{variantsTitle(arms.length)}</h2>
      </header>
      <table class="t cards c3" role="table">
        <caption class="sr">{variantsTitle(arms.length)}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <Head>{VARIANT_COLUMNS.variant}</Head>
            <Head n>{VARIANT_COLUMNS.people}</Head>
            <Head n>{column}</Head>
            {scale && (
              <th scope="col" role="columnheader">
                <span class="sr">{VARIANT_COLUMNS.interval},</span>
                {range}
              </th>
            )}
            <Head n>{VARIANT_COLUMNS.cost}</Head>
            <Head n>{VARIANT_COLUMNS.firstWord}</Head>
            <Head n>{VARIANT_COLUMNS.errors}</Head>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {arms.map((arm) => (
            <tr key={arm.letter} role="row">
              <th scope="row" role="rowheader">
                {variantLabel(arm.letter, baseVersion)}
                <span class="meta" dir="auto">
                  {arm.letter === "A" ? REPORT.asItWas : arm.note}
                </span>
              </th>
              <td role="cell" class="n" data-l={VARIANT_COLUMNS.people}>{count(arm.people)}</td>
              <td role="cell" class="n double" data-l={column}>{countedText(arm, fair)}</td>
              {scale && (
                <td role="cell" class="across" data-l={`${VARIANT_COLUMNS.interval}, ${range}`}>
                  <Whisker arm={arm} scale={scale} wins={arm.letter === winner} />
                </td>
              )}
              <td role="cell" class="n" data-l={VARIANT_COLUMNS.cost}>
                {arm.perConversation === null ? "–" : centsText(arm.perConversation)}
                <CostGap arm={arm} base={base} />
              </td>
              <td role="cell" class="n" data-l={VARIANT_COLUMNS.firstWord}>
                {seconds(arm.firstWordMs)}
              </td>
              <td role="cell" class="n" data-l={VARIANT_COLUMNS.errors}>
                {percent(arm.turns === 0 ? null : arm.failed / arm.turns)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="foot">
        <p>
          {!fair
            ? REPORT.unfair
            : arms.some(({ rate }) => rate === null)
            ? REPORT.fewUnits
            : measure.code === "rated"
            ? REPORT.oneRating
            : REPORT.oneOutcome}
        </p>
      </div>
    </section>
  );
}

function Head({ n = false, children }: { n?: boolean; children: string }) {
  return <th scope="col" role="columnheader" class={n ? "n" : undefined}>{children}</th>;
}

/** "135 of 218 · 62%"; no percentage of small numbers or of an unfair split. */
function countedText({ counted: { good, n }, rate }: ArmReport, fair: boolean): string {
  const raw = `${count(good)} of ${count(n)}`;
  return rate === null || !fair ? raw : `${raw} · ${percentText(rate.rate)}`;
}

interface WhiskerProps {
  arm: ArmReport;
  scale: { low: number; high: number };
  wins: boolean;
}

/** A rate with its interval. */
function Whisker({ arm: { rate }, scale: { low, high }, wins }: WhiskerProps) {
  if (rate === null) return <>–</>;
  const x = (share: number) => `${Math.round((share - low) / (high - low) * 1000) / 10}%`;
  return (
    <svg class={wins ? "whisk win" : "whisk"} role="img" aria-label={betweenText(rate.interval)}>
      <line x1={x(rate.interval.low)} x2={x(rate.interval.high)} y1="12" y2="12" />
      <circle cx={x(rate.rate)} cy="12" r="5" />
    </svg>
  );
}

/** How much more or less a variant costs than A, in percent. */
function CostGap({ arm, base }: { arm: ArmReport; base: ArmReport | undefined }) {
  const [own, of] = [arm.perConversation, base?.perConversation ?? null];
  if (arm === base || own === null || of === null || of === 0n) return null;
  const gap = Math.round((Number(own) / Number(of) - 1) * 100);
  if (gap === 0) return null;
  return (
    <>
      {" "}
      <span class="meta nb">{gap > 0 ? `+${gap}%` : `−${-gap}%`}</span>
    </>
  );
}

/** Counts that are looked at rarely. */
export function MoreFigures({ report: { arms } }: VariantTableProps) {
  const columns = [
    [VARIANT_COLUMNS.share, ({ share }: ArmReport) => `${share}%`],
    [VARIANT_COLUMNS.turns, ({ turns }: ArmReport) => count(turns)],
    [VARIANT_COLUMNS.failed, ({ failed }: ArmReport) => count(failed)],
    [VARIANT_COLUMNS.degraded, ({ degraded }: ArmReport) => count(degraded)],
    [VARIANT_COLUMNS.failedOver, ({ failedOver }: ArmReport) => count(failedOver)],
    [VARIANT_COLUMNS.refused, ({ refused }: ArmReport) => count(refused)],
  ] as const;
  return (
    <table class="t cards c3" role="table">
      <caption class="sr">{REPORT.moreFigures}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <Head>{VARIANT_COLUMNS.variant}</Head>
          {columns.map(([name]) => <Head key={name} n>{name}</Head>)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {arms.map((arm) => (
          <tr key={arm.letter} role="row">
            <th scope="row" role="rowheader">{arm.letter}</th>
            {columns.map(([name, text]) => (
              <td key={name} role="cell" class="n" data-l={name}>{text(arm)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
