/*
 * Prints Lighthouse's mobile scores of the home page, a chat and the history (of three runs that with
 * the median performance), or of every admin page. Admin pages are run once, and scored for accessibility and best practices only: no search engine is to find them, and
 * their users have the files cached.
 *
 *     deno run -A --lock=tests/deno.lock tests/audit/lighthouse.ts [admin]
 *
 * Lighthouse runs from npm as a program of its own and stands in no lock file.
 */
import { ADMIN_ENV } from "../support/admin_page.ts";
import { adminViews, fillAdminArea } from "../support/admin_views.ts";
import { launchBrowser } from "../support/chromium.ts";
import { startServer } from "../support/server.ts";
import { Visitor } from "../support/visitor.ts";

const GOALS: Record<string, number> = {
  performance: 98,
  accessibility: 100,
  "best-practices": 100,
  seo: 100,
};

interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

/** Lighthouse's figures vary with the machine's other load. */
const RUNS = 3;

/** Categories that are audited in the admin area. */
const ADMIN = ["accessibility", "best-practices"];

type Audited = [name: string, path: string, headers: Record<string, string>];

const port = freePort();
await using server = await startServer({
  env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" },
  backups: true,
});
const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
const inside = Deno.args[0] === "admin";
const categories = inside ? ADMIN : Object.keys(GOALS);
for (const [name, path, headers] of await (inside ? adminPages() : chatPages())) {
  const reports: Report[] = [];
  for (let run = 0; run < (inside ? 1 : RUNS); run++) {
    reports.push(await audit(server.url + path, headers));
  }
  const sorted = reports.toSorted((a, b) => performanceOf(a) - performanceOf(b));
  const middle = sorted[sorted.length >> 1];
  if (middle) tell(name, middle);
}
await browser.close();

function performanceOf({ categories }: Report): number {
  return categories.performance?.score ?? 0;
}

async function chatPages(): Promise<Audited[]> {
  const visitor = new Visitor(server.url);
  await visitor.ask("A table, code and maths in detail");
  return [
    ["home", "/", {}],
    ["empty chat", "/chat/general-assistant", {}],
    ["chat", "/chat/general-assistant", { cookie: visitor.cookie }],
    ["history", "/history", { cookie: visitor.cookie }],
  ];
}

async function adminPages(): Promise<Audited[]> {
  const context = await browser.newContext();
  const found = await fillAdminArea(await context.newPage(), server.url);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const views = await adminViews(found);
  return [["login", "/admin/login", {}], ...views.map((view): Audited => [view, view, { cookie }])];
}

async function audit(url: string, headers: Record<string, string>): Promise<Report> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-config", "--no-lock", "--node-modules-dir=none"],
      ...["npm:lighthouse@13.5.0", url, `--port=${port}`, "--quiet", "--output=json"],
      `--only-categories=${categories}`,
      `--extra-headers=${JSON.stringify(headers)}`,
      "--no-enable-error-reporting",
    ],
    cwd: Deno.env.get("TMPDIR") ?? "/tmp",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function tell(name: string, { categories, audits }: Report): void {
  const scores = Object.entries(categories).map(([id, { score }]): [string, number] => [
    id,
    Math.round(score * 100),
  ]);
  say(`${name}: ${scores.map(([id, points]) => `${id} ${points}`).join(", ")}`);
  if (scores.some(([id, points]) => points < (GOALS[id] ?? 0))) Deno.exitCode = 1;
  for (const { auditRefs } of Object.values(categories)) {
    for (const { id, weight } of auditRefs) {
      const { score = null, title, displayValue = "" } = audits[id] ?? {};
      if (weight > 0 && score !== null && score < 1) {
        say(`  ${id} ${score}: ${title} ${displayValue}`);
      }
    }
  }
}

function say(line: string): void {
  // deno-lint-ignore no-console -- what the program is for
  console.log(line);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
