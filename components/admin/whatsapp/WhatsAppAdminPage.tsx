import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import { AdminPage } from "../AdminPage.tsx";

const HOME = "/admin/whatsapp";

/** The pages on WhatsApp, in the order of their own navigation. */
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
  /** Which of the places it belongs to, by its label. */
  place: (typeof PLACES)[number]["label"];
  children: ComponentChildren;
}

/** A page on WhatsApp, with the way to the others. */
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
