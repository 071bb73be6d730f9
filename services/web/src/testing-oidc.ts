import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AccountClaims, Provider } from "oidc-provider";

export const CLIENT = { OIDC_CLIENT_ID: "signalbox", OIDC_CLIENT_SECRET: "a secret of these tests alone" } as const;
/** Somebody else's program, which the same provider serves. */
export const OTHER_CLIENT = "another-program";

/** A real OpenID provider on a port of this machine, at which whoever `signedIn` names signs in without being asked. */
export async function testProvider(accounts: Readonly<Record<string, Omit<AccountClaims, "sub">>>, callback: string) {
  const server = createServer();
  const port = await listen(server, 0);
  const issuer = `http://localhost:${port}`;
  const signedIn = { account: "" };
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const client = { client_secret: CLIENT.OIDC_CLIENT_SECRET, redirect_uris: [callback] };
  const provider = new Provider(issuer, {
    clients: [
      { client_id: CLIENT.OIDC_CLIENT_ID, ...client },
      { client_id: OTHER_CLIENT, ...client },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["a key of these tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => "/interaction" },
    pkce: { required: () => false },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_, accountId) => ({
      accountId,
      claims: async (): Promise<AccountClaims> => ({ sub: accountId, ...accounts[accountId] }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction") !== true) return void answer(request, response);
    const result =
      signedIn.account === ""
        ? { error: "access_denied", error_description: "they changed their mind" }
        : { login: { accountId: signedIn.account } };
    return void provider.interactionFinished(request, response, result);
  });
  function close(): Promise<void> {
    return new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  }
  return { issuer, signedIn, pause: close, resume: () => listen(server, port), close };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Goes with a browser of its own to the provider, and returns the address that it leads back to. */
export async function goThrough(address: string, callback: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = new URL(address);
  for (let steps = 0; steps < 10 && !at.href.startsWith(callback); steps++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";", 1)[0] ?? "").split("=");
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`the provider said ${answer.status}: ${await answer.text()}`);
    at = new URL(location, at);
  }
  return at;
}
