import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDetail } from "./item.ts";
import { mailKinds } from "./kinds.ts";
import { renderMail } from "./render.ts";
import { aDigest, raised, samples } from "./render.samples.ts";
import { renderSignIn } from "./sign-in-mail.ts";

const golden = join(import.meta.dirname, "golden");

function asBefore(name: string, text: string): void {
  const file = join(golden, name);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

/** What a reader of the HTML reads, with the address of a link after its text where the text is another. */
function readable(html: string): string {
  const body = html.slice(html.indexOf("<body"));
  return body
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, (_, url, said) => (url === said ? url : `${said} ${url}`))
    .replace(/<img [^>]*alt="([^"]*)"[^>]*>/g, " Chart: $1 ")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** The words alone, in any order of marks: "See the case: https://…" and "See the case https://…" say the same. */
const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s:*-]+/)
    .filter(Boolean)
    .toSorted();

describe.each(samples)("the mail $name", ({ name, kind, items, context }) => {
  const mail = renderMail(kind, items, context);

  test("looks as it did", () => {
    asBefore(`${name}.html`, mail.html);
    asBefore(`${name}.txt`, `Subject: ${mail.subject}\n\n${mail.text}`);
  });

  test("says the same in HTML and in text", () => {
    expect(words(readable(mail.html))).toEqual(words(mail.text));
  });

  test("says who sends it and that nobody reads replies", () => {
    expect(mail.text).toContain("Sent by Signalbox <signalbox@example.nhs.uk>");
    expect(mail.text).toContain("Nobody reads replies");
  });
});

describe("the mail with a link to sign in", () => {
  const { baseUrl, sender } = aDigest.context;
  const mail = renderSignIn({ baseUrl, sender, wouldGoTo: null, minutes: 15, url: `${baseUrl}/sign-in/a-token` });

  test("looks as it did", () => {
    asBefore("sign-in.html", mail.html);
    asBefore("sign-in.txt", `Subject: ${mail.subject}\n\n${mail.text}`);
  });

  test("says the same in HTML and in text", () => {
    expect(words(readable(mail.html))).toEqual(words(mail.text));
  });
});

test("there is a sample of every kind", () => {
  expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(mailKinds));
});

describe("a subject", () => {
  const subjects = Object.fromEntries(samples.map((s) => [s.name, renderMail(s.kind, s.items, s.context).subject]));
  test.each([
    ["digest", "2 new for the SLT, 1 restated: Urgent and Emergency Care, March 2024"],
    ["digest-summary", "27 stand, 2 new, 1 worse, 3 better, 21 unchanged: March 2024"],
    [
      "action-plan-request",
      "Action plan asked for: A&E four-hour performance, Northwick Hospitals, due 8 December 2026",
    ],
    ["reminder", "Reminder: action plan due 8 December 2026: A&E four-hour performance, Northwick Hospitals"],
    ["reminder-on-the-day", "Due today: action: Open a second triage room, Northwick Hospitals"],
    ["correction", "Correction: A&E four-hour performance, Northwick Hospitals, March 2024"],
    ["submission-receipt", "Partly accepted, 2 rows refused: figures-march.csv"],
  ])("of %s says what it is about", (name, subject) => {
    expect(subjects[name]).toBe(subject);
  });
});

describe("what a file said", () => {
  const hostile = (title: string) =>
    renderMail(
      "digest",
      [{ ...raised, detail: readDetail({ title, tier: "slt", area: `${title} Board` }) }],
      aDigest.context,
    );

  test("is escaped in HTML", () => {
    const { html } = hostile('"><script>alert(1)</script>');
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
  });

  test("cannot break a line of the subject or of the text", () => {
    const { subject, text } = hostile("a\r\nBcc: evil@example.org\u2028b\u202ec");
    expect(subject).not.toMatch(/[\r\n\u2028\u202e]/);
    expect(text).toContain("a Bcc: evil@example.org bc");
  });
});

test("a fact that cannot be read is left out, the rest is told", () => {
  const detail = readDetail({ title: "A figure", rag: "purple", value: 3, limit: "75%" });
  expect(detail).toMatchObject({ title: "A figure", limit: "75%" });
  expect(detail.rag).toBeUndefined();
});

test("a long list has the first in full, more as a line each, the rest as a count with a link", () => {
  const many = Array.from({ length: 500 }, (_, i) => ({ ...raised, escalation: i + 1 }));
  const { html, text } = renderMail("digest", many, aDigest.context);
  expect(html.split("You are told because").length - 1).toBe(40);
  expect(text).toContain("/escalations/440");
  expect(text).toContain("and 60 more: https://signalbox.example.nhs.uk/escalations");
});
