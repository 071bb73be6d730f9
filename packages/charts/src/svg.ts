const SPECIAL = /[&<>"']/;

/** Text as it may stand in an SVG document, in an attribute too. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; its content is markup and must be escaped already. Coordinates keep one decimal. */
export function element(name: string, attributes: Attributes, content = ""): string {
  let written = "";
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) written += ` ${key}="${attribute(value)}"`;
  }
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A text element; its content is escaped here. */
export function textElement(attributes: Attributes, content: string): string {
  return element("text", attributes, escaped(content));
}

function attribute(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : escaped(value);
}
