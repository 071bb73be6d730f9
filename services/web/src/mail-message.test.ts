import { expect, test } from "vitest";
import { readMessage } from "./mail-message.ts";

const message = (...lines: string[]) => Buffer.from(lines.join("\r\n"));

test("reads both alternatives of a message, whatever carries them", () => {
  const raw = message(
    "Subject: x",
    "Content-Type: multipart/alternative;",
    ' boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "=C2=A33.2m, a soft=",
    " break, 3=3D3",
    "--b1",
    "Content-Type: text/html; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from("<p>£</p>").toString("base64"),
    "--b1--",
  );
  expect(readMessage(raw)).toEqual({ text: "£3.2m, a soft break, 3=3", html: "<p>£</p>" });
});

test("finds alternatives inside a mixed message, and one part alone", () => {
  const nested = message(
    "Content-Type: multipart/mixed; boundary=out",
    "",
    "--out",
    "Content-Type: multipart/alternative; boundary=in",
    "",
    "--in",
    "Content-Type: text/plain",
    "",
    "inner",
    "--in--",
    "--out",
    "Content-Type: text/calendar",
    "",
    "X",
    "--out--",
  );
  expect(readMessage(nested)).toEqual({ text: "inner", html: null });
  expect(readMessage(message("Subject: a", "", "just text"))).toEqual({ text: "just text", html: null });
});

test("a picture that the message carries stands in its HTML; one of another kind, or that is not there, does not", () => {
  const part = (id: string, type: string, data: string) => [
    "--out",
    `Content-Type: ${type}; name=chart.png`,
    "Content-Transfer-Encoding: base64",
    `Content-ID: <${id}>`,
    "",
    data,
  ];
  const mixed = message(
    "Content-Type: multipart/related; boundary=out",
    "",
    "--out",
    "Content-Type: text/html",
    "",
    '<img src="cid:a@b" alt="Up"><img src="cid:script"><img src="cid:gone">',
    ...part("a@b", "image/png", "iVBO\r\nRw=="),
    ...part("script", "text/html", "PHNjcmlwdD4="),
    "--out--",
  );
  expect(readMessage(mixed).html).toBe(
    '<img src="data:image/png;base64,iVBORw==" alt="Up"><img src="cid:script"><img src="cid:gone">',
  );
});
