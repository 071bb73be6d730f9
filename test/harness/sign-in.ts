import { type Database, type Kysely, mailSignInLink, newSignInToken } from "@signalbox/db";

/** Signs somebody of the catalogue in by a link as it is mailed to them, and returns their session's cookie. */
export async function signedIn(
  { address, db }: { address: string; db: Kysely<Database> },
  person: string,
): Promise<string> {
  const token = newSignInToken();
  const mail = {
    recipient: person,
    sentTo: person,
    messageId: `<${token}@example.org>`,
    subject: "Sign in",
    held: true,
  };
  const mailed = await mailSignInLink(db, token, { ...mail, raw: Buffer.from("") }, Temporal.Now.instant());
  if (!mailed) throw new Error(`${person} may not sign in.`);
  const path = `${address}/sign-in/${token}`;
  const page = await fetch(path);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const headers = { cookie: cookieOf(page), "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams({ _csrf: csrf }).toString();
  const answer = await fetch(path, { method: "POST", headers, body, redirect: "manual" });
  const cookie = cookieOf(answer);
  if (answer.status !== 303 || cookie === "") throw new Error(`Signing in was answered with ${answer.status}.`);
  return cookie;
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0] ?? "")
    .join("; ");
}
