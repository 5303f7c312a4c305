const ids = new WeakMap<Request, string>();

/** Gives a request its name in the log, which its answer carries too. */
export function setRequestId(request: Request, id: string): void {
  ids.set(request, id);
}

/** A request's name in the log; "" for one that came by another way than the server's. */
export function requestIdOf(request: Request): string {
  return ids.get(request) ?? "";
}
