import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";

interface AdminPageProps {
  title: string;
  /** The page's purpose, in one sentence. */
  lead?: ComponentChildren;
  /** Buttons and links beside the heading. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** Heading and content of a page in the admin area. */
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
