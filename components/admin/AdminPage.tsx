import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";

interface AdminPageProps {
  title: string;
  /** The page above this one. */
  parent?: { href: string; label: string };
  /** Chips beside the heading. */
  marks?: ComponentChildren;
  /** The page's purpose, in one sentence. */
  lead?: ComponentChildren;
  /** Buttons and links beside the heading. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** Heading and content of a page in the admin area. */
export function AdminPage({ title, parent, marks, lead, actions, children }: AdminPageProps) {
  return (
    <>
      <Head>
        <title>{`${title} · Admin`}</title>
      </Head>
      <div class="head">
        <div>
          {parent && (
            <p class="crumb">
              <a href={parent.href}>← {parent.label}</a>
            </p>
          )}
          <div class="title">
            <h1>{title}</h1>
            {marks}
          </div>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div class="acts">{actions}</div>}
      </div>
      {children}
    </>
  );
}
