import type { ComponentChildren } from "preact";
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
  marks?: ComponentChildren;
  actions?: ComponentChildren;
  parent?: { href: string; label: string };
  /** Label of the current page in the navigation. */
  place: (typeof PLACES)[number]["label"];
  children: ComponentChildren;
}

/** A WhatsApp page with its sub-navigation. */
export function WhatsAppAdminPage({ place, children, ...page }: WhatsAppPageProps) {
  return (
    <AdminPage {...page}>
      <nav class="tabs" aria-label="WhatsApp">
        {PLACES.map(({ href, label }) => (
          <a
            key={href}
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
