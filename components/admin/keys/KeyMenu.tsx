import { AdminIcon } from "../AdminIcon.tsx";
import { MenuLink } from "../MenuEntries.tsx";

/** Actions on one key. */
export function KeyMenu({ id, name }: { id: string; name: string }) {
  const of = <span class="sr">{` “${name}”`}</span>;
  const href = `/admin/keys/${id}`;
  return (
    <details class="menu" name="menu">
      <summary class="icon-btn">
        <AdminIcon name="dots" />
        <span class="sr">Actions for “{name}”</span>
      </summary>
      <ul>
        <li class="of" aria-hidden="true">{name}</li>
        <MenuLink href={href} icon="edit">Edit{of}</MenuLink>
        <MenuLink href={`${href}#replace`} icon="copy">Replace{of}</MenuLink>
        <MenuLink href={`${href}#end`} icon="trash">End key{of}</MenuLink>
      </ul>
    </details>
  );
}
