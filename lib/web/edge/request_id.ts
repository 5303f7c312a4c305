const ids = new WeakMap<Request, string>();

/** Sets a request's id for the log, which its answer carries too. */
export function setRequestId(request: Request, id: string): void {
  ids.set(request, id);
}

/** A request's id in the log; "" for one that did not come through the server. */
export function requestIdOf(request: Request): string {
  return ids.get(request) ?? "";
}
