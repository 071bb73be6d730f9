import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { multipartForms, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);
const cookie = await signInAs("operator");
const MAIL = "<1@example.org>";
const CHAIR = "chair@example.org";

await db.updateTable("mail").set({ message_id: MAIL, attempted_at: "2024-04-20T09:00:02Z" }).execute();
beforeEach(async () => {
  await db.deleteFrom("bounce").execute();
  await db.deleteFrom("telling").where("key", "like", "%came back%").execute();
  await db.updateTable("notice").set({ status: "sent" }).execute();
  await db.updateTable("mail").set({ status: "sent", dismissed_at: null }).execute();
});

/** A delivery report as Postfix writes one. */
function report({ to = CHAIR, mail = MAIL, action = "failed", status = "5.1.1" } = {}): string {
  return [
    "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
    "To: signalbox@localhost",
    "Subject: Undelivered Mail Returned to Sender",
    "Date: Sat, 20 Apr 2024 10:00:05 +0100",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    "",
    `Final-Recipient: rfc822; ${to}`,
    `Original-Recipient: rfc822;${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    "Diagnostic-Code: smtp; 550 5.1.1 <x>: Recipient address rejected:",
    "    User unknown",
    "",
    "--b1",
    "Content-Type: text/rfc822-headers",
    "",
    "From: Signalbox <signalbox@localhost>",
    `Message-ID: ${mail}`,
    "",
    "--b1--",
    "",
  ].join("\r\n");
}

async function send(...files: readonly { filename: string; text: string | Buffer }[]) {
  const page = await app.inject({ url: "/operations/bounces", headers: { cookie } });
  return app.inject(multipartForms("/operations/bounces", { _csrf: tokenIn(page.body) }, files, cookie));
}
const addresses = async () =>
  (await db.selectFrom("bounce").select(["address", "said"]).execute()).map(({ address }) => address);
const words = (body: string) => body.replaceAll("&#39;", "'").replaceAll("&quot;", '"');

describe("a delivery report", () => {
  test("records the address once, tells what came back again, and shows operators", async () => {
    const page = await send({ filename: "back.eml", text: report() }, { filename: "again.eml", text: report() });
    expect(words(page.body)).toContain("One address more is known to refuse mail.");
    expect(page.body).toContain("550 5.1.1 &lt;x&gt;: Recipient address rejected: User unknown");
    expect(await addresses()).toEqual([CHAIR]);
    const again = await db.selectFrom("telling").selectAll().where("key", "like", "%came back%").execute();
    expect(again).toMatchObject([{ recipients: [CHAIR], escalation: ids.escalation, state: "waiting" }]);
    const { status } = await db
      .selectFrom("notice")
      .select("status")
      .where("id", "=", ids.notice)
      .executeTakeFirstOrThrow();
    expect(status).toBe("failed");
    const operations = await app.inject({ url: "/operations", headers: { cookie } });
    expect(operations.body).toContain("1 address refuses mail: find the right one");
    const [audit] = await db.selectFrom("audit").selectAll().where("action", "=", "bounces-recorded").execute();
    expect(audit).toMatchObject({ actor: PEOPLE.operator, detail: { addresses: [CHAIR] } });
  });

  test.each([
    ["of a mail that is not ours", report({ mail: "<other@elsewhere.example>" }), "about a mail that is not ours"],
    ["of another address than the mail went to", report({ to: PEOPLE.owner }), "was not sent to this address"],
    ["that says that mail is late", report({ action: "delayed", status: "4.4.7" }), "it is only late"],
    ["that refuses the sender", report({ status: "5.7.1" }), "refused the sender"],
    ["that is a letter", "From: a@example.org\r\nSubject: Hello\r\n\r\nHello", "it is no delivery report"],
    ["that is no mail", Buffer.from([0, 255, 0, 10, 13]), "it is no delivery report"],
    ["nested a hundred deep", nested(100), "it is no delivery report"],
  ])("%s is not taken, and says why", async (_, text, why) => {
    const page = await send({ filename: "back.eml", text });
    expect(page.statusCode).toBe(200);
    expect(words(page.body)).toContain(why);
    expect(await addresses()).toEqual([]);
  });

  test("too many or too large is refused with words", async () => {
    const large = await send({ filename: "large.eml", text: "x".repeat(1_000_001) });
    expect([large.statusCode, words(large.body)]).toEqual([
      400,
      expect.stringContaining("at most 50 files of at most 1 MB"),
    ]);
    const many = await send(...Array.from({ length: 51 }, (_, i) => ({ filename: `${i}.eml`, text: "a" })));
    expect(many.statusCode).toBe(400);
    expect((await send({ filename: "", text: "" })).statusCode).toBe(400);
  });
});

describe("a list of bounces", () => {
  test("is taken row by row: what is not ours or no address says why", async () => {
    const rows = [
      "said,address,at",
      `"550, unknown",${PEOPLE.owner},2024-04-20`,
      "no,stranger@elsewhere.example,",
      "no,=cmd(),",
      `no,${PEOPLE.analyst},yesterday`,
      `<b>no</b>,${CHAIR},`,
    ];
    const page = await send({ filename: "bounces.csv", text: rows.join("\r\n") });
    expect((await addresses()).toSorted()).toEqual([CHAIR, PEOPLE.owner].toSorted());
    expect(words(page.body)).toContain(
      "row 3 of bounces.csv:</strong> stranger@elsewhere.example: nobody here has this address",
    );
    expect(words(page.body)).toContain('"=cmd()" is no e-mail address');
    expect(words(page.body)).toContain('"yesterday" is no time');
    expect(page.body).not.toContain("<b>no</b>");
  });

  test.each([
    ["", "it is empty"],
    ["a,b\n1,2", "names no column address"],
    ['address\n"open', "a quote is opened"],
  ])("%j is refused whole", async (text, why) => {
    expect(words((await send({ filename: "bounces.csv", text })).body)).toContain(why);
  });
});

test("an operator says that an address is mended, and it is written to again", async () => {
  await send({ filename: "back.eml", text: report() });
  const page = await app.inject({ url: "/operations/bounces", headers: { cookie } });
  const action = /action="(\/operations\/bounces\/\d+\/clear)"/.exec(page.body)?.[1] ?? "";
  const clear = () =>
    app.inject({
      method: "POST",
      url: action,
      headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _csrf: tokenIn(page.body) }).toString(),
    });
  expect((await clear()).headers.location).toBe("/operations/bounces?mended");
  expect((await clear()).statusCode).toBe(404);
  const [audit] = await db.selectFrom("audit").selectAll().where("action", "=", "address-mended").execute();
  expect(audit).toMatchObject({ actor: PEOPLE.operator, subject: `address ${CHAIR}` });
});

test("a key that operates on all says which addresses refuse mail", async () => {
  const post = async (authorization: string, items: object[]) =>
    app.inject({
      method: "POST",
      url: "/api/v1/bounces",
      headers: { authorization: `Bearer ${authorization}` },
      payload: { items },
    });
  const items = [{ address: CHAIR, said: "550 no" }, { address: "nobody@elsewhere.example" }, { address: "none" }];
  expect((await post(await key("RA", "operate"), items)).statusCode).toBe(403);
  const answer = await post(await key("SYS", "operate"), items);
  expect(answer.json()).toEqual({
    recorded: [CHAIR],
    notTaken: [
      { item: 2, why: "nobody@elsewhere.example: nobody here has this address" },
      { item: 3, why: '"none" is no e-mail address' },
    ],
  });
});

function nested(depth: number): string {
  let text = "Content-Type: text/plain\r\n\r\nx";
  for (let i = 0; i < depth; i++)
    text = `Content-Type: multipart/report; boundary="b${i}"\r\n\r\n--b${i}\r\n${text}\r\n--b${i}--\r\n`;
  return text;
}
