import { expect, test } from "vitest";
import { verdictOn } from "./verdict.ts";

const error = (message: string, facts: object) => Object.assign(new Error(message), facts);

test.each([
  ["no connection is tried again", error("connect ECONNREFUSED 127.0.0.1:25", { code: "ESOCKET" }), "deferred", true],
  ["no such host is tried again", error("getaddrinfo ENOTFOUND", { code: "EDNS" }), "deferred", true],
  [
    "a greeting that never comes is tried again",
    error("Greeting never received", { code: "ETIMEDOUT", timeoutType: "GREETING_TIMEOUT" }),
    "deferred",
    true,
  ],
  [
    "a refused sign-in waits for the operator",
    error("Invalid login", { code: "EAUTH", responseCode: 535 }),
    "deferred",
    true,
  ],
  ["a full mailbox is tried again", error("x", { code: "EENVELOPE", responseCode: 452 }), "deferred", false],
  ["a message put off is tried again", error("x", { code: "EMESSAGE", responseCode: 451 }), "deferred", false],
  ["a server that shuts down is tried again", error("x", { code: "EENVELOPE", responseCode: 421 }), "deferred", true],
  ["an unknown mailbox is given up", error("x", { code: "EENVELOPE", responseCode: 550 }), "failed", false],
  ["a refused message is given up", error("x", { code: "EMESSAGE", responseCode: 554 }), "failed", false],
  [
    "a connection lost on the way leaves it open",
    error("Connection closed unexpectedly", { code: "ECONNECTION" }),
    "unknown",
    true,
  ],
  [
    "a silence on the way leaves it open",
    error("Timeout", { code: "ETIMEDOUT", timeoutType: "SOCKET_TIMEOUT" }),
    "unknown",
    true,
  ],
])("%s", (_, given, status, away) => {
  expect(verdictOn(given)).toMatchObject({ status, away });
});

test.each([
  ["an unknown mailbox bounces", { command: "RCPT TO", responseCode: 550, response: "550 5.1.1 no such user" }, true],
  ["so does one without a further code", { command: "RCPT TO", responseCode: 553, response: "553 no" }, true],
  ["a full mailbox does not", { command: "RCPT TO", responseCode: 452, response: "452 4.2.2 full" }, false],
  ["nor does one for our name's sake", { command: "RCPT TO", responseCode: 554, response: "554 5.7.1 blocked" }, false],
  ["nor for want of a sign-in", { command: "RCPT TO", responseCode: 530, response: "530 5.7.0 sign in" }, false],
  ["nor does a sender that is refused", { command: "MAIL FROM", responseCode: 550, response: "550 5.1.0 no" }, false],
  ["nor a message that is", { code: "EMESSAGE", command: "DATA", responseCode: 550, response: "550 spam" }, false],
])("%s", (_, given, bounces) => {
  expect(verdictOn(error("x", { code: "EENVELOPE", ...given })).bounces).toBe(bounces);
});

test("says what the server said", () => {
  expect(
    verdictOn(error("Message failed: 554 no", { code: "EMESSAGE", responseCode: 554, response: "554 no" })).reason,
  ).toBe("554 no");
});
