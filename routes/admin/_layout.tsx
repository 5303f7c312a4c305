import { Head } from "fresh/runtime";
import { AdminShell } from "@/components/admin/AdminShell.tsx";
import { GateShell } from "@/components/admin/GateShell.tsx";
import { Styles } from "@/components/ui/Styles.tsx";
import { define } from "@/lib/web/define.ts";

/** The admin frame when signed in; otherwise a plain one, which reveals nothing. */
export default define.layout(async ({ Component, state, url }) => {
  const { admin, organisation, services } = state;
  const noIndex = (
    <Head>
      <meta key="robots" name="robots" content="noindex" />
    </Head>
  );
  if (admin === null) {
    return (
      <>
        <Styles sheet="/admin.css" />
        {noIndex}
        <GateShell organisation={organisation}>
          <Component />
        </GateShell>
      </>
    );
  }
  // A page without the number is better than none.
  const waiting = await services.whatsappAdmin.waiting.count().catch(() => 0);
  return (
    <>
      <Styles sheet="/admin.css" />
      {noIndex}
      <AdminShell
        organisation={organisation}
        email={admin.email}
        token={admin.csrf}
        path={url.pathname}
        waiting={waiting}
        simulated={services.deps.provider.simulated}
      >
        <Component />
      </AdminShell>
    </>
  );
});
