import { makeSignInLink } from "@signalbox/db";
import type { Page } from "playwright-core";
import { ADMINISTRATOR, ANALYST, fill, OBSERVER, OPERATOR, OWNER, press, SLT_CHAIR, SUBMITTER } from "./visit.ts";
import type { Visits } from "./visit.ts";

/** Asks for links until that is refused: somebody who is not known, so no mail is made. */
const askTooOften = async (page: Page) => {
  const email = "nobody@example.org";
  const token = await page.locator("main input[name=_csrf]").first().inputValue();
  for (let times = 0; times < 40; times++) {
    const answer = await page.request.post("/sign-in", { form: { email, _csrf: token } });
    if (answer.status() === 429) break;
  }
  await fill({ "E-mail address": email }, "Mail me a link")(page);
};

export const signingIn: Visits = {
  "/": [
    { as: null, path: "/" },
    ...[SLT_CHAIR, OWNER, ANALYST, SUBMITTER, OBSERVER, ADMINISTRATOR, OPERATOR].map((as) => ({ as, path: "/" })),
    { as: null, path: "/there-is-no-such-page", status: 404, shows: "front page" },
  ],
  "/sign-in": [
    { as: null, path: "/sign-in" },
    { as: null, path: "/sign-in", act: press("Mail me a link"), shows: "Enter an e-mail address" },
    {
      as: null,
      path: "/sign-in",
      act: fill({ "E-mail address": SUBMITTER }, "Mail me a link"),
      shows: "Check your e-mail",
    },
    { as: null, path: "/sign-in", act: askTooOften, shows: "try again" },
  ],
  "/sign-in/:token": [
    { as: null, path: async ({ db }) => `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}` },
    { as: null, path: "/sign-in/used-before", status: 404 },
  ],
  "/api/docs": [{ as: null, path: "/api/docs" }],
  "/account": [
    { as: SLT_CHAIR, path: "/account" },
    { as: SUBMITTER, path: "/account" },
    { as: OPERATOR, path: "/account" },
  ],
  "/calendar": [
    { as: OWNER, path: "/calendar", shows: "no address yet" },
    { as: OWNER, path: "/calendar", act: press("Make an address"), shows: "It is shown once" },
    { as: OWNER, path: "/calendar", shows: "has had its address" },
    { as: OWNER, path: "/calendar", act: press("End the address"), shows: "has ended" },
  ],
};
