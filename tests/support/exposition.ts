/** A sample of a scrape. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** A metric's description and its samples. */
export interface Scraped {
  type: string;
  help: string;
  samples: Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;

/**
 * Reads Prometheus's text format, version 0.0.4, more strictly than Prometheus does.
 * @throws {Error} for anything that is not in order
 */
export function parseExposition(text: string): Map<string, Scraped> {
  const found = new Map<string, Scraped>();
  const seen = new Set<string>();
  if (!text.endsWith("\n")) throw new Error("The last line has no end");
  let at: { name: string; scraped: Scraped } | null = null;
  let help: { name: string; text: string } | null = null;
  for (const line of text.slice(0, -1).split("\n")) {
    if (line.startsWith("# HELP ")) {
      const [, name = "", told = ""] = /^# HELP (\S+) (.+)$/.exec(line) ?? [];
      if (!NAME.test(name) || found.has(name)) throw new Error(`No new name: ${line}`);
      help = { name, text: told };
    } else if (line.startsWith("# TYPE ")) {
      const [, name = "", type = ""] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? [];
      if (help?.name !== name) throw new Error(`A type without its help: ${line}`);
      if (type === "counter" && !name.endsWith("_total")) throw new Error(`No counter: ${name}`);
      const scraped = { type, help: help.text, samples: [] };
      found.set(name, scraped);
      at = { name, scraped };
    } else {
      const sample = sampleOf(line);
      const ends = at?.scraped.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      if (!ends.some((end) => sample.name === `${at?.name}${end}`)) {
        throw new Error(`A sample outside of its metric: ${line}`);
      }
      const id = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (seen.has(id)) throw new Error(`Twice: ${line}`);
      seen.add(id);
      if (at?.scraped.type !== "gauge" && !(sample.value >= 0)) throw new Error(`Less: ${line}`);
      at?.scraped.samples.push(sample);
    }
  }
  for (const [name, { type, samples }] of found) {
    if (type === "histogram") checkHistogram(name, samples);
  }
  return found;
}

function sampleOf(line: string): Sample {
  const [, name = "", inside, number = ""] = SAMPLE.exec(line) ?? [];
  const value = Number(number);
  if (name === "" || Number.isNaN(value)) throw new Error(`No sample: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (inside !== undefined && LABEL.lastIndex < inside.length) {
    const from = LABEL.lastIndex;
    const [, label = "", told = ""] = LABEL.exec(inside) ?? [];
    if (label === "" || label in labels) throw new Error(`No label at ${from}: ${line}`);
    labels[label] = told.replace(/\\(.)/g, (_, sign) => sign === "n" ? "\n" : sign);
  }
  return { name, labels, value };
}

/** Buckets rise, end with +Inf, and agree with the count. */
function checkHistogram(name: string, samples: readonly Sample[]): void {
  const groups = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => JSON.stringify(rest));
  for (const [labels, group] of groups) {
    const buckets = group.filter((each) => each.name === `${name}_bucket`);
    const bounds = buckets.map((each) => Number(each.labels.le?.replace("+Inf", "Infinity")));
    const rises = (values: readonly number[], least: number) =>
      values.every((value, i) => i === 0 || value - (values[i - 1] ?? NaN) >= least);
    const counts = buckets.map(({ value }) => value);
    const count = group.find((each) => each.name === `${name}_count`)?.value;
    const sum = group.find((each) => each.name === `${name}_sum`);
    if (
      bounds.at(-1) !== Infinity || !rises(bounds, Number.MIN_VALUE) || !rises(counts, 0) ||
      counts.at(-1) !== count || sum === undefined
    ) throw new Error(`No histogram: ${name}${labels}`);
  }
}
