/** An entry of the audit log, as a page shows it. */
export interface AuditView {
  id: string;
  at: number;
  who: string;
  action: string;
  thing: string;
  changes: { field: string; before: string; after: string }[];
}
