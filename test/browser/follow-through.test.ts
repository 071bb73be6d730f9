import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leftOut } from "../harness/left-out.ts";
import type { ReadMail } from "../harness/mail-catcher.ts";
import { counted } from "../pipeline/quiet.ts";
import { executablePath, expectAccessible } from "./browser.ts";
import { said, standing } from "./follow-through/case-page.ts";
import {
  BOARD_MEMBER,
  CHAIR,
  EXECUTIVE,
  OWNER,
  SECRETARY,
  SLT_CHAIR,
  UNTIL_JANUARY,
} from "./follow-through/catalogue.ts";
import { type Journey, startJourney, twiceInOneDay } from "./follow-through/journey.ts";
import { pathIn } from "./follow-through/people.ts";
import { fill, press } from "./visits/visit.ts";

if (executablePath === undefined) leftOut("test/browser: a case followed through", "Chromium is not installed");

const LIMIT = 120_000;
const LEADERS = [BOARD_MEMBER, CHAIR.email, SECRETARY.email, SLT_CHAIR.email].toSorted();
const digestTo = (people: readonly string[]) => people.map((person) => `digest ${person}`);
const open = async (page: Page, words: string) => page.locator("summary", { hasText: words }).first().click();

describe.runIf(executablePath !== undefined)("a case from its request to its end, in a real browser", () => {
  let journey: Journey;
  let request: ReadMail | undefined;
  beforeAll(async () => {
    journey = await startJourney();
  }, 90_000);
  afterAll(() => journey.close());

  const to = (mails: readonly ReadMail[], { email }: { email: string }) => mails.find((mail) => mail.to === email);
  const stands = async (page: Page, next: string, states: string) => {
    expect(await standing(page, "1")).toEqual({ next: expect.stringContaining(next), states });
  };

  test("its owner is asked, and says by the mail's link that it is seen", { timeout: LIMIT }, async () => {
    await journey.on("2026-02-10");
    const asked = await journey.figures("2024-01", UNTIL_JANUARY);
    expect(counted(asked)).toEqual([`action-plan-request ${OWNER.email}`]);
    request = asked[0];
    await journey.on("2026-02-11");
    const seen = await journey.byLink(request, OWNER, async (page) => {
      await stands(
        page,
        "Say that the case is seen: Olive Owner, by 12 February 2026.",
        "○ Seen, ○ Plan sent, ○ Plan accepted, ○ Actions done, ○ Normal practice",
      );
      await open(page, "Send a holding reply");
      await page.getByLabel("What do you know").fill("Two theatres were shut. We answer next week.");
      await press("Send the reply")(page);
      await stands(
        page,
        "Write an action plan: Olive Owner, by 24 February 2026.",
        "✓ Seen, ○ Plan sent, ○ Plan accepted, ○ Actions done, ○ Normal practice",
      );
    });
    expect(counted(seen)).toEqual([]);
    expect(counted(await journey.on("2026-02-13"))).toEqual(digestTo(LEADERS));
  });

  test("the plan is sent by the same link, sent back, sent again and accepted", { timeout: LIMIT }, async () => {
    await journey.on("2026-02-17");
    const sent = await journey.byLink(request, OWNER, async (page) => {
      await press("Write an action plan")(page);
      await expectAccessible(page);
      await page.getByLabel("Who does it").selectOption(OWNER.email);
      await page.getByLabel("Figure that it moves").selectOption("waiters|NW");
      const words = { "What happened?": "Two theatres were shut.", "Why did it happen?": "Their air plant failed." };
      const action = { "What is done": "Open both theatres again", "Due by": "6/3/2026" };
      const effect = { "By how much": "-120", "By which month or quarter": "March 2026", "March 2026": "180" };
      await fill({ ...words, ...action, ...effect }, "Send it to the forum")(page);
      expect(await said(page)).toContain("What was asked for has come");
    });
    expect(counted(sent)).toEqual([`request ${SLT_CHAIR.email}`]);
    expect(sent[0]?.text).not.toContain("Say you have seen it");
    await journey.on("2026-02-18");
    const back = await journey.signedIn(pathIn(sent[0], /http\S+\/action-plans\/\d+/), SLT_CHAIR, async (page) => {
      await fill({ "What is missing": "Say who runs the list at weekends." }, "Send it back")(page);
      await stands(
        page,
        "Write an action plan: Olive Owner, by 4 March 2026. Revision 1 of the plan was sent back",
        "✓ Seen, ○ Plan sent, ○ Plan accepted, ○ Actions done, ○ Normal practice",
      );
    });
    expect(counted(back)).toEqual([`action-plan-request ${OWNER.email}`]);
    expect(back[0]?.text).toContain("They wrote: Say who runs the list at weekends.");
    await journey.on("2026-02-19");
    const again = await journey.byLink(back[0], OWNER, async (page) => {
      await page.getByRole("link", { name: /^Action plan \d+$/ }).click();
      await page.getByRole("link", { name: "Go on writing" }).click();
      const why = "Their air plant failed. Dr Lane runs the list at weekends.";
      await fill({ "Why did it happen?": why }, "Send it to the forum")(page);
    });
    expect(counted(again)).toEqual([`request ${SLT_CHAIR.email}`]);
    await journey.on("2026-02-20");
    const accepted = await journey.signedIn(pathIn(again[0], /http\S+\/action-plans\/\d+/), SLT_CHAIR, async (page) => {
      expect(await said(page)).toContain("Dr Lane runs the list at weekends");
      await fill({ "A word with it (you may leave it empty)": "Report in March." }, "Accept the plan")(page);
      await stands(
        page,
        "Do an action of the plan: Olive Owner, by 6 March 2026.",
        "✓ Seen, ✓ Plan sent, ✓ Plan accepted, ○ Actions done, ○ Normal practice",
      );
    });
    expect(counted(accepted)).toEqual([`request ${OWNER.email}`]);
    expect(accepted[0]?.text).toContain("They wrote: Report in March.");
  });

  test("its action is late, goes up to the agenda, and is done", { timeout: LIMIT }, async () => {
    expect(counted(await journey.on("2026-03-04"))).toEqual([`reminder ${OWNER.email}`]);
    expect(counted(await journey.on("2026-03-06"))).toEqual([`reminder ${OWNER.email}`]);
    expect(counted(await journey.on("2026-03-09"))).toEqual([`overdue ${OWNER.email}`]);
    await journey.figures("2026-02", [300]);
    expect(counted(await journey.on("2026-03-16"))).toEqual([`overdue ${EXECUTIVE}`]);
    const meeting = { forum: "ELE", date: "2026-03-26", time: "10:00", papers_due: "2026-03-25" };
    const body = JSON.stringify({ meetings: [meeting] });
    const headers = { "content-type": "application/json" };
    expect((await journey.pipeline.api.request("/meetings", { method: "POST", body, headers })).status).toBe(200);
    expect(counted(await journey.on("2026-03-24"))).toEqual([]);
    await journey.signedIn("/meetings", SECRETARY, async (page) => {
      await page.getByRole("link", { name: /Elective Care Board/ }).click();
      expect(await said(page)).toMatch(/Overdue \(1\).*Olive Owner.*6 March 2026.*18 days/);
      await stands(
        page,
        "Do an action of the plan: Olive Owner, overdue since 6 March 2026. It is on the agenda of the board.",
        "✓ Seen, ✓ Plan sent, ✓ Plan accepted, ! Actions done, ○ Normal practice",
      );
    });
    await journey.on("2026-03-27");
    const done = await journey.signedIn("/actions/1", OWNER, async (page) => {
      await open(page, "Say how it stands");
      await page.getByLabel("Complete: it is done").check();
      await fill({ "If it is complete, since which day?": "2026-03-26" }, "Save this rating")(page);
      await stands(
        page,
        "Say if it is normal practice now: Olive Owner, by 5 August 2026.",
        "✓ Seen, ✓ Plan sent, ✓ Plan accepted, ✓ Actions done, ○ Normal practice",
      );
    });
    expect(counted(done)).toEqual([]);
  });

  test("its figure does not move: owner and chair are asked, and answer", { timeout: LIMIT }, async () => {
    await journey.on("2026-04-10");
    const risk = await journey.figures("2026-03", [305]);
    expect(counted(risk)).toEqual([`request ${OWNER.email}`]);
    await journey.byLink(risk[0], OWNER, async (page) => {
      await page.goto("/escalations/1/risk");
      await page.getByLabel("There is no risk, and I say why").check();
      await fill({ "Why is there none?": "It is on the issues log." }, "Send the answer")(page);
    });
    expect(counted(await journey.on("2026-05-12"))).toEqual([]);
    await journey.figures("2026-04", [298]);
    const challenged = await journey.on("2026-05-18");
    const others = LEADERS.filter((one) => one !== SLT_CHAIR.email);
    expect(counted(challenged)).toEqual([...digestTo(others), `request ${OWNER.email}`, `request ${SLT_CHAIR.email}`]);
    expect(to(challenged, SLT_CHAIR)?.text).toContain("Value: 298 in April 2026");
    await journey.on("2026-05-19");
    const answered = await journey.byLink(to(challenged, OWNER), OWNER, async (page) => {
      await page.goto("/escalations/1/challenge");
      await expectAccessible(page);
      await fill({ "Your answer": "The second theatre opened only in May." }, "Send this answer")(page);
    });
    await journey.signedIn("/escalations/1/challenge", SLT_CHAIR, async (page) => {
      await fill({ "Your answer": "We look again in July." }, "Send this answer")(page);
      expect(await said(page)).toContain("The second theatre opened only in May.");
    });
    expect(counted(answered)).toEqual([]);
  });

  test(
    "its figure moves; the chair is asked once it is normal practice, and it steps down",
    { timeout: LIMIT },
    async () => {
      await journey.on("2026-06-09");
      await journey.figures("2026-05", [190]);
      await journey.on("2026-07-08");
      await journey.figures("2026-06", [230]);
      expect(counted(await journey.on("2026-07-13"))).toEqual([]);
      await journey.signedIn("/escalations/1", CHAIR, async (page) => {
        await expectAccessible(page);
        expect(await said(page)).toMatch(/The figure has moved since the actions were done.*Held for sign-off/);
        expect(await said(page)).toContain("1 action of its plan has not. Then its chair is asked to sign it off.");
        expect(await page.getByText("Sign it off, or say why not").count()).toBe(0);
      });
      const embedded = await journey.signedIn("/actions/1", OWNER, async (page) => {
        await open(page, "Say whether it is normal practice");
        const form = page.locator("form", { hasText: "it is how things are done now" });
        await form.getByLabel("Complete and embedded").check();
        await form.getByLabel("If it is complete, since which day?").fill("2026-07-13");
        await form.getByRole("button", { name: "Save this rating" }).click();
        await stands(
          page,
          "Sign the case off: Carla Chair, by 20 July 2026.",
          "✓ Seen, ✓ Plan sent, ✓ Plan accepted, ✓ Actions done, ✓ Normal practice",
        );
      });
      expect(counted(embedded)).toEqual([`request ${CHAIR.email}`]);
      expect(embedded[0]?.text).toMatch(/Value: 230 in June 2026\s+Limit: 260 \(SLT limit\)/);
      await journey.on("2026-07-15");
      await sign(pathIn(embedded[0], /http\S+\/escalations\/\S+/));
      const told = await journey.on("2026-07-16");
      expect(counted(told)).toEqual(digestTo([BOARD_MEMBER, OWNER.email, SECRETARY.email, SLT_CHAIR.email]));
      expect(to(told, OWNER)?.subject).toContain("1 stepped down to the board");
    },
  );

  test("it ends with a second signature, and nobody heard of it twice in one day", { timeout: LIMIT }, async () => {
    await journey.on("2026-08-11");
    await journey.figures("2026-07", [150]);
    await journey.on("2026-09-09");
    await journey.figures("2026-08", [150]);
    const asked = await journey.on("2026-09-14");
    expect(counted(asked)).toEqual([`request ${CHAIR.email}`]);
    await sign(pathIn(asked[0], /http\S+\/escalations\/\S+/));
    const told = await journey.on("2026-09-15");
    expect(counted(told)).toEqual(digestTo([BOARD_MEMBER, OWNER.email, SECRETARY.email, SLT_CHAIR.email]));
    expect(to(told, OWNER)?.subject).toContain("1 resolved");
    await journey.signedIn("/escalations/1", SECRETARY, async (page) => {
      expect(await said(page)).toContain("How it was followed up");
      expect(await said(page)).toContain("Both theatres run.");
    });
    expect(await journey.pipeline.api.get("/escalations/1")).toMatchObject({ standing: false, tier: "none" });
    expect(await twiceInOneDay(journey.pipeline, "1")).toEqual([]);
  });

  async function sign(path: string): Promise<void> {
    const signed = await journey.signedIn(path, CHAIR, async (page) => {
      await fill({ "Why do you sign it off?": "Both theatres run." }, "Sign it off")(page);
    });
    expect(counted(signed)).toEqual([]);
  }
});
