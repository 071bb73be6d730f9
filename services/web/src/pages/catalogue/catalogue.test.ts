import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zipOf } from "../../catalogue/zip-of.ts";
import { form, multipartForms, testApp, tokenIn } from "../../testing.ts";

const { app, db, signInAs, close } = await testApp();
afterAll(close);

let cookie = "";
beforeAll(async () => {
  cookie = await signInAs("administrator");
});

const get = (url: string) => app.inject({ url, headers: { cookie } });
const csv = async (file: string) => (await get(`/catalogue/files/${file}?as=csv`)).body;

/** Sends files by the page's own form and returns the answer. */
async function upload(files: Readonly<Record<string, string | Buffer>>, as = cookie) {
  const page = await app.inject({ url: "/catalogue/upload", headers: { cookie: as } });
  const sent = Object.entries(files).map(([filename, text]) => ({ filename, text }));
  return app.inject(multipartForms("/catalogue/upload", { _csrf: tokenIn(page.body) }, sent, as));
}

/** Uploads, and gives the draft's address and its page. */
async function draftOf(files: Readonly<Record<string, string | Buffer>>) {
  const { statusCode, headers, body } = await upload(files);
  expect([statusCode, body]).toEqual([303, ""]);
  const url = String(headers.location);
  return { url, page: await get(url) };
}

async function act(url: string, what: "check" | "load" | "drop") {
  const page = await get(url);
  return app.inject(form(`${url}/${what}`, { _csrf: tokenIn(page.body) }, cookie));
}

/** A page as it is read, without its tags. */
const text = (html: string) =>
  html
    .replace(/^.*<main/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("the catalogue that stands", () => {
  test("is shown with who loaded it and how many rows each file has, and is nobody else's to see", async () => {
    const page = text((await get("/catalogue")).body);
    expect(page).toContain("Version 1 stands.");
    expect(page).toMatch(/Organisations organisations\.csv .* 4 /);
    const submitter = await signInAs("submitter");
    for (const url of ["/catalogue", "/catalogue/files/people.csv", "/catalogue/download", "/catalogue/versions/1"]) {
      expect((await app.inject({ url, headers: { cookie: submitter } })).statusCode).toBe(403);
      expect((await app.inject({ url })).statusCode).toBe(401);
    }
    expect((await upload({ "people.csv": "x" }, submitter)).statusCode).toBe(403);
  });

  test("is looked through file by file, with a search", async () => {
    expect(text((await get("/catalogue/files/organisations.csv")).body)).toContain("Kestrel Ward");
    const found = text((await get("/catalogue/files/people.csv?q=ada.administrator")).body);
    expect(found).toContain("1 row with “ada.administrator”");
    expect(found).not.toContain("sam.submitter");
    expect(text((await get("/catalogue/files/people.csv?q=%00%3Cb%3E&page=9")).body)).toContain(
      "No row holds “&lt;b&gt;”",
    );
    expect((await get("/catalogue/files/pg_user")).statusCode).toBe(404);
    expect(text((await get("/catalogue/files/protocol.json")).body)).toContain("Protocol – protocol.json");
    expect((await get("/catalogue/files/protocol.json?as=json")).json()).toEqual({});
    for (const url of ["/catalogue/versions", "/catalogue/versions/1"]) expect((await get(url)).statusCode).toBe(200);
    expect((await get("/catalogue/versions/99999999999")).statusCode).toBe(404);
  });

  test("put back as it was taken away changes nothing", async () => {
    const { rawPayload, headers } = await get("/catalogue/download");
    expect(headers["content-type"]).toBe("application/zip");
    expect(text((await draftOf({ "catalogue.zip": rawPayload })).page.body)).toContain("Nothing would change");
  });
});

describe("files that were uploaded", () => {
  test("have their problems shown with the cell and the row as they stood, and nothing is loaded", async () => {
    const people = `${await csv("people.csv")}x@example.org,"=cmd|<b>",cheir,UEC,\r\nnobody,N,member,NOPE,\r\n`;
    const { url, page } = await draftOf({ "people.csv": people });
    const shown = text(page.body);
    expect(shown).toContain("3 problems. Nothing is loaded.");
    expect(shown).toMatch(/people\.csv, line 14 .*role .*cheir .*is none of chair/);
    expect(shown).toContain("role: cheir (wrong)");
    expect(shown).toContain("name: =cmd|&lt;b&gt;");
    expect(shown).toMatch(/people\.csv, line 15 .*nobody .*is no e-mail address/);
    await act(url, "load");
    expect((await get("/catalogue")).body).toContain("Version 1 stands.");
    expect(await csv("people.csv")).not.toContain("x@example.org");
  });

  test("are people.csv alone: the difference is shown, loaded under the person's name, and kept as a version", async () => {
    const people = `${(await csv("people.csv")).replace("Sam Submitter", "Samira Submitter")}new@example.org,=1+1,member,EC,\r\n`;
    const { url, page } = await draftOf({ "People.CSV": people });
    const shown = text(page.body);
    expect(shown).toMatch(/people\.csv 1 1 0|people\.csv Added 1 Changed 1 Removed 0/);
    expect(shown).toContain("name Sam Submitter → becomes Samira Submitter");
    expect(shown).toContain("No series would be decided again.");
    const loaded = await act(url, "load");
    expect(loaded.headers.location).toBe("/catalogue?loaded=loaded");
    const stands = text((await get("/catalogue?loaded=loaded")).body);
    expect(stands).toContain("Version 2 stands. It was loaded by Ada Administrator");
    expect(await csv("people.csv")).toContain("new@example.org,'=1+1,member,EC,");
    const version = text((await get("/catalogue/versions/2")).body);
    expect(version).toContain("name Sam Submitter → becomes Samira Submitter");
    const audit = await db.selectFrom("audit").select("actor").where("action", "=", "catalogue-loaded").execute();
    expect(audit).toEqual([{ actor: "ada.administrator@example.org" }]);
    expect((await get(url)).statusCode).toBe(404);
    expect((await get("/catalogue/files/people.csv?as=csv&q=new")).body).toContain("ada.administrator");
  });

  test("that would take figures away are refused with what to do", async () => {
    const without = async (file: string) => {
      const lines = (await csv(file)).split("\r\n");
      return lines.filter((line) => !/(?:^|,)RA1?(?:,|$)/.test(line)).join("\r\n");
    };
    const names = ["organisations", "people", "series", "thresholds", "plans", "targets"].map((name) => `${name}.csv`);
    const files = await Promise.all(names.map(async (name) => [name, await without(name)] as const));
    const shown = text((await draftOf(Object.fromEntries(files))).page.body);
    expect(shown).toContain("This catalogue cannot be loaded");
    expect(shown).toContain("&quot;RA&quot; has observations and cannot be dropped: keep its row and set closed");
    expect(shown).not.toContain("Load this catalogue");
  });

  test("name what is wrong in a file that was left out and speaks of them", async () => {
    const forums = (await csv("forums.csv")).replace(/^UEC,.*\r\n/m, "");
    const shown = text((await draftOf({ "forums.csv": forums })).page.body);
    expect(shown).toMatch(/metrics\.csv, line 2 \(as it stands, not in your upload\)/);
  });

  test("are not loaded over a catalogue that changed meanwhile, and can be checked again", async () => {
    const { url, page } = await draftOf({
      "forums.csv": (await csv("forums.csv")).replace("Elective Care", "Planned Care"),
    });
    expect(page.body).toContain("Load this catalogue");
    const other = await draftOf({ "forums.csv": (await csv("forums.csv")).replace("Urgent and", "Urgent &") });
    expect((await act(other.url, "load")).headers.location).toBe("/catalogue?loaded=loaded");
    expect((await act(url, "load")).headers.location).toBe(url);
    const stale = (await get(url)).body;
    expect(text(stale)).toContain("Another catalogue was loaded meanwhile");
    expect(stale).not.toContain("Load this catalogue");
    await act(url, "check");
    const again = text((await get(url)).body);
    expect(again).not.toContain("meanwhile");
    expect(again).toContain("Urgent & ".replace("&", "&amp;"));
    expect(again).toContain("Load this catalogue");
  });

  test("are somebody's own, and can be dropped", async () => {
    const { url } = await draftOf({ "forums.csv": await csv("forums.csv") });
    const operator = await signInAs("operator");
    expect((await app.inject({ url, headers: { cookie: operator } })).statusCode).toBe(404);
    expect((await act(url, "drop")).headers.location).toBe("/catalogue?dropped");
    expect((await get(url)).statusCode).toBe(404);
    expect((await get("/catalogue/drafts/x")).statusCode).toBe(404);
  });
});

describe("what is no catalogue", () => {
  const bomb = Buffer.alloc(60_000_000, "a");
  test.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
    ["nothing", {}, "Choose one file or more"],
    ["another file", { "cat.jpg": "x" }, "A catalogue has no file"],
    ["the same file twice", { "people.csv": "x", "x/people.csv": "y" }, "people.csv came twice"],
    ["an empty archive", { "a.zip": zipOf(new Map()) }, "There is no file of a catalogue in it"],
    ["what is no archive", { "a.zip": "PK no" }, "damaged or cut off"],
    ["a bomb", { "a.zip": zipOf(new Map([["people.csv", bomb]])) }, "200 times its size"],
    ["a path that leads out", { "a.zip": zipOf(new Map([["../../people.csv", Buffer.from("x")]])) }, "leads out of it"],
  ])("is refused with words: %s", async (_, files, words) => {
    const { statusCode, body } = await upload(files);
    expect([statusCode, text(body)]).toEqual([400, expect.stringContaining(words)]);
  });

  test("is a problem of the file where its bytes are wrong", async () => {
    const shown = text(
      (await draftOf({ "people.csv": "email,name\0\n", "protocol.json": '{"a\\u0000":1}' })).page.body,
    );
    expect(shown).toContain("A NUL byte: this is no text file");
    expect(shown).toMatch(/protocol\.json, line 1 .*Unknown key/);
  });

  test("is refused without the form's token", async () => {
    const answer = await app.inject(
      multipartForms("/catalogue/upload", {}, [{ filename: "people.csv", text: "x" }], cookie),
    );
    expect(answer.statusCode).toBe(403);
  });
});

test("three hundred problems come by the fifty", async () => {
  const rows = Array.from({ length: 300 }, (_, at) => `nobody${at},N,member,UEC,\r\n`).join("");
  const { url, page } = await draftOf({ "people.csv": `email,name,role,forum,organisation\r\n${rows}` });
  expect(text(page.body)).toContain("1 to 50 of 300 problems");
  expect(page.body.length).toBeLessThan(100_000);
  const last = text((await get(`${url}?page=6`)).body);
  expect(last).toContain("251 to 300 of 300 problems");
  expect(last).toContain("people.csv, line 301");
});
