import type { ComponentChildren } from "preact";

interface AdminFormProps {
  /** The session's token, without which nothing is taken. */
  token: string;
  /** Where to send it; by default to the page that it is on. */
  action?: string;
  class?: string;
  /** For forms with a file. */
  multipart?: boolean;
  children: ComponentChildren;
}

/** A form that changes something, with the proof that it came from this session's page. */
export function AdminForm(props: AdminFormProps) {
  const { token, action, class: className, multipart = false, children } = props;
  return (
    <form
      method="post"
      action={action}
      class={className}
      enctype={multipart ? "multipart/form-data" : undefined}
    >
      <input type="hidden" name="csrf" value={token} />
      {children}
    </form>
  );
}
