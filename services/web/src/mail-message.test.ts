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
