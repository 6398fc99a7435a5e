// The identity provider at which tests sign in: oidc-provider, on this machine alone, until whoever started it ends.
//
// Whoever names an account is signed in as it. A `way` beside it has the provider say something in its token that
// is not to be believed: everything else about it stays as it is.
//
//     node provider.js FOLDER-OF-MODULES CLIENT SECRET

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, client, secret] = process.argv.slice(2);
// Nobody reads more than one line of what it says.
console.info = console.error;
const borrow = createRequire(join(folder, 'package.json'));
const { Provider } = await import(pathToFileURL(borrow.resolve('oidc-provider')));
const { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } = await import(pathToFileURL(borrow.resolve('jose')));

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

/** Keys of this start; with the second one nobody vouches for anything. */
const keys = await Promise.all(['own', 'foreign'].map(() => generateKeyPair('ES256', { extractable: true })));
const [own, foreign] = keys.map((pair) => pair.privateKey);
const jwk = { ...(await exportJWK(own)), kid: 'own', alg: 'ES256', use: 'sig' };

const signed = (claims, key = own) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'own' }).sign(key);
const hourAgo = () => Math.floor(Date.now() / 1000) - 3600;

/** What the token says instead, by the way that was asked for. */
const WAYS = {
  audience: (claims) => signed({ ...claims, aud: 'another-program' }),
  audiences: (claims) => signed({ ...claims, aud: [client, 'another-program'], azp: client }),
  party: (claims) => signed({ ...claims, azp: 'another-program' }),
  nonce: (claims) => signed({ ...claims, nonce: 'of-another-sign-in' }),
  'no-nonce': ({ nonce, ...claims }) => signed(claims),
  issuer: (claims) => signed({ ...claims, iss: 'https://other.example' }),
  expired: (claims) => signed({ ...claims, iat: hourAgo() - 60, exp: hourAgo() }),
  foreign: (claims) => signed(claims, foreign),
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  changed: async (claims) => {
    const [head, , signature] = (await signed(claims)).split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody-else' })).toString('base64url');
    return [head, other, signature].join('.');
  },
  // Rather than where it is asked for once more; nothing is wrong with that.
  'email-in-token': (claims) => signed({ ...claims, ...emailOf(claims.sub) }),
};
/** By the grant of each sign-in. */
const asked = new Map();

/** An account is an address, and known by another name than that. */
const emailOf = (sub) => {
  const email = sub.replace(/^account-of-/, '').replace(/^unverified-/, '');
  return { email, email_verified: !sub.startsWith('account-of-unverified-') };
};

const provider = new Provider(issuer, {
  clients: [{
    client_id: client,
    client_secret: secret,
    redirect_uris: ['https://inroad.test.example/sign-in/back'],
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: [secret] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...emailOf(sub) }) }),
  // Everybody agrees to what inroad asks for.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid email');
    asked.set(await grant.save(), oidc.result?.way);
    return grant;
  },
});

// Programs that a browser walks through are each on a port of their own.
const { redirectUriAllowed } = provider.Client.prototype;
provider.Client.prototype.redirectUriAllowed = function allowed(uri) {
  return /^https:\/\/localhost:\d+\/sign-in\/back$/.test(uri) || redirectUriAllowed.call(this, uri);
};

const form = `<!doctype html><html lang="en"><title>Your firm</title><h1>Your firm</h1>
<form method="post"><label>Account <input name="account" required></label><button>Go on</button></form>
<form method="post"><button name="no" value="1">Do not</button></form></html>`;

async function filled(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    await next();
    const way = ctx.body?.id_token && asked.get(ctx.oidc.entities.Grant.jti);
    if (way) ctx.body = { ...ctx.body, id_token: await WAYS[way](decodeJwt(ctx.body.id_token)) };
    return;
  }
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = form;
    return;
  }
  const said = await filled(ctx.req);
  const accountId = `account-of-${said.get('account')}`;
  const result = said.has('no') ? { error: 'access_denied' } : { login: { accountId }, way: said.get('way') };
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
});

server.on('request', provider.callback());
// It ends when nobody holds the other end any more.
process.stdin.resume().on('end', () => process.exit(0));
console.log(`ready ${issuer}`);
