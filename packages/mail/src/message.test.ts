import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { messageIdOf } from "./message-id.ts";
import { composeMessage } from "./message.ts";

const madeAt = Temporal.Instant.from("2026-11-24T08:30:00Z");
const at = { recipient: "chair@example.org", sender: "Signalbox <signalbox@example.nhs.uk>" };

const mail = {
  kind: "digest" as const,
  sender: at.sender,
  to: at.recipient,
  messageId: "<abc@example.nhs.uk>",
  date: madeAt,
  notices: Array.from({ length: 60 }, (_, i) => 1000 + i),
  escalations: [412, 413],
  subject: "2 new for the SLT – Urgent and Emergency Care",
  html: "<p>£3.2m</p>",
  text: "£3.2m\n",
  wouldGoTo: null,
};

test("a mail is HTML and text, with headers for machines that fold", async () => {
  const raw = await composeMessage(mail);
  expect(
    Math.max(
      ...raw
        .toString()
        .split("\r\n")
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(998);
  expect(raw.toString()).not.toMatch(/[^\r]\n/);
  expect(raw.toString()).toMatch(/[^\n]\r\n$/);
  const read = await PostalMime.parse(raw);
  const header = (key: string) => read.headers.find((one) => one.key === key)?.value;
  expect(read.text?.trim()).toBe("£3.2m");
  expect(read.html?.trim()).toBe("<p>£3.2m</p>");
  expect(read.messageId).toBe("<abc@example.nhs.uk>");
  expect(header("auto-submitted")).toBe("auto-generated");
  expect(header("x-signalbox-kind")).toBe("digest");
  expect(header("x-signalbox-notices")?.split(", ")).toEqual(mail.notices.map(String));
  expect(header("x-signalbox-escalations")).toBe("412, 413");
  expect(header("x-signalbox-would-go-to")).toBeUndefined();
  expect(header("content-type")).toMatch(/^multipart\/alternative/);
});

test("a Message-ID is the same for the same notices in any order, and another for others or another person", () => {
  const one = messageIdOf(
    [
      { id: 1, madeAt },
      { id: 12, madeAt },
    ],
    at,
  );
  expect(
    messageIdOf(
      [
        { id: 12, madeAt },
        { id: 1, madeAt },
      ],
      at,
    ),
  ).toBe(one);
  expect(
    messageIdOf(
      [
        { id: 11, madeAt },
        { id: 2, madeAt },
      ],
      at,
    ),
  ).not.toBe(one);
  expect(
    messageIdOf(
      [
        { id: 1, madeAt },
        { id: 12, madeAt },
      ],
      { ...at, recipient: "b@example.org" },
    ),
  ).not.toBe(one);
  expect(one).toMatch(/^<[0-9a-f]{32}@example\.nhs\.uk>$/);
});
