import { BACKUP_FAULT_TEXTS } from "../../../lib/locales/admin/alerts.ts";
import { dayText } from "../../../lib/locales/admin/backups.ts";
import { PROVIDER_NAMES } from "../../../lib/locales/admin/providers.ts";
import type { WhatsAppOverview } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import type { BackupSummary } from "../../../lib/shared/views/backup_view.ts";
import type { EndingModel } from "../../../lib/shared/views/model_view.ts";
import type { DashboardView } from "../../../lib/shared/views/report_view.ts";
import { EndingModelRow } from "../models/EndingModelRow.tsx";
import { AllFine } from "../AllFine.tsx";
import { AdminIcon, type AdminIconName } from "../AdminIcon.tsx";

interface Need {
  icon: AdminIconName;
  title: string;
  about: string;
  href: string;
}

export interface NeedsProps {
  whatsapp: WhatsAppOverview;
  models: DashboardView["paused"];
  /** Models in use that have ended or end soon. */
  endings: readonly EndingModel[];
  /** API keys that were not used for long. */
  idleKeys: readonly { id: string; name: string }[];
  /** The last proven restore; null without a place for backups. */
  backups: (BackupSummary & { timeZone: string; now: number }) | null;
  /** CSRF token of the session. */
  token: string;
}

/**
 * What waits for somebody: models that fail or end, people without an answer, messages of unknown
 * state, keys that are not used.
 */
export function Needs({ whatsapp, models, endings, idleKeys, backups, token }: NeedsProps) {
  const needs = [
    ...backups?.failed ? [needOfBackup(backups.failed)] : [],
    ...models.map(needOfModel),
    ...needsOf(whatsapp),
    ...idleKeys.map(needOfKey),
  ];
  const count = needs.length + endings.length;
  return (
    <section class="panel">
      <header>
        <h2>Needs somebody</h2>
        {count > 0 && <span class="chip warn plain">{count}</span>}
      </header>
      {count === 0
        ? (
          <AllFine title="Nothing waits for you.">
            People who wait for an answer, messages that could not be sent, and models that fail or
            end appear here.
          </AllFine>
        )
        : (
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
            {endings.map((ending) => (
              <EndingModelRow key={ending.name} token={token} ending={ending} />
            ))}
          </ul>
        )}
      {backups !== null && (
        <p class="foot">
          <span>Last proven restore: {provenDay(backups)}</span>
          <a href="/admin/backups">Backups</a>
        </p>
      )}
    </section>
  );
}

function provenDay({ proven, ...where }: NonNullable<NeedsProps["backups"]>): string {
  return proven === null ? "None yet" : dayText(proven.at, where);
}

function needOfBackup({ code }: NonNullable<BackupSummary["failed"]>): Need {
  return {
    icon: "disks",
    title: BACKUP_FAULT_TEXTS.get(code) ?? "A backup failed",
    about: "See which one is the newest to rely on",
    href: "/admin/backups",
  };
}

function needOfModel({ provider, model, needsPerson }: DashboardView["paused"][number]): Need {
  const title = PROVIDER_NAMES.get(provider) ?? provider;
  return {
    icon: "alert",
    title: needsPerson ? `${title} is not asked` : `${model} of ${title} fails`,
    about: needsPerson
      ? "It refuses our key, or its account is empty"
      : "It is tried again within 5 minutes",
    href: "/admin/providers",
  };
}

function needOfKey({ id, name }: NeedsProps["idleKeys"][number]): Need {
  return {
    icon: "key",
    title: `API key “${name}” is not used`,
    about: "For 90 days or more. End it, if no program needs it",
    href: `/admin/keys/${id}`,
  };
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
