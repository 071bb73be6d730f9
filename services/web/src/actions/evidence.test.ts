import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvidenceFile, readEvidenceLink } from "./evidence-file.ts";
import { attachmentHeader, evidenceName } from "./evidence-name.ts";

const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
const EXE = Buffer.from(`MZ${"\0".repeat(200)}`);

test.for([
  ["minutes.pdf", PDF, null],
  ["MINUTES.PDF", PDF, null],
  ["photo.png", PNG, null],
  ["list.csv", Buffer.from("ward,beds\r\nKestrel,12\r\n"), null],
  ["list.csv", Buffer.from("ward;café\r\n", "latin1"), null],
  ["minutes.pdf", PNG, "not what its name says"],
  ["minutes.pdf", Buffer.from("<html>"), "not what its name says"],
  ["notes.txt", PDF, "not what its name says"],
  ["notes.txt", Buffer.from("a\0b"), "not what its name says"],
  ["photo.png.exe", EXE, "This kind of file is not taken"],
  ["photo.png", EXE, "not what its name says"],
  ["page.html", Buffer.from("<html>"), "This kind of file is not taken"],
  ["drawing.svg", Buffer.from("<svg/>"), "This kind of file is not taken"],
  ["minutes", PDF, "This kind of file is not taken"],
  ["", PDF, "has no name"],
  ["minutes.pdf", Buffer.alloc(0), "is empty"],
  ["minutes.pdf", Buffer.alloc(10 * 1024 * 1024 + 1), "larger than 10 MB"],
] as const)("%s is %s", async ([name, bytes, problem]) => {
  const read = await readEvidenceFile(name, bytes);
  if (problem === null) expect(read).toMatchObject({ evidence: { kind: "file", bytes } });
  else expect(read).toMatchObject({ problem: expect.stringContaining(problem) as string });
});

test.for([
  ["C:\\Users\\me\\minutes.pdf", "minutes.pdf"],
  ["../../etc/passwd", "passwd"],
  ["a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"],
  // A mark that turns writing round would show exe.pdf as fdp.exe.
  ["minutes\u202Efdp.exe", "minutesfdp.exe"],
  ["\u200Bminutes\uFEFF.pdf", "minutes.pdf"],
  ["...", null],
  ["\uD800.pdf", "pdf"],
  [`${"x".repeat(400)}.pdf`, `${"x".repeat(116)}.pdf`],
] as const)("the name %j is kept as %j", ([sent, kept]) => {
  expect(evidenceName(sent)).toBe(kept);
});

test("no name breaks out of its header, nor is longer than it may be", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (sent) => {
      const name = evidenceName(sent);
      if (name === null) return;
      expect(name.length).toBeLessThanOrEqual(120);
      expect(attachmentHeader(name)).toMatch(/^attachment; filename="[^"\\%]+"; filename\*=UTF-8''[\w.!~%+$&^`|#-]+$/);
    }),
  );
});

test.for([
  ["https://example.org/minutes?of=March", null],
  ["http://example.org", null],
  ["javascript:alert(1)", "whole address"],
  ["data:text/html,x", "whole address"],
  ["file:///etc/passwd", "whole address"],
  ["//example.org", "whole address"],
  ["example.org", "whole address"],
  [`https://example.org/${"x".repeat(2000)}`, "whole address"],
  ["https://me:secret@example.org", "Leave it out"],
] as const)("the link %s is %s", ([address, problem]) => {
  const read = readEvidenceLink(address, "");
  if (problem === null) expect(read).toMatchObject({ evidence: { kind: "link", name: "example.org" } });
  else expect(read).toMatchObject({ problem: expect.stringContaining(problem) as string });
});
