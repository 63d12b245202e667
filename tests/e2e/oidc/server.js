// SPDX-License-Identifier: GPL-3.0-or-later
// A certified OpenID provider on the loopback interface, PKCE required, with one client in the form of each service:
// Fitbit's authenticates in a header and has its refresh tokens rotated, Google's authenticates in the body and keeps
// the one it has. Prints one line of JSON with its address when it listens, and ends when its standard input closes.
import http from 'node:http';
import Provider, { errors } from 'oidc-provider';

const clientSecret = process.env.OIDC_CLIENT_SECRET;
const scopes = process.env.OIDC_SCOPES;
if (!clientSecret || !scopes) {
  console.error('OIDC_CLIENT_SECRET or OIDC_SCOPES is not set');
  process.exit(2);
}

const registered = (id, authentication) => ({
  client_id: id,
  client_secret: clientSecret,
  application_type: 'native', // loopback redirects on any port (RFC 8252, 7.3)
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: authentication,
});

const isGoogle = (client) => client?.clientId === 'google-health';

// Google leaves the refresh token out without both; a refusal shows at once which one was forgotten.
function insistOnOfflineConsent(ctx, accessType, client) {
  if (isGoogle(client) && (accessType !== 'offline' || !ctx.oidc.prompts.has('consent'))) {
    throw new errors.InvalidRequest('access_type=offline and prompt=consent are required');
  }
}

// oidc-provider takes the secret in the header and in the body from both kinds of client.
async function insistOnRegisteredAuthentication(ctx, next) {
  await next();
  if (!['token', 'revocation'].includes(ctx.oidc?.route) || !ctx.oidc.client) return;
  const inHeader = ctx.oidc.client.clientAuthMethod === 'client_secret_basic';
  if (inHeader !== Boolean(ctx.get('authorization'))) {
    ctx.status = 401;
    ctx.body = { error: 'invalid_client', error_description: 'not authenticated as registered' };
  }
}

// oidc-provider repeats a refresh token that is not rotated, Google leaves it out.
async function leaveOutUnrotated(ctx, next) {
  await next();
  if (isGoogle(ctx.oidc?.client) && ctx.oidc.params?.grant_type === 'refresh_token') {
    delete ctx.body.refresh_token;
  }
}

// A resource in the shape of Google's, for whoever holds a living access token.
const identity = (provider) => async (ctx, next) => {
  if (ctx.method !== 'GET' || ctx.path !== '/v4/users/me/identity') return next();
  const bearer = /^Bearer (\S+)$/.exec(ctx.get('authorization'))?.[1];
  if (bearer && (await provider.AccessToken.find(bearer))) {
    ctx.body = { name: 'users/me/identity', healthUserId: '2515055256096816351', legacyUserId: '8ABCDE' };
  } else {
    ctx.status = 401;
    ctx.body = { error: { code: 401, message: 'Invalid authentication credentials.', status: 'UNAUTHENTICATED' } };
  }
};

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [registered('fitbit', 'client_secret_basic'), registered('google-health', 'client_secret_post')],
    routes: { authorization: '/auth', token: '/oauth2/token', revocation: '/oauth2/revoke' },
    scopes: scopes.split(' '),
    extraParams: { access_type: insistOnOfflineConsent },
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    rotateRefreshToken: (ctx) => !isGoogle(ctx.oidc.client),
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    cookies: { keys: ['only-for-this-test'] },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, RefreshToken: 86400, Session: 600, Interaction: 600, Grant: 86400 },
  });
  [identity(provider), insistOnRegisteredAuthentication, leaveOutUnrotated].forEach((step) => provider.use(step));
  server.on('request', provider.callback());
  console.log(JSON.stringify({ ready: true, issuer }));
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
