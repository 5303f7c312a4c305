import type { ComponentChildren } from "preact";

interface AdminFormProps {
  /** CSRF token of the session. */
  token: string;
  /** Address to post to; default: the current page. */
  action?: string;
  class?: string;
  id?: string;
  /** Send as `multipart/form-data`, for files. */
  multipart?: boolean;
  /** Leave all checks to the server, as of fields that may be out of sight. */
  noValidate?: boolean;
  children: ComponentChildren;
}

/** POST form that carries the session's CSRF token. */
export function AdminForm(props: AdminFormProps) {
  const { token, action, class: className, id, multipart = false, noValidate, children } = props;
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={className}
      noValidate={noValidate}
      enctype={multipart ? "multipart/form-data" : undefined}
    >
      <input type="hidden" name="csrf" value={token} />
      {children}
    </form>
  );
}
