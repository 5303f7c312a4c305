/**
 * A map with a maximum size whose unused entries end: each {@link age} drops those that were
 * neither read nor set since the one before.
 */
export class IdleMap<K, V> {
  private used = new Map<K, V>();
  private unused = new Map<K, V>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.used.size + this.unused.size;
  }

  get(key: K): V | undefined {
    const known = this.used.get(key);
    if (known !== undefined) return known;
    const value = this.unused.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  has(key: K): boolean {
    return this.used.has(key) || this.unused.has(key);
  }

  /** Sets an entry; beyond the maximum the least recently used part loses its oldest. */
  set(key: K, value: V): void {
    this.delete(key);
    this.used.set(key, value);
    if (this.size <= this.most) return;
    const oldest = (this.unused.size > 0 ? this.unused : this.used).keys().next();
    if (!oldest.done) this.delete(oldest.value);
  }

  delete(key: K): void {
    if (!this.used.delete(key)) this.unused.delete(key);
  }

  /** Deletes the entries whose key fits. */
  deleteWhere(fits: (key: K) => boolean): void {
    for (const part of [this.used, this.unused]) {
      for (const key of part.keys()) if (fits(key)) part.delete(key);
    }
  }

  clear(): void {
    this.used.clear();
    this.unused.clear();
  }

  age(): void {
    this.unused = this.used;
    this.used = new Map();
  }
}
