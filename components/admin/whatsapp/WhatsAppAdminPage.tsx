import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import { AdminPage } from "../AdminPage.tsx";

const HOME = "/admin/whatsapp";

/** WhatsApp pages, in the order of their navigation. */
const PLACES = [
  { href: HOME, label: "Connection" },
  { href: `${HOME}/people`, label: "People" },
  { href: `${HOME}/faults`, label: "Delivery errors" },
  { href: `${HOME}/opt-outs`, label: "Opt-outs" },
  { href: `${HOME}/simulator`, label: "Simulator" },
] as const;

interface WhatsAppPageProps {
  title: string;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  /** Label of the current page in the navigation. */
  place: (typeof PLACES)[number]["label"];
  children: ComponentChildren;
}

/** A WhatsApp page with its sub-navigation. */
export function WhatsAppAdminPage({ title, lead, actions, place, children }: WhatsAppPageProps) {
  return (
    <AdminPage title={title} lead={lead} actions={actions}>
      <Head>
        <link key="whatsapp-styles" rel="stylesheet" href={asset("/admin_whatsapp.css")} />
      </Head>
      <nav class="places" aria-label="WhatsApp">
        {PLACES.map(({ href, label }) => (
          <a
            key={href}
            class="button"
            href={href}
            aria-current={label === place ? "page" : "false"}
          >
            {label}
          </a>
        ))}
      </nav>
      {children}
    </AdminPage>
  );
}
