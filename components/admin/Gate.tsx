import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import type { KeptFormView } from "../../lib/shared/views/admin_view.ts";
import { AdminIcon } from "./AdminIcon.tsx";
import { Note } from "./Note.tsx";

/** A panel with one matter: signing in, or an error. */
export function GatePanel({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel narrow">
      <Head>
        <title>{title}</title>
      </Head>
      <div class="pad form">{children}</div>
    </section>
  );
}

/** Shown instead of the area until a password and administrators are configured. */
export function ClosedPage() {
  return (
    <GatePanel title="The admin area is closed">
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
        <a class="btn" href="/">See all tools</a>
      </p>
    </GatePanel>
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
  if (kept === null) {
    return (
      <GatePanel title="You are signed out">
        <h1>You are signed out</h1>
        <p>Nothing was changed, because your session has ended. Sign in and do it again.</p>
        <a class="btn pri full" href="/admin/login">Sign in</a>
      </GatePanel>
    );
  }
  const { email, form } = kept;
  return (
    <GatePanel title="Sign in again">
      <h1>Sign in again</h1>
      <p class="alert calm">
        <AdminIcon name="info" />
        <span class="g">
          <b>Your text is kept.</b>{" "}
          Nothing was changed, because your session has ended. What you typed comes back after you
          sign in with the same e-mail.
        </span>
      </p>
      <LoginForm email={email} next={form.to} kept={form} refusal={null} />
      <a class="meta" href="/admin/login">Sign in as somebody else</a>
    </GatePanel>
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
    <GatePanel title={`Sign in · ${organisation}`}>
      <h1>Sign in</h1>
      {refusal !== null && <Note good={false} id="refusal">{refusal}</Note>}
      {kept !== null && <p class="meta">Your text is kept.</p>}
      <LoginForm {...login} />
    </GatePanel>
  );
}

function LoginForm({ email, next, refusal, kept }: Omit<LoginPageProps, "organisation">) {
  const carried = kept && JSON.stringify({ to: kept.to, fields: kept.fields, file: kept.file });
  return (
    <form method="post" action="/admin/login" class="form">
      <input type="hidden" name="next" value={next} />
      {carried && <input type="hidden" name="kept" value={carried} />}
      <label class="field">
        <span>E-mail</span>
        <input
          class="in"
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
          class="in"
          type="password"
          name="password"
          autocomplete="current-password"
          maxLength={1000}
          required
          aria-describedby={refusal === null ? undefined : "refusal"}
        />
      </label>
      <button class="btn pri full" type="submit">
        {kept === null ? "Sign in" : "Continue where I was"}
      </button>
    </form>
  );
}

interface AdminErrorProps {
  status: number;
  title: string;
  detail: string;
  /** A signed-in administrator gets links into the area. */
  signedIn: boolean;
  /** The request's id, by which the error is found. */
  reference: string;
}

export function AdminError({ status, title, detail, signedIn, reference }: AdminErrorProps) {
  return (
    <GatePanel title={title}>
      <p class="meta">Error {status}</p>
      <h1>{title}</h1>
      <p>{detail}</p>
      {reference !== "" && (
        <p class="meta">
          Reference:{" "}
          {signedIn ? <a href={`/admin/errors?id=${reference}`}>{reference}</a> : reference}
        </p>
      )}
      <p>
        <a class="btn" href={signedIn ? "/admin" : "/"}>
          {signedIn ? "To the overview" : "See all tools"}
        </a>
      </p>
    </GatePanel>
  );
}
