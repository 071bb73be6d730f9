/** What a person reads of a message: its two alternatives, null where one is missing; pictures stand in the HTML. */
export interface ReadableMessage {
  readonly text: string | null;
  readonly html: string | null;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Reads the text and the HTML part of a message that this program composed (MIME, multipart/alternative, UTF-8). */
export function readMessage(raw: Buffer): ReadableMessage {
  const leaves = leavesOf(partOf(raw.toString("latin1")));
  const first = (type: string) => {
    const leaf = leaves.find(({ headers }) => typeOf(headers).startsWith(type));
    return leaf === undefined ? null : decoded(leaf);
  };
  const html = first("text/html");
  return { text: first("text/plain"), html: html === null ? null : withPictures(html, leaves) };
}

/** The PNG pictures that a message carries, in the place of the names by which its HTML asks for them. */
function withPictures(html: string, leaves: readonly Part[]): string {
  const pictures = new Map(
    leaves.flatMap(({ headers, body }) => {
      const name = /^<(.+)>$/.exec(headers.get("content-id") ?? "")?.[1];
      const data = body.replace(/\s+/g, "");
      const isPicture = typeOf(headers).startsWith("image/png") && /^[a-z0-9+/]+=*$/i.test(data);
      return name === undefined || !isPicture ? [] : [[name, `data:image/png;base64,${data}`] as const];
    }),
  );
  return html.replace(/(<img src=")cid:([^"]+)"/g, (all, before: string, name: string) => {
    const picture = pictures.get(name);
    return picture === undefined ? all : `${before}${picture}"`;
  });
}

function partOf(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source);
  const head = source.slice(0, end?.index ?? source.length).replace(/\r?\n[ \t]+/g, " ");
  const headers = head.split(/\r?\n/).map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(headers), body: end === null ? "" : source.slice(end.index + end[0].length) };
}

function leavesOf(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers.get("content-type") ?? "")?.[1];
  if (boundary === undefined) return [part];
  const pieces = `\n${part.body}`.split(`\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith("--"))
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[ \t]*\r?\n/, "").replace(/\r$/, ""))));
}

function typeOf(headers: Part["headers"]): string {
  return (headers.get("content-type") ?? "text/plain").toLowerCase();
}

function decoded({ headers, body }: Part): string {
  const encoding = (headers.get("content-transfer-encoding") ?? "7bit").toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1").toString();
  const bytes = body
    .replace(/=[ \t]*\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
