import { mailSignInLink, newSignInToken } from "@signalbox/db";
import { Agent, request } from "node:http";
import type { Installation } from "./installation.ts";

/** What a page took, in milliseconds, and how many bytes of it came. */
export interface Visit {
  readonly took: number;
  readonly status: number;
  readonly bytes: number;
  readonly body: string;
}

/** A browser with a connection of its own, signed in as one person. */
export interface Visitor {
  get(path: string): Promise<Visit>;
}

/** Signs somebody in by a link as it is mailed, and keeps their session. */
export async function signIn({ db, worker }: Installation, person: string): Promise<Visitor> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = "";
  const send = async (path: string, form?: Readonly<Record<string, string>>): Promise<Visit> => {
    const began = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<Visit>();
    const payload = form === undefined ? undefined : new URLSearchParams(form).toString();
    const headers = {
      cookie,
      ...(payload === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    };
    const asked = request(new URL(path, worker.address ?? ""), { agent, headers, method: payload ? "POST" : "GET" });
    asked.on("error", reject).on("response", (response) => {
      const chunks: Buffer[] = [];
      for (const one of response.headers["set-cookie"] ?? []) cookie = one.split(";", 1)[0] ?? cookie;
      response.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        const took = performance.now() - began;
        resolve({ took, status: response.statusCode ?? 0, bytes: body.length, body: body.toString() });
      });
    });
    asked.end(payload);
    return promise;
  };
  const token = newSignInToken();
  const mail = {
    recipient: person,
    sentTo: person,
    messageId: `<${token}@example.org>`,
    subject: "Sign in",
    held: true,
  };
  const mailed = await mailSignInLink(db, token, { ...mail, raw: Buffer.from("") }, Temporal.Now.instant());
  if (!mailed) throw new Error(`${person} may not sign in`);
  const page = await send(`/sign-in/${token}`);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const { status } = await send(`/sign-in/${token}`, { _csrf: csrf });
  if (status !== 303) throw new Error(`signing in was answered with ${status}`);
  return { get: (path) => send(path) };
}

/** Every visitor reads page after page, as fast as the answers come, until each read so many; returns all visits by page. */
export async function readAtOnce(
  visitors: readonly Visitor[],
  pages: ReadonlyMap<string, (visitor: number, round: number) => string>,
  rounds: number,
): Promise<Map<string, Visit[]>> {
  const visits = new Map<string, Visit[]>([...pages.keys()].map((name) => [name, []]));
  const names = [...pages.keys()];
  await Promise.all(
    visitors.map(async (visitor, who) => {
      for (let round = 0; round < rounds; round++) {
        for (let at = 0; at < names.length; at++) {
          // Not all of them the same page at the same moment.
          const name = names[(at + who) % names.length] ?? "";
          const path = pages.get(name)?.(who, round) ?? "/";
          const visit = await visitor.get(path);
          if (visit.status !== 200) throw new Error(`${path} was answered with ${visit.status}`);
          visits.get(name)?.push(visit);
        }
      }
    }),
  );
  return visits;
}

/** The value that so large a share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
