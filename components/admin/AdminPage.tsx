import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";

interface AdminPageProps {
  title: string;
  /** What the page is for, in a sentence. */
  lead?: ComponentChildren;
  /** Buttons and links beside the heading. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page within the admin area's frame. */
export function AdminPage({ title, lead, actions, children }: AdminPageProps) {
  return (
    <>
      <Head>
        <title>{`${title} · Admin`}</title>
      </Head>
      <div class="page-head">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div class="page-actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}
