/** A stored value, as the client encoded it. */
export interface Row {
  data: Uint8Array;
  encoding: number;
  /** Version of the commit that wrote it. */
  version: number;
  /** Milliseconds since 1970; 0 for never. */
  expiresAt: number;
}

/** Rows in memory, ordered by the bytes of their keys. A key is a string with one unit per byte. */
export class Rows {
  private readonly order: string[] = [];
  private readonly rows = new Map<string, Row>();

  get size(): number {
    return this.order.length;
  }

  /** The row, unless it has expired. */
  get(key: string, now: number): Row | undefined {
    const row = this.rows.get(key);
    return row && (row.expiresAt === 0 || row.expiresAt > now) ? row : undefined;
  }

  set(key: string, row: Row): void {
    if (!this.rows.has(key)) this.order.splice(this.place(key), 0, key);
    this.rows.set(key, row);
  }

  delete(key: string): void {
    if (this.rows.delete(key)) this.order.splice(this.place(key), 1);
  }

  /** At most `limit` rows from `start` to before `end`; from the end when reversed. */
  range(start: string, end: string, limit: number, reverse: boolean, now: number): [string, Row][] {
    const found: [string, Row][] = [];
    const [from, until] = [this.place(start), this.place(end)];
    for (let i = 0; i < until - from && found.length < limit; i++) {
      const key = this.order[reverse ? until - 1 - i : from + i] ?? "";
      const row = this.get(key, now);
      if (row) found.push([key, row]);
    }
    return found;
  }

  /** Number of keys before this one. */
  private place(key: string): number {
    let low = 0, high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.order[middle] ?? "") < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
