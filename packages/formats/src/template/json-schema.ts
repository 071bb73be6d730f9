import { z } from "zod";
import { layout } from "./layout.ts";

/** The JSON schema of templates, for editors: what `seeds/templates/template.schema.json` holds. */
export function templateJsonSchema(): string {
  const schema = z.toJSONSchema(layout, { io: "input", reused: "ref" });
  return `${JSON.stringify({ ...schema, title: "A template of Signalbox" }, null, 2)}\n`;
}
