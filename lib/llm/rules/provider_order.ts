/** A change of the providers' order. */
export type OrderChange = "up" | "down" | "use" | "leave";

/**
 * The providers that answer for one another, in order.
 * @param stored the organisation's order; null where it has none
 * @param chosen the environment's order
 * @param available those that are set up
 */
export function orderInForce(
  stored: readonly string[] | null,
  chosen: readonly string[],
  available: readonly string[],
): string[] {
  return (stored ?? chosen).filter((name, i, all) =>
    available.includes(name) && all.indexOf(name) === i
  );
}

/** The order after a change; the same when there is nothing to change. */
export function changedOrder(order: readonly string[], name: string, change: OrderChange) {
  const at = order.indexOf(name);
  if (change === "use") return at < 0 ? [...order, name] : [...order];
  const rest = order.filter((each) => each !== name);
  if (change === "leave" || at < 0) return rest;
  return rest.toSpliced(change === "up" ? Math.max(0, at - 1) : at + 1, 0, name);
}
