import type { Page } from "playwright-core";

/** Makes `other` a further device of `first`'s visitor, and waits until it is. */
export async function linkDevice(first: Page, other: Page, origin: string): Promise<void> {
  await first.goto(`${origin}/device`);
  await first.getByRole("button", { name: "Show a code" }).click();
  const address = await first.locator("bdi[dir=ltr]").innerText();
  const { pathname, search } = new URL(address);
  await other.goto(origin + pathname + search);
  await other.getByRole("button", { name: "Continue on this device" }).click();
  await other.getByText("Confirm it on the").waitFor();
  await first.getByRole("button", { name: "Confirm" }).click();
  await other.waitForURL(/\/history$/);
}
