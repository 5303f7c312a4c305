import type { WhatsAppOverview } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminIcon, type AdminIconName } from "../AdminIcon.tsx";

interface Need {
  icon: AdminIconName;
  title: string;
  about: string;
  href: string;
}

/** What waits for somebody: people without an answer, messages of unknown state. */
export function Needs({ whatsapp }: { whatsapp: WhatsAppOverview }) {
  const needs = needsOf(whatsapp);
  return (
    <section class="panel">
      <header>
        <h2>Needs somebody</h2>
        {needs.length > 0 && <span class="chip warn plain">{needs.length}</span>}
      </header>
      {needs.length === 0 ? <Nothing /> : (
        <ul class="rows">
          {needs.map(({ icon, title, about, href }) => (
            <li key={title}>
              <a class="row" href={href}>
                <AdminIcon name={icon} />
                <span class="g">
                  <b>{title}</b>
                  <span class="meta">{about}</span>
                </span>
                <AdminIcon name="next" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Nothing() {
  return (
    <div class="empty">
      <span class="good-t">
        <AdminIcon name="check" />
      </span>
      <p>
        <b>Nothing waits for you.</b>
      </p>
      <p>People who wait for an answer and messages that could not be sent appear here.</p>
    </div>
  );
}

function needsOf({ state, paused, asking, unknown }: WhatsAppOverview): Need[] {
  const needs: Need[] = [];
  if (paused !== null) {
    needs.push({
      icon: "alert",
      title: "WhatsApp sends nothing now",
      about: paused.action,
      href: "/admin/whatsapp",
    });
  }
  if (state !== "off" && asking > 0) {
    needs.push({
      icon: "hand",
      title: asking === 1 ? "1 person waits" : `${asking} people wait`,
      about: "On WhatsApp, for a person",
      href: "/admin/whatsapp/waiting",
    });
  }
  if (unknown > 0) {
    needs.push({
      icon: "send",
      title: unknown === 1 ? "1 message to decide on" : `${unknown} messages to decide on`,
      about: "Nobody knows whether WhatsApp sent them",
      href: "/admin/whatsapp/faults",
    });
  }
  return needs;
}
