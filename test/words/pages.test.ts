import { afterAll, beforeAll, expect, test } from "vitest";
import { readMessage } from "@signalbox/web/mail-message";
import { startDemo } from "../harness/demo-pipeline.ts";
import type { Pipeline } from "../harness/pipeline.ts";
import { signedIn } from "../harness/sign-in.ts";
import { gradeOf, ownSentences, sentencesOfText } from "./own-words.ts";

const MOST = 7;
let demo: Pipeline;
let names: string[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  demo = await startDemo();
  const { db } = demo;
  const tables = ["organisation", "metric", "forum", "person"] as const;
  const read = await Promise.all(tables.map((table) => db.selectFrom(table).select("name").execute()));
  names = [...new Set(read.flat().map(({ name }) => name))];
}, 120_000);
afterAll(() => demo.close());

async function pageOf(person: string | null, path: string): Promise<string> {
  const cookie = person === null ? "" : (cookies.get(person) ?? (await signedIn(demo, person)));
  if (person !== null) cookies.set(person, cookie);
  const headers: Record<string, string> = cookie === "" ? {} : { cookie };
  const answer = await fetch(`${demo.address}${path}`, { headers });
  expect(answer.status).toBe(200);
  return answer.text();
}

function expectPlain(sentences: readonly string[]): void {
  expect(sentences.length).toBeGreaterThan(0);
  const worst = sentences.toSorted((a, b) => gradeOf([b]) - gradeOf([a])).slice(0, 5);
  expect(gradeOf(sentences), `the hardest:\n${worst.join("\n")}`).toBeLessThanOrEqual(MOST);
}

test.each([
  ["nobody", null],
  ["the SLT's chair", "margaret.adair@example.org"],
  ["a board's chair who is an executive", "tom.okafor@example.org"],
  ["an owner", "judith.mallory@example.org"],
  ["a submitter", "peter.quill@example.org"],
  ["an author", "dev.chaudry@example.org"],
  ["an auditor who observes", "claire.stanmore@example.org"],
  ["the administrator", "alex.morrow@example.org"],
  ["the operator", "sam.fielding@example.org"],
])("home reads at grade 7 or less for %s", async (_, person) => {
  expectPlain(ownSentences(await pageOf(person, "/"), names));
});

test.each(["performance", "reporting", "several-areas"] as const)(
  "cases read at grade 7 or less: %s",
  async (concern) => {
    const cases = await demo.db
      .selectFrom("escalation")
      .select("id")
      .where("concern", "=", concern)
      .orderBy("id")
      .limit(4)
      .execute();
    expect(cases.length).toBeGreaterThan(0);
    for (const { id } of cases)
      expectPlain(ownSentences(await pageOf("margaret.adair@example.org", `/escalations/${id}`), names));
  },
);

test("every mail of the demo reads at grade 7 or less", async () => {
  const mails = await demo.db.selectFrom("mail").select(["subject", "raw"]).where("kind", "<>", "sign-in").execute();
  const caught = mails.flatMap(({ raw }) => (raw === null ? [] : [readMessage(raw).text ?? ""]));
  expect(caught.length).toBeGreaterThan(10);
  for (const text of caught) expectPlain(sentencesOfText(text, names));
});
