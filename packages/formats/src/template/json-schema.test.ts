import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { shippedTemplates } from "../load-templates.ts";
import { templateJsonSchema } from "./json-schema.ts";

const file = `${shippedTemplates}template.schema.json`;

test("the schema beside the templates is that of the language; UPDATE_SCHEMA=1 writes it", async () => {
  if (process.env["UPDATE_SCHEMA"] === "1") await writeFile(file, templateJsonSchema());
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(JSON.parse(templateJsonSchema()));
});

test("the schema describes every key of a template", () => {
  const { properties }: { properties: Record<string, { description?: string }> } = JSON.parse(templateJsonSchema());
  const undescribed = Object.entries(properties).filter(([, { description }]) => !description);
  expect(undescribed.map(([key]) => key)).toEqual([]);
});
