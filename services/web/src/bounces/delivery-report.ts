import PostalMime from "postal-mime";

/** What a mail server says of one recipient, as it says it. */
export interface ReportedRecipient {
  readonly address: string;
  /** failed, delayed, delivered, relayed or expanded. */
  readonly action: string;
  /** "5.1.1" */
  readonly status: string;
  readonly said: string;
}

/** A delivery report, and the mail that it is about where it names one. */
export interface DeliveryReport {
  readonly recipients: readonly ReportedRecipient[];
  /** The Message-ID, with its angle brackets; null where the report has none. */
  readonly messageId: string | null;
  readonly at: Temporal.Instant | null;
}

const MOST_RECIPIENTS = 100;
const LONGEST = 500;

/** Reads a delivery report (multipart/report, RFC 3464); null for what is none. Nothing of what it says is believed yet. */
export async function readDeliveryReport(bytes: Uint8Array): Promise<DeliveryReport | null> {
  const mail = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    attachmentEncoding: "utf8",
    maxNestingDepth: 10,
    maxHeadersSize: 200_000,
  }).catch(() => null);
  if (mail === null) return null;
  const part = (...types: readonly string[]) => {
    const content = mail.attachments.find(({ mimeType }) => types.includes(mimeType))?.content;
    return typeof content === "string" ? content : null;
  };
  const status = part("message/delivery-status", "message/global-delivery-status");
  if (status === null) return null;
  const original = part("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers");
  const [, ...blocks] = status.split(/\r?\n[ \t]*\r?\n/);
  return {
    recipients: blocks.slice(0, MOST_RECIPIENTS).flatMap((block) => recipientIn(fieldsOf(block))),
    messageId: original === null ? null : messageIdIn(original),
    at: instantOf(mail.date),
  };
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const lines = block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

function recipientIn(fields: ReadonlyMap<string, string>): ReportedRecipient[] {
  // What it was sent to is named first: a server may have passed it on to another address of the same person.
  const named = fields.get("original-recipient") ?? fields.get("final-recipient") ?? "";
  const address = plain(named.slice(named.indexOf(";") + 1)).replace(/^<|>$/g, "");
  if (address === "") return [];
  return [
    {
      address: address.toLowerCase(),
      action: plain(fields.get("action") ?? "").toLowerCase(),
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "",
      said: plain((fields.get("diagnostic-code") ?? "").replace(/^smtp;\s*/i, "")).slice(0, LONGEST),
    },
  ];
}

function messageIdIn(headers: string): string | null {
  const [head = ""] = headers.slice(0, 200_000).split(/\r?\n\r?\n/, 1);
  return /^message-id:\s*(<[^<>\s]{1,300}>)/im.exec(head)?.[1] ?? null;
}

const plain = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cs}]+/gu, " ")
    .trim()
    .slice(0, LONGEST);

function instantOf(date: string | undefined): Temporal.Instant | null {
  try {
    return date === undefined ? null : Temporal.Instant.from(date);
  } catch {
    return null;
  }
}
