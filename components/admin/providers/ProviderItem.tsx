import { PROVIDER_TEST_TEXTS } from "../../../lib/locales/admin/providers.ts";
import type { ProviderRow } from "../../../lib/shared/views/provider_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { MenuAction } from "../MenuEntries.tsx";
import { When } from "../When.tsx";
import { aboutProvider, mostCostText, stateChip } from "./provider_texts.ts";

interface ProviderItemProps {
  token: string;
  provider: ProviderRow;
  timeZone: string;
}

/** A provider: its state, its test and its place in the order. */
export function ProviderItem({ token, provider, timeZone }: ProviderItemProps) {
  const { name, title, own, test, testCost } = provider;
  const { kind, text } = stateChip(provider, timeZone);
  return (
    <li id={`provider-${name}`} class="row wrap">
      <div class="g">
        <p>
          <b>{title}</b> <span class={`chip ${kind}`.trim()}>{text}</span>
          {own && (
            <>
              {" "}
              <span class="chip plain">Own server</span>
            </>
          )}
        </p>
        <p class="meta">{aboutProvider(provider, timeZone)}</p>
        {test && (
          <p class="meta">
            Tested <When at={test.at} timeZone={timeZone} />: {PROVIDER_TEST_TEXTS[test.code]}
          </p>
        )}
      </div>
      <div class="acts">
        <AdminForm token={token}>
          <input type="hidden" name="name" value={name} />
          <button class="btn" name="action" value="test" type="submit">
            <span>
              Test<span class="sr">{` ${title}`}</span>
              {testCost !== null && ` · ${mostCostText(testCost)}`}
            </span>
          </button>
        </AdminForm>
        <Menu token={token} provider={provider} />
      </div>
    </li>
  );
}

function Menu(
  { token, provider: { name, title, used, first, last } }: Omit<ProviderItemProps, "timeZone">,
) {
  const of = <span class="sr">{` ${title}`}</span>;
  return (
    <details class="menu" name="menu">
      <summary class="icon-btn">
        <AdminIcon name="dots" />
        <span class="sr">Actions for {title}</span>
      </summary>
      <AdminForm token={token}>
        <input type="hidden" name="name" value={name} />
        <ul>
          <li class="of" aria-hidden="true">{title}</li>
          {used
            ? (
              <>
                <MenuAction value="up" icon="up" id={`up-${name}`} disabled={first}>
                  Move{of} up
                </MenuAction>
                <MenuAction value="down" icon="down" id={`down-${name}`} disabled={last}>
                  Move{of} down
                </MenuAction>
                <li class="rule" aria-hidden="true" />
                <MenuAction value="leave" icon="power">Leave{of} out of the order</MenuAction>
              </>
            )
            : <MenuAction value="use" icon="power">Let{of} answer when others fail</MenuAction>}
        </ul>
      </AdminForm>
    </details>
  );
}
