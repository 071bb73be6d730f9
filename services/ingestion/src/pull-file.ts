import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { faultInWords } from "./pull-faults.ts";

/** Whom may be asked, and how much is taken. */
export interface FetchRules {
  /** Hosts by name, with a port where it is not 443. */
  readonly hosts: readonly string[];
  resolve(hostname: string): Promise<readonly LookupAddress[]>;
  isAllowed(address: string): boolean;
  /** A certificate authority of one's own, in place of the world's. */
  readonly ca?: string;
  readonly largest: number;
  /** How long a server may say nothing, and how long all of it may take. */
  readonly silenceMs: number;
  readonly wholeMs: number;
}

/** How a server knows the file it gave the last time, and from where that came in the end. */
export interface KnownFile {
  readonly fetchedFrom: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type Fetched =
  | {
      readonly kind: "came";
      readonly bytes: Buffer;
      readonly from: URL;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly disposition: string | undefined;
      readonly mediaType: string | undefined;
    }
  | { readonly kind: "unchanged" }
  | { readonly kind: "not-there"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string; readonly retryAfter: string | null };

const REDIRECTS = 5;
const MOVED = new Set([301, 302, 303, 307, 308]);

/** The file cannot be had this way; the message says why. */
class NotFetched extends Error {}

/**
 * Fetches a file over https, from listed hosts and public addresses alone; redirects are followed by hand, each checked
 * like the first. What goes wrong comes back, in words; nothing is thrown.
 */
export async function fetchFile(
  address: string,
  { known, rules, signal }: { known: KnownFile; rules: FetchRules; signal: AbortSignal },
): Promise<Fetched> {
  let url = address;
  const until = AbortSignal.any([signal, AbortSignal.timeout(rules.wholeMs)]);
  try {
    for (let followed = 0; followed <= REDIRECTS; followed++) {
      const at = checked(url, rules);
      const response = await ask(at, { known, rules, signal: until });
      try {
        const next = movedTo(response, at);
        if (next === null) return await taken(response, { at, rules });
        url = next;
      } finally {
        response.destroy();
      }
    }
    throw new NotFetched(`it was redirected more than ${REDIRECTS} times, last to ${url}`);
  } catch (error) {
    const host = URL.canParse(url) ? new URL(url).host : url;
    const why = until.aborted ? `${host} took longer than ${rules.wholeMs / 1000} s` : faultInWords(error, host);
    return { kind: "failed", why, retryAfter: null };
  }
}

/** The address, where it may be asked: also that of a redirect, which a server made up. */
function checked(address: string, { hosts }: FetchRules): URL {
  if (!URL.canParse(address)) throw new NotFetched(`${shown(address)} is no address`);
  const url = new URL(address);
  if (url.protocol !== "https:") throw new NotFetched(`${shown(url.href)} is not https`);
  if (url.username !== "" || url.password !== "") throw new NotFetched("the address holds a user name or password");
  if (!hosts.includes(url.host))
    throw new NotFetched(`the host ${url.host} is not listed: add it to SOURCE_HOSTS if it may be asked`);
  return url;
}

function ask(
  url: URL,
  { known, rules, signal }: { known: KnownFile; rules: FetchRules; signal: AbortSignal },
): Promise<IncomingMessage> {
  const isKnown = known.fetchedFrom === url.href;
  const headers = {
    accept: "*/*",
    "accept-encoding": "identity",
    "user-agent": "Signalbox",
    ...(isKnown && known.etag !== null ? { "if-none-match": known.etag } : {}),
    ...(isKnown && known.lastModified !== null ? { "if-modified-since": known.lastModified } : {}),
  };
  return new Promise((resolve, reject) => {
    const options = { headers, signal, agent: false, lookup: checkedLookup(rules), timeout: rules.silenceMs };
    const asked = request(url, rules.ca === undefined ? options : { ...options, ca: rules.ca });
    let silent: { destroy(error: Error): unknown } = asked;
    asked.on("timeout", () => {
      silent.destroy(new NotFetched(`${url.host} said nothing for ${rules.silenceMs / 1000} s`));
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      silent = response;
      resolve(response);
    });
    asked.end();
  });
}

/**
 * Resolves a name and gives the socket these very addresses to connect to, so that no second answer of the name server can
 * differ. One address that is not public refuses the name, whatever others there are.
 */
function checkedLookup({ resolve, isAllowed }: FetchRules): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !isAllowed(address));
        const [first] = addresses;
        if (refused !== undefined || first === undefined) {
          const what = refused === undefined ? "no address" : `${refused.address}, which is not a public address`;
          done(new NotFetched(`the name ${hostname} leads to ${what}`), "");
        } else if (options.all === true) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ""),
    );
  };
}

function movedTo({ statusCode = 0, headers }: IncomingMessage, at: URL): string | null {
  if (!MOVED.has(statusCode)) return null;
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, at))
    throw new NotFetched(`it answered ${statusCode} without saying where to go`);
  return new URL(location, at).href;
}

async function taken(response: IncomingMessage, { at, rules }: { at: URL; rules: FetchRules }): Promise<Fetched> {
  const { statusCode = 0, headers } = response;
  if (statusCode === 304) return { kind: "unchanged" };
  if (statusCode === 404 || statusCode === 410)
    return { kind: "not-there", why: `${at.href} is not there (${statusCode})` };
  if (statusCode !== 200)
    return { kind: "failed", why: `${at.host} answered ${statusCode}`, retryAfter: headers["retry-after"] ?? null };
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    throw new NotFetched(`${at.host} sent it as ${shown(encoding)}, though asked for the file as it is`);
  return {
    kind: "came",
    bytes: await bytesOf(response, rules.largest),
    from: at,
    etag: headers.etag ?? null,
    lastModified: headers["last-modified"] ?? null,
    disposition: headers["content-disposition"],
    mediaType: headers["content-type"]?.split(";")[0]?.trim().toLowerCase(),
  };
}

async function bytesOf(response: IncomingMessage, largest: number): Promise<Buffer> {
  const tooLarge = new NotFetched(`the file is larger than ${Math.floor(largest / 1024 / 1024)} MB`);
  if (Number(response.headers["content-length"] ?? 0) > largest) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > largest) throw tooLarge;
    chunks.push(chunk);
  }
  if (size === 0) throw new NotFetched("the file is empty");
  return Buffer.concat(chunks);
}

function shown(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
