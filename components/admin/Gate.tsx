import { Head } from "fresh/runtime";
import type { KeptFormView } from "../../lib/shared/views/admin_view.ts";
import { Note } from "./Note.tsx";

/** Shown instead of the area until a password and administrators are configured. */
export function ClosedPage() {
  return (
    <div class="gate">
      <Head>
        <title>The admin area is closed</title>
      </Head>
      <h1>The admin area is closed</h1>
      <p>
        Whoever runs this server opens it with two settings, in the environment or in the file{" "}
        <code>.env</code>, and a restart:
      </p>
      <pre class="settings"><code>{SETTINGS}</code></pre>
      <p class="meta">
        The password has at least 8 characters, better 12 or more. Several addresses are separated
        by commas. In place of the password its argon2id hash is taken as well.
      </p>
      <p>
        <a class="button" href="/">See all tools</a>
      </p>
    </div>
  );
}

const SETTINGS = `ADMIN_PASSWORD=a long password of your own
ALLOWED_ADMIN_EMAILS=you@example.org`;

interface SignedOutPageProps {
  /** The ended session's e-mail and the late form; null when unknown. */
  kept: { email: string; form: KeptFormView } | null;
}

/** Answer to a form posted after the session ended: nothing changed, the input is kept. */
export function SignedOutPage({ kept }: SignedOutPageProps) {
  return (
    <div class="gate">
      <Head>
        <title>You are signed out</title>
      </Head>
      <h1>You are signed out</h1>
      <p>
        Nothing was changed, because your session has ended. {kept === null
          ? "Sign in and do it again."
          : "Sign in with the same e-mail address to get back what you typed."}
      </p>
      {kept === null
        ? (
          <p>
            <a class="button primary" href="/admin/login">Sign in</a>
          </p>
        )
        : <LoginForm email={kept.email} next={kept.form.to} kept={kept.form} refusal={null} />}
    </div>
  );
}

interface LoginPageProps {
  organisation: string;
  email: string;
  /** Path to open after the login. */
  next: string;
  /** Why the last attempt failed, or null. */
  refusal: string | null;
  /** Input kept from the ended session, or null. */
  kept: KeptFormView | null;
}

export function LoginPage({ organisation, ...login }: LoginPageProps) {
  const { refusal, kept } = login;
  return (
    <div class="gate">
      <Head>
        <title>{`Sign in · ${organisation}`}</title>
      </Head>
      <h1>Sign in</h1>
      <p>For those who manage the tools of {organisation}.</p>
      {refusal !== null && <Note good={false} id="refusal">{refusal}</Note>}
      {kept !== null && <p class="meta">What you typed before is kept until you are signed in.</p>}
      <LoginForm {...login} />
    </div>
  );
}

function LoginForm({ email, next, refusal, kept }: Omit<LoginPageProps, "organisation">) {
  const carried = kept && JSON.stringify({ to: kept.to, fields: kept.fields, file: kept.file });
  return (
    <form method="post" action="/admin/login" class="fields">
      <input type="hidden" name="next" value={next} />
      {carried && <input type="hidden" name="kept" value={carried} />}
      <label class="field">
        <span>E-mail address</span>
        <input
          type="email"
          name="email"
          value={email}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={200}
          required
          aria-describedby={refusal === null ? undefined : "refusal"}
        />
      </label>
      <label class="field">
        <span>Password</span>
        <input
          type="password"
          name="password"
          autocomplete="current-password"
          maxLength={1000}
          required
          aria-describedby={refusal === null ? undefined : "refusal"}
        />
      </label>
      <button class="button primary" type="submit">Sign in</button>
    </form>
  );
}

interface AdminErrorProps {
  status: number;
  title: string;
  detail: string;
  /** A signed-in administrator gets links into the area. */
  signedIn: boolean;
}

export function AdminError({ status, title, detail, signedIn }: AdminErrorProps) {
  return (
    <div class="gate">
      <Head>
        <title>{title}</title>
      </Head>
      <p class="status">Error {status}</p>
      <h1>{title}</h1>
      <p>{detail}</p>
      <p>
        <a class="button" href={signedIn ? "/admin" : "/"}>
          {signedIn ? "To the overview" : "See all tools"}
        </a>
      </p>
    </div>
  );
}
