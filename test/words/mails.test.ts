import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gradeOf, ownSentences, sentencesOfText } from "./own-words.ts";

const MOST = 7;
const golden = join(import.meta.dirname, "../../packages/mail/src/golden");
const names = [
  "Northwick Hospitals",
  "Southvale Hospitals",
  "Eastmere Ambulance & Community",
  "A&E four-hour performance",
  "Waits of 12 hours and more",
  "Ambulance handover, mean",
  "Cancer 62 days",
  "Out-of-area placements",
  "Urgent and Emergency Care Board",
];

test.each(readdirSync(golden).filter((name) => name.endsWith(".txt")))(
  "the mail %s reads at grade 7 or less",
  (name) => {
    const sentences = sentencesOfText(readFileSync(join(golden, name), "utf8"), names);
    expect(sentences.length).toBeGreaterThan(2);
    expect(gradeOf(sentences), sentences.join("\n")).toBeLessThanOrEqual(MOST);
  },
);

test("what is hard to read is found to be", () => {
  const hard =
    "Notwithstanding the aforementioned considerations, organisational accountability necessitates comprehensive documentation.";
  expect(gradeOf([hard])).toBeGreaterThan(12);
  expect(gradeOf(["The figure is past the limit.", "Say why, and what you will do."])).toBeLessThan(4);
  const page = `<main><h1>Case</h1><p>${hard}</p><table><tr><td>${hard}</td></tr></table><a href="/x">See the case</a></main>`;
  expect(ownSentences(page, [])).toEqual([hard]);
});

test("a name, a figure and a date are one plain word each", () => {
  const page =
    "<main><p>A&amp;E four-hour performance at Northwick Hospitals was only 74.6% on 8 December 2026.</p></main>";
  expect(ownSentences(page, names)).toEqual(["Name at Name was only Name on Name."]);
});
