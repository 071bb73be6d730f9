import { ask, findAnswerLink, recordBounces, type RequestKind } from "@signalbox/db";
import { expect, test } from "vitest";
import { TUESDAY, World } from "./testing/world.ts";

const SESSION_SECRET = "a secret of this machine, kept for tests alone";

/** A world in which the executive of RA is asked for a plan, due on 8 December. */
async function withRequest(kind: RequestKind = "action-plan", recipients: readonly string[] = ["Boss@example.org"]) {
  const world = await World.open();
  await world.aCase();
  await askFor(world, kind, recipients);
  return world;
}

async function askFor({ db }: World, kind: RequestKind, recipients: readonly string[], tail = "1"): Promise<void> {
  const { id: escalation } = await db.selectFrom("escalation").select("id").executeTakeFirstOrThrow();
  const asked = {
    kind,
    key: `${kind}:${tail}`,
    escalation,
    series: null,
    organisation: "RA",
    period: 12 * 2026 + 9,
    recipients,
    dueOn: "2026-12-08",
    nextAt: Temporal.Instant.from("2026-12-04T08:00:00Z"),
    why: "",
    detail: { title: "A&E four-hour performance", organisation: "Northwick Hospitals", tier: "slt", rag: "red" },
  };
  await db.transaction().execute((trx) => ask(trx, [asked], TUESDAY));
}
const linksIn = (text = "") =>
  [...text.replace(/=\r?\n/g, "").matchAll(/https:\/\/signalbox\.example\.org\/answer\/(\S+)/g)].map(
    ([, token]) => token ?? "",
  );

test("a request reaches its owner with a link that opens it for them alone, until a level after its day", async () => {
  await using world = await withRequest();
  await world.notifier({ SESSION_SECRET }).ring();
  const [mail] = world.server.caught;
  const [token] = linksIn(mail?.text);
  if (token === undefined) throw new Error(`no link in ${mail?.text ?? "no mail"}`);
  const link = await findAnswerLink(world.db, token, { secret: SESSION_SECRET, now: TUESDAY });
  expect(link).toMatchObject({ person: "boss@example.org", kind: "action-plan", over: null, isAsked: true });
  // Five working days after 8 December, where the protocol names no levels.
  expect(link?.expiresAt.toString()).toBe("2026-12-16T00:00:00Z");
  expect(mail?.text).toContain("Your link: opens without signing in until 15 December 2026. It is yours alone");
  const late = await findAnswerLink(world.db, token, {
    secret: SESSION_SECRET,
    now: Temporal.Instant.from("2026-12-16T00:00:00Z"),
  });
  expect(late?.over).toBe("ran-out");
});

test("a request that came back carries a link of their own to the next in line, and so does what reminds them", async () => {
  await using world = await withRequest();
  const body = JSON.stringify({ reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 } });
  await world.db.updateTable("protocol").set({ body }).execute();
  const { ring } = world.notifier({ SESSION_SECRET });
  await ring();
  const found = [{ address: "boss@example.org", said: "550 no", mail: null, at: TUESDAY }];
  await world.db.transaction().execute((trx) => recordBounces(trx, { found, by: "import" }, TUESDAY));
  await ring();
  await world.put("2026-12-04T09:00:00Z");
  await ring();
  const passedOn = world.server.caught.slice(1).flatMap(({ text }) => linksIn(text));
  expect(passedOn).toHaveLength(2);
  for (const token of passedOn)
    expect(await findAnswerLink(world.db, token, { secret: SESSION_SECRET, now: TUESDAY })).toMatchObject({
      person: "top@example.org",
      over: null,
      isAsked: true,
    });
});

test("a mail that is written anew carries the same link; one whose link was ended leads to the case", async () => {
  await using world = await withRequest();
  const { ring } = world.notifier({ SESSION_SECRET });
  const writeAnew = async () => {
    await world.db.updateTable("notice").set({ status: "pending", mail: null }).execute();
    await world.db.deleteFrom("mail").execute();
    await ring();
  };
  await ring();
  await writeAnew();
  const tokens = world.server.caught.flatMap(({ text }) => linksIn(text));
  expect(tokens).toHaveLength(2);
  expect(new Set(tokens).size).toBe(1);
  await world.db.updateTable("answer_link").set({ revoked_at: TUESDAY.toString(), revoked_by: "operator" }).execute();
  await writeAnew();
  expect(linksIn(world.server.caught[2]?.text)).toEqual([]);
  expect(world.server.caught[2]?.text).toMatch(/https:\/\/signalbox\.example\.org\/escalations\/\d+/);
  expect(await world.db.selectFrom("answer_link").select("id").execute()).toHaveLength(1);
});

test.each([
  ["what a forum decides, nor in what operators are told where nobody is found", {}],
  ["mail that is redirected, for whoever reads it is not who is asked", { MAIL_MODE: "redirect:all@example.org" }],
])("no link is in %s", async (_what, env) => {
  const isRedirected = "MAIL_MODE" in env;
  await using world = await withRequest("action-plan", isRedirected ? ["boss@example.org"] : []);
  if (!isRedirected) await askFor(world, "plan-decision", ["boss@example.org"]);
  if (!isRedirected) await askFor(world, "challenge", ["slt@example.org"], "1:1:1:chair:1.x");
  await world.notifier({ SESSION_SECRET, ...env }).ring();
  expect(world.server.caught).toHaveLength(isRedirected ? 1 : 3);
  expect(world.server.caught.flatMap(({ text }) => linksIn(text))).toEqual([]);
  expect(await world.db.selectFrom("answer_link").select("id").execute()).toEqual([]);
});
