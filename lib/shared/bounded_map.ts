/** A map with a maximum size; the least recently set entry is evicted. */
export class BoundedMap<K, V> extends Map<K, V> {
  constructor(private readonly most: number) {
    super();
  }

  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.most) {
      const oldest = this.keys().next();
      if (!oldest.done) this.delete(oldest.value);
    }
    return this;
  }
}

/** HTML by name, up to a total length; the least recently used is evicted first. */
export class HtmlCache {
  private readonly kept = new Map<string, string>();
  private length = 0;

  /** @param most in UTF-16 units of HTML */
  constructor(private readonly most: number) {}

  /** UTF-16 units of HTML. */
  get size(): number {
    return this.length;
  }

  get(name: string): string | undefined {
    const html = this.kept.get(name);
    if (html === undefined) return undefined;
    this.kept.delete(name);
    this.kept.set(name, html);
    return html;
  }

  set(name: string, html: string): void {
    this.remove(name);
    this.kept.set(name, flattened(html));
    this.length += html.length;
    for (const oldest of this.kept.keys()) {
      if (this.length <= this.most) break;
      this.remove(oldest);
    }
  }

  /** Evicts what is not to be kept. */
  keep(isKept: (name: string) => boolean): void {
    for (const name of this.kept.keys()) if (!isKept(name)) this.remove(name);
  }

  private remove(name: string): void {
    this.length -= this.kept.get(name)?.length ?? 0;
    this.kept.delete(name);
  }
}

/**
 * A copy of HTML in one piece. V8 stores a text that was put together as a tree of its pieces: a
 * row of 3,000 characters took 18,000 bytes.
 */
function flattened(html: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(html));
}
