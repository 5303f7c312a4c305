import type { AdminIconName } from "./AdminIcon.tsx";

interface AdminPlace {
  href: string;
  label: string;
  icon: AdminIconName;
  /** Further paths under the same entry, with a sub-navigation of their own. */
  also?: readonly string[];
}

interface AdminGroup {
  /** null for the entries at the top, which need no heading. */
  title: string | null;
  pages: readonly AdminPlace[];
}

/** Entries of the admin navigation in their groups, in order. */
export const ADMIN_GROUPS: readonly AdminGroup[] = [
  {
    title: null,
    pages: [
      { href: "/admin", label: "Overview", icon: "home" },
      { href: "/admin/conversations", label: "Conversations", icon: "bubble" },
      { href: "/admin/whatsapp", label: "WhatsApp", icon: "phone" },
    ],
  },
  {
    title: "Tools",
    pages: [
      { href: "/admin/tools", label: "Tools", icon: "tools" },
      { href: "/admin/experiments", label: "Experiments", icon: "flask" },
      { href: "/admin/golden", label: "Golden conversations", icon: "star" },
    ],
  },
  {
    title: "Money",
    pages: [
      { href: "/admin/costs", label: "Costs", icon: "coin" },
      { href: "/admin/budgets", label: "Budgets", icon: "gauge" },
    ],
  },
  {
    title: "Set-up",
    pages: [
      { href: "/admin/providers", label: "Providers and models", icon: "server" },
      { href: "/admin/keys", label: "API keys", icon: "key" },
      {
        href: "/admin/settings",
        label: "Settings",
        icon: "sliders",
        also: ["/admin/limits", "/admin/prices", "/admin/alerts", "/admin/kept"],
      },
      { href: "/admin/backups", label: "Backups", icon: "disks" },
      { href: "/admin/errors", label: "Errors", icon: "alert" },
      { href: "/admin/doctor", label: "Check-up", icon: "check" },
      { href: "/admin/audit", label: "Audit", icon: "list" },
    ],
  },
];

/** The entry of a path, or null. */
export function adminPageOf(path: string): string | null {
  const found = ADMIN_GROUPS.flatMap(({ pages }) => pages).findLast(({ href, also = [] }) =>
    [href, ...also].some((place) => isBelow(path, place))
  );
  return found?.href ?? null;
}

function isBelow(path: string, place: string): boolean {
  return path === place || (place !== "/admin" && path.startsWith(`${place}/`));
}
