const SPENDING = "spending ";

/** Tells those in this process who wait for something that it happened. */
export class Hub {
  private readonly waiting = new Map<string, Set<() => void>>();

  listen(topic: string, wake: () => void): () => void {
    let listeners = this.waiting.get(topic);
    if (!listeners) this.waiting.set(topic, listeners = new Set());
    listeners.add(wake);
    return () => {
      listeners.delete(wake);
      if (listeners.size === 0 && this.waiting.get(topic) === listeners) this.waiting.delete(topic);
    };
  }

  /** The tools whose spending somebody in this process watches. */
  watchedTools(): string[] {
    return [...this.waiting.keys()]
      .filter((topic) => topic.startsWith(SPENDING))
      .map((topic) => topic.slice(SPENDING.length));
  }

  tell(topic: string): void {
    for (const wake of this.waiting.get(topic) ?? []) wake();
  }
}

/** A conversation began, went on or was put aside. */
export function conversationTopic(visitor: string, tool: string): string {
  return `conversation ${visitor} ${tool}`;
}

/** A tool's day changed. */
export function spendingTopic(tool: string): string {
  return `${SPENDING}${tool}`;
}
