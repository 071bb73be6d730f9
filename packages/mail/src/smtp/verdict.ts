/**
 * What became of an attempt to hand a mail over.
 * - `deferred`: it was not taken; a later attempt may succeed, and may be composed anew
 * - `unknown`: it may have been taken; only the same bytes may be sent again
 * - `failed`: it was refused for good; a person must act
 * `away`: the server took no notice of this mail in particular, so others need not be tried now.
 */
export interface Verdict {
  readonly status: "deferred" | "unknown" | "failed";
  readonly away: boolean;
  readonly reason: string;
  /** The server will not take mail for this address, now or later: it bounces. */
  readonly bounces: boolean;
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly timeoutType?: string;
  readonly message: string;
}

/** About the mail itself: an answer to MAIL FROM, RCPT TO or DATA, or to the message. */
const ABOUT_THE_MAIL = new Set(["EENVELOPE", "EMESSAGE"]);
/** Before a mail was spoken of: no connection, no TLS, no greeting, no sign-in. */
const BEFORE_THE_MAIL = new Set(["EDNS", "ETLS", "EAUTH", "ENOAUTH", "EOAUTH2", "EPROXY", "EREQUIRETLS"]);
const NO_CONNECTION =
  /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|before the greeting|pool was closed/;

/**
 * The one place that knows nodemailer's errors: 4xx and no connection are tried again, 5xx is given up, and a
 * connection lost in the middle leaves it open whether the mail was taken. A refused sign-in is no word about the mail,
 * so it waits like a server that is away.
 */
export function verdictOn(error: unknown): Verdict {
  return { ...readError(error), bounces: isBounce(asSmtpError(error)) };
}

/** 5.7 is a matter of the sender's rights or good name: were it an address's fault, one bad day would cost us all of them. */
const OF_POLICY = /^5\d\d[ -]5\.7\./;

function isBounce({ code, command, responseCode, response = "" }: SmtpError): boolean {
  if (code !== "EENVELOPE" || command !== "RCPT TO" || responseCode === undefined || responseCode < 550) return false;
  return responseCode < 560 && !OF_POLICY.test(response);
}

function readError(error: unknown): Omit<Verdict, "bounces"> {
  const { code = "", responseCode, response, timeoutType, message } = asSmtpError(error);
  const reason = (response ?? message).slice(0, 500);
  if (responseCode !== undefined && responseCode === 421) return { status: "deferred", away: true, reason };
  if (ABOUT_THE_MAIL.has(code) && responseCode === undefined) return { status: "failed", away: false, reason };
  if (ABOUT_THE_MAIL.has(code))
    return { status: (responseCode ?? 0) < 500 ? "deferred" : "failed", away: false, reason };
  if (BEFORE_THE_MAIL.has(code) || responseCode !== undefined) return { status: "deferred", away: true, reason };
  if (timeoutType === "CONNECT_TIMEOUT" || timeoutType === "GREETING_TIMEOUT" || NO_CONNECTION.test(message)) {
    return { status: "deferred", away: true, reason };
  }
  return { status: "unknown", away: true, reason };
}

function asSmtpError(error: unknown): SmtpError {
  if (!(error instanceof Error)) return { message: String(error) };
  const given = error as Error & Partial<SmtpError> & { responseCode?: unknown };
  return {
    message: given.message,
    ...(typeof given.code === "string" && { code: given.code }),
    ...(typeof given.command === "string" && { command: given.command }),
    ...(typeof given.responseCode === "number" && { responseCode: given.responseCode }),
    ...(typeof given.response === "string" && { response: given.response }),
    ...(typeof given.timeoutType === "string" && { timeoutType: given.timeoutType }),
  };
}
