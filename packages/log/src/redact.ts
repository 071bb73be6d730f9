// What a line of log must not carry, wherever it stands in it: a field, a message, an error of a mail server.
const CREDENTIALS_IN_ADDRESS = /([a-z][a-z0-9+.-]*:\/\/)[^\s"/@]*@/gi;
const SECRET_IN_QUERY = /([?&](?:token|key|code|secret|password)=)[^\s"&#]+/gi;
/** The tokens of links that sign somebody in or let them answer, and of calendars, stand in the path. */
const SECRET_IN_PATH = /(\/(?:sign-in|answer|calendar)\/)[\w-]{20,}/gi;
const EMAIL_ADDRESS = /[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]*[a-z][a-z0-9-]*)+/gi;

/** The same text without e-mail addresses, passwords in addresses of servers, or secrets in links. */
export function redact(text: string): string {
  if (!/[@=]|\/(?:sign-in|answer|calendar)\//i.test(text)) return text;
  return text
    .replace(CREDENTIALS_IN_ADDRESS, "$1[redacted]@")
    .replace(SECRET_IN_QUERY, "$1[redacted]")
    .replace(SECRET_IN_PATH, "$1[redacted]")
    .replace(EMAIL_ADDRESS, "[e-mail address]");
}
