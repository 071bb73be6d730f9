import type { Config } from "@signalbox/config";
import * as oidc from "openid-client";

const SCOPE = "openid email";
const PATIENCE_SECONDS = 5;
/** How far the provider's clock may be off. */
const CLOCKS_DIFFER_SECONDS = 30;
export const CALLBACK = "/sign-in/oidc/callback";

/** What a sign-in that was begun is checked by when it ends; kept in the session of the browser that began it. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the provider says of who signed in; or why it says nothing. */
export type Told =
  | { readonly kind: "address"; readonly email: string }
  | { readonly kind: "unverified"; readonly email: string }
  | { readonly kind: "no-address" }
  | { readonly kind: "refused"; readonly why: string };

/** The provider does not answer: not this sign-in's fault, and worth another try. */
export class ProviderAway extends Error {}

/** Signing in with an OpenID provider: authorization code with PKCE, state and nonce. */
export interface OidcSignIn {
  begin(): Promise<{ readonly address: string; readonly begun: BegunSignIn }>;
  /** `search` is what the callback's address carries. Throws ProviderAway. */
  finish(search: string, begun: BegunSignIn): Promise<Told>;
}

/** A client of the provider. It is asked about itself at the first sign-in, and again while it is away. */
export function openOidc(settings: NonNullable<Config["oidc"]>, baseUrl: string): OidcSignIn {
  const redirect_uri = `${baseUrl}${CALLBACK}`;
  let discovered: Promise<oidc.Configuration> | null = null;

  async function provider(): Promise<oidc.Configuration> {
    discovered ??= discover(settings);
    try {
      return await discovered;
    } catch (error) {
      discovered = null;
      throw new ProviderAway(`no sign-in service at ${settings.issuer}`, { cause: error });
    }
  }

  return {
    async begin() {
      const config = await provider();
      const begun = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri,
        scope: SCOPE,
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: "S256",
      });
      return { address: address.href, begun };
    },

    async finish(search, { state, nonce, verifier }) {
      const config = await provider();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirect_uri}${search}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return { kind: "refused", why: "no id token" };
        if (typeof claims["email"] === "string") return addressIn(claims);
        if (config.serverMetadata().userinfo_endpoint === undefined) return { kind: "no-address" };
        return addressIn(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub));
      } catch (error) {
        if (isAway(error)) throw new ProviderAway(`${settings.issuer} does not answer`, { cause: error });
        return { kind: "refused", why: whyOf(error) };
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: NonNullable<Config["oidc"]>): Promise<oidc.Configuration> {
  const plain = issuer.startsWith("http:");
  const basic = oidc.ClientSecretBasic(clientSecret);
  const post = oidc.ClientSecretPost(clientSecret);
  // A provider that does not say takes Basic (OpenID Connect Discovery, section 3).
  const authentication: oidc.ClientAuth = (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    (ways.includes("client_secret_basic") ? basic : post)(server, client, body, headers);
  };
  const metadata = { client_secret: clientSecret, [oidc.clockTolerance]: CLOCKS_DIFFER_SECONDS };
  return oidc.discovery(new URL(issuer), clientId, metadata, authentication, {
    timeout: PATIENCE_SECONDS,
    execute: plain ? [oidc.allowInsecureRequests] : [],
  });
}

/** Some providers write the word false; one that says nothing of it has checked the address itself (decision 0020). */
function addressIn(claims: Readonly<Record<string, unknown>>): Told {
  const { email, email_verified: verified } = claims;
  if (typeof email !== "string" || email.trim() === "") return { kind: "no-address" };
  const address = email.trim().toLowerCase();
  return { kind: verified === false || verified === "false" ? "unverified" : "address", email: address };
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, status, cause } = error as { code?: string; status?: number; cause?: unknown };
  if (code === "OAUTH_TIMEOUT" || (status ?? 0) >= 500) return true;
  if (cause instanceof Response && cause.status >= 500) return true;
  return (error instanceof TypeError && error.message === "fetch failed") || (cause !== error && isAway(cause));
}

/** For the audit trail: codes, never what a token or an address says. */
function whyOf(error: unknown): string {
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  const word = typeof said === "string" ? said : code;
  return typeof word === "string" && /^[\w-]{1,80}$/.test(word) ? word : "not valid";
}
