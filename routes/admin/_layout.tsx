import { AdminShell, AdminStyles } from "@/components/admin/AdminShell.tsx";
import { SignedOutShell } from "@/components/admin/SignedOutShell.tsx";
import { define } from "@/lib/web/define.ts";

/** The admin frame when signed in; otherwise the plain frame, which reveals nothing. */
export default define.layout(({ Component, state, url }) => {
  const { admin, organisation, services } = state;
  if (admin === null) {
    return (
      <SignedOutShell organisation={organisation} title={organisation}>
        <AdminStyles />
        <Component />
      </SignedOutShell>
    );
  }
  return (
    <AdminShell
      organisation={organisation}
      email={admin.email}
      token={admin.csrf}
      path={url.pathname}
      simulated={services.deps.provider.simulated}
    >
      <Component />
    </AdminShell>
  );
});
