/** What is known of a request beside its answer, for the log, traces and reports of errors. */
export interface RequestRecord {
  /** Its id in the log, which its answer carries too. */
  readonly id: string;
  /** The pattern of its route; its own address may hold a secret. */
  route: string | null;
  /** Code of the error that it was answered with. */
  error: string | null;
}

const records = new WeakMap<Request, RequestRecord>();

/** Sets the record of a request. */
export function recordRequest(request: Request, record: RequestRecord): void {
  records.set(request, record);
}

/** Notes the pattern of the route that answers. */
export function noteRoute(request: Request, route: string | null): void {
  const record = records.get(request);
  if (record) record.route = route;
}

/** Notes the code of the error that a request is answered with. */
export function noteError(request: Request, code: string): void {
  const record = records.get(request);
  if (record) record.error = code;
}

/** A request's id in the log; "" for one that did not come through the server. */
export function requestIdOf(request: Request): string {
  return records.get(request)?.id ?? "";
}
