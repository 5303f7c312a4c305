import { EMAIL, PASSWORD } from "../support/admin.ts";
import { ADMIN_ENV } from "../support/admin_page.ts";
import { assertEquals } from "../support/assert.ts";
import { scratch } from "../support/scratch.ts";
import { startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

Deno.test({
  name: "a server with the rights of `deno task start` makes a backup in the night, and proves it",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using files = await scratch();
    const folder = `${files.folder}/backups`;
    await using server = await startServer({
      env: {
        ...ADMIN_ENV,
        BACKUP_DIR: folder,
        BACKUP_KEY: "a passphrase of many letters",
      },
    });
    const login = await fetch(`${server.url}/admin/login`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ email: EMAIL, password: PASSWORD }),
    });
    await login.body?.cancel();
    const [cookie = ""] = login.headers.getSetCookie()[0]?.split(";") ?? [];
    await until("a proven backup", async () => {
      const page = await fetch(`${server.url}/admin/backups`, { headers: { cookie } });
      return /Proven today/.test(await page.text());
    }, 60_000);
    assertEquals(server.logged("error"), []);
    const left = await Array.fromAsync(Deno.readDir(folder));
    assertEquals(left.map(({ name }) => name.replace(/-[\d-]+T\d+Z/, "")), ["obt-helper.backup"]);
  },
});
