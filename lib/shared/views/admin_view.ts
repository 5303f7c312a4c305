/** An entry of the audit log. */
export interface AuditView {
  id: string;
  at: number;
  who: string;
  action: string;
  thing: string;
  changes: { field: string; before: string; after: string }[];
}

/** A form posted after its session had ended, carried over to the new one. */
export interface KeptFormView {
  /** The path it was posted to. */
  to: string;
  fields: [name: string, value: string][];
  /** Whether it had a file, which is not carried over. */
  file: boolean;
  /** Whether its page can show it again before it is saved. */
  canLook: boolean;
}

/** A request that was answered with an error. */
export interface FailedRequestView {
  /** As in the answer's X-Request-Id, and on its page. */
  id: string;
  at: number;
  method: string;
  /** The pattern of its address; null where there is no page. */
  route: string | null;
  status: number;
  code: string;
}

/** Kinds of stored records whose number and age admins see, in the order of the page. */
export const KEPT_KINDS = [
  "conversations",
  "messages",
  "files",
  "ratings",
  "verdicts",
  "notes",
  "links",
  "people",
  "sent",
  "participants",
  "bin",
  "errors",
  "ledger",
  "audit",
] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** How many records of a kind are stored. */
export interface KeptFigures {
  count: number;
  /** Time of the oldest; null without any, and for kinds that store no time. */
  oldest: number | null;
}

/** A row of the page of kept data. */
export interface KeptRow {
  kind: KeptKind;
  /** For how long they are kept; null for ever. */
  days: number | null;
  /** Null before they were counted. */
  figures: KeptFigures | null;
}
