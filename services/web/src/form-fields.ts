import { parse } from "node:querystring";

/** The fields of a form as it comes; without NULs, which no database takes and nobody types. One that comes twice is a list. */
export function formFields(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Object.entries(parse(text, "&", "=", { maxKeys: 0 }))) {
    if (value === undefined) continue;
    fields[name] =
      typeof value === "string" ? value.replaceAll("\0", "") : value.map((one) => one.replaceAll("\0", ""));
  }
  return fields;
}
