import { expect, test } from "vitest";
import { textOfDocx } from "../pages/meetings/testing-docx.ts";
import { agendaDocx } from "./agenda-docx.ts";
import type { AgendaShown } from "./agenda-shown.ts";
import { plainText } from "./docx-parts.ts";

const HOSTILE = `<w:p>&amp; "]]>\u0000\u0008\u000B\uFFFE\uD800${"x".repeat(5000)}`;

const agenda: AgendaShown = {
  forum: HOSTILE,
  when: HOSTILE,
  place: HOSTILE,
  asOf: HOSTILE,
  since: HOSTILE,
  isFrozen: true,
  toDecide: [{ what: HOSTILE, about: HOSTILE, by: HOSTILE, since: HOSTILE, href: "/" }],
  groups: [],
  unchanged: { total: 1, slt: 0 },
  overdue: [],
  risks: [],
  commentary: [{ about: HOSTILE, period: "March 2024", words: HOSTILE, by: HOSTILE, href: "/" }],
  changes: null,
};

test("what XML has no way to write is left out of text, and very long text is cut short", () => {
  expect(plainText("a\u0000b\uFFFFc\nd\uD800")).toBe("a b c d\uFFFD");
  expect(plainText("😀".repeat(10), 6)).toBe("😀😀\uFFFD…");
  expect(plainText(HOSTILE)).toHaveLength(4000);
});

test("a document of hostile words is XML all the same", async () => {
  const bytes = await agendaDocx({ agenda, log: [], decided: [], charts: new Map(), printedAt: HOSTILE });
  const { document, core, text } = await textOfDocx(bytes);
  for (const part of [document, core]) {
    expect(part).not.toMatch(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/u);
    expect(part.isWellFormed()).toBe(true);
  }
  expect(document).toContain("&lt;w:p&gt;&amp;amp; ");
  expect(text).toContain('<w:p>&amp; "]]>');
  expect(text).toContain("1 more case stands as before");
});
