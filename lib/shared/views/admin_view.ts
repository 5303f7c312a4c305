/** An entry of the audit log, as a page shows it. */
export interface AuditView {
  id: string;
  at: number;
  who: string;
  action: string;
  thing: string;
  changes: { field: string; before: string; after: string }[];
}

/** A form that came after its session had ended, carried to the new one. */
export interface KeptFormView {
  /** The path that it was sent to. */
  to: string;
  fields: [name: string, value: string][];
  /** Whether it brought a file, which is not carried. */
  file: boolean;
  /** Whether its page can show it again before it is saved. */
  canLook: boolean;
}
