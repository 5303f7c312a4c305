import { assert, assertEquals } from "./assert.ts";
import { openSite, type Site } from "./site.ts";

export const PASSWORD = "correct horse battery staple";
export const EMAIL = "ada@example.org";
export const OTHER = "grace@example.org";

/** A clock that a test sets. */
export interface TestClock {
  now: number;
}

/** A site with two admin accounts, at a time that the test sets. */
export async function openAdminSite(
  env: Record<string, string> = {},
  path?: string,
): Promise<Site & { clock: TestClock }> {
  const clock = { now: Date.UTC(2026, 5, 15, 9) };
  const site = await openSite({
    env: { ADMIN_PASSWORD: PASSWORD, ALLOWED_ADMIN_EMAILS: `${EMAIL},${OTHER}`, ...env },
    clock: () => clock.now,
    ...(path === undefined ? {} : { path }),
  });
  return { ...site, clock };
}

/** Posts a form as a browser on this site does. */
export function post(
  site: Site,
  path: string,
  fields: Record<string, string>,
  cookie = "",
  from?: string,
): Promise<Response> {
  return site.fetch(path, {
    method: "POST",
    headers: { ...(cookie === "" ? {} : { cookie }), "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(fields),
  }, from);
}

/** A signed-in browser; keeps its cookie, new ones included. */
export class Admin {
  private constructor(
    private readonly site: Site,
    public cookie: string,
    private readonly from?: string,
  ) {}

  static async signIn(
    site: Site,
    { email = EMAIL, password = PASSWORD, userAgent = "", cookie = "", from }: {
      email?: string;
      password?: string;
      userAgent?: string;
      cookie?: string;
      /** Remote address of its requests. */
      from?: string;
    } = {},
  ): Promise<Admin> {
    const answer = await site.fetch("/admin/login", {
      method: "POST",
      headers: { "user-agent": userAgent, cookie },
      body: new URLSearchParams({ email, password }),
    });
    assertEquals(answer.status, 303, await answer.text());
    return new Admin(site, cookieOf(answer) ?? "", from);
  }

  async get(path: string): Promise<Response> {
    return this.kept(await this.site.fetch(path, { headers: { cookie: this.cookie } }));
  }

  async post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.kept(await post(this.site, path, fields, this.cookie, this.from));
  }

  /** The token in this session's forms. */
  async token(): Promise<string> {
    const html = await (await this.get("/admin/sessions")).text();
    const [, token] = /name="csrf" value="([\w-]{86})"/.exec(html) ?? [];
    assert.ok(token, "The page has no form with a token");
    return token;
  }

  /** Whether the session is still valid. */
  async isIn(): Promise<boolean> {
    const { status } = await this.get("/admin");
    assert.ok(status === 200 || status === 303, `Status ${status}`);
    return status === 200;
  }

  private kept(answer: Response): Response {
    this.cookie = cookieOf(answer) ?? this.cookie;
    return answer;
  }
}

/** `name=value` of the cookie that an answer sets. */
export function cookieOf(answer: Response): string | null {
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? null;
}
