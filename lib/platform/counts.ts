/** A value with the labels that it was counted under. */
export interface LabelledValue {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** Takes the place of all labels' values once there are too many. */
const OTHER = "other";
const SEPARATOR = "\0";

/** Sums by labels since the start of the process, of at most `most` combinations and `other`. */
export class Counts {
  private readonly sums = new Map<string, number>();

  constructor(private readonly labels: readonly string[], private readonly most = 200) {}

  /** @param values of the labels, in their order */
  add(values: readonly string[], by = 1): void {
    const key = keyFor(this.sums, values, this.most);
    this.sums.set(key, (this.sums.get(key) ?? 0) + by);
  }

  values(): LabelledValue[] {
    return [...this.sums].map(([key, value]) => ({ labels: labelled(this.labels, key), value }));
  }
}

/** The distribution of one combination of labels. */
export interface Distribution {
  labels: Readonly<Record<string, string>>;
  /** Number of values up to each bound, cumulative. */
  buckets: { bound: number; count: number }[];
  count: number;
  sum: number;
}

/** Distributions of values by labels, as counts below fixed bounds. */
export class Distributions {
  private readonly found = new Map<string, { bins: number[]; count: number; sum: number }>();

  constructor(
    private readonly labels: readonly string[],
    private readonly bounds: readonly number[],
    private readonly most = 20,
  ) {}

  add(values: readonly string[], value: number): void {
    const key = keyFor(this.found, values, this.most);
    const known = this.found.get(key) ?? { bins: this.bounds.map(() => 0), count: 0, sum: 0 };
    this.found.set(key, known);
    const bin = this.bounds.findIndex((bound) => value <= bound);
    if (bin >= 0) known.bins[bin] = (known.bins[bin] ?? 0) + 1;
    known.count++;
    known.sum += value;
  }

  values(): Distribution[] {
    return [...this.found].map(([key, { bins, count, sum }]) => {
      let below = 0;
      const buckets = this.bounds.map((bound, i) => {
        below += bins[i] ?? 0;
        return { bound, count: below };
      });
      return { labels: labelled(this.labels, key), buckets, count, sum };
    });
  }
}

function keyFor(known: ReadonlyMap<string, unknown>, values: readonly string[], most: number) {
  const key = values.join(SEPARATOR);
  if (known.has(key) || known.size < most) return key;
  return values.map(() => OTHER).join(SEPARATOR);
}

function labelled(names: readonly string[], key: string): Record<string, string> {
  const values = key.split(SEPARATOR);
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
}
