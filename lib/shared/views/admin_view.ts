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
