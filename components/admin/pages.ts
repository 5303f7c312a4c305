/** The pages of the admin area, in the order of its navigation. A new area adds its line. */
export const ADMIN_PAGES: readonly { href: string; label: string }[] = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/costs", label: "Costs" },
  { href: "/admin/tools", label: "Tools" },
  { href: "/admin/conversations", label: "Conversations" },
  { href: "/admin/whatsapp", label: "WhatsApp" },
  { href: "/admin/audit", label: "Audit" },
  { href: "/admin/sessions", label: "Sessions" },
];

/** Which of them a path belongs to. */
export function adminPageOf(path: string): string | null {
  const found = ADMIN_PAGES.findLast(({ href }) =>
    path === href || (href !== "/admin" && path.startsWith(`${href}/`))
  );
  return found?.href ?? null;
}
