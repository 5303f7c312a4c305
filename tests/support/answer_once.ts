import type { Page, Route } from "playwright-core";

/**
 * Answers the first request in the server's place; later ones reach it. The route stays, unlike one
 * with `times`: to take the last route away changes how the browser sends requests, while code that
 * the answer calls for is being loaded.
 */
export async function answerOnce(
  page: Page,
  url: string,
  answer: () => Parameters<Route["fulfill"]>[0],
): Promise<void> {
  let answered = false;
  await page.route(url, (route) => {
    if (answered) return route.continue();
    answered = true;
    return route.fulfill(answer());
  });
}
