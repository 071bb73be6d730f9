import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findTemplate, loadTemplates, TemplateFault } from "./load-templates.ts";

async function folder(files: Record<string, string>): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "signalbox-templates-"));
  onTestFinished(() => rm(made, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(made, name), text);
  return made;
}

test("the shipped templates load, and are found by name", async () => {
  const templates = await loadTemplates();
  expect(findTemplate(templates, "nhs-england-ae-monthly")?.title).toMatch(/A&E/);
  expect(findTemplate(templates, "no-such")).toBeNull();
});

test("all faults of all files are told together; other files in the folder are left alone", async () => {
  const made = await folder({ "a.json": "{", "b.json": "{}", "README.md": "Templates." });
  const fault: unknown = await loadTemplates(made).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(TemplateFault);
  const faults = fault instanceof TemplateFault ? fault.faults : [];
  expect(faults[0]).toMatch(/^a\.json: is no JSON/);
  expect(faults.find((line) => line.startsWith("b.json: name:"))).toBeDefined();
  expect(faults.find((line) => line.startsWith("b.json: metrics:"))).toBeDefined();
});
