interface AdminPlace {
  href: string;
  label: string;
  /** Other addresses that belong to it, and have their own way among themselves. */
  also?: readonly string[];
}

/** The pages of the admin area, in the order of its navigation. A new area adds its line. */
export const ADMIN_PAGES: readonly AdminPlace[] = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/costs", label: "Costs" },
  { href: "/admin/tools", label: "Tools" },
  { href: "/admin/conversations", label: "Conversations" },
  { href: "/admin/whatsapp", label: "WhatsApp" },
  {
    href: "/admin/settings",
    label: "Settings",
    also: ["/admin/limits", "/admin/prices", "/admin/alerts"],
  },
  { href: "/admin/audit", label: "Audit" },
  { href: "/admin/sessions", label: "Sessions" },
];

/** Which of them a path belongs to. */
export function adminPageOf(path: string): string | null {
  const found = ADMIN_PAGES.findLast(({ href, also = [] }) =>
    [href, ...also].some((place) =>
      path === place || (place !== "/admin" && path.startsWith(`${place}/`))
    )
  );
  return found?.href ?? null;
}
