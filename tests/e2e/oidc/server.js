// SPDX-License-Identifier: GPL-3.0-or-later
// A certified OpenID provider on the loopback interface, PKCE required, refresh tokens rotated. Prints one line
// of JSON with its address when it listens, and ends when its standard input closes.
import http from 'node:http';
import Provider from 'oidc-provider';

const clientId = 'wristkeep-check';
const clientSecret = process.env.OIDC_CLIENT_SECRET;
if (!clientSecret) {
  console.error('OIDC_CLIENT_SECRET is not set');
  process.exit(2);
}

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        application_type: 'native', // loopback redirects on any port (RFC 8252, 7.3)
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    scopes: ['openid', 'offline_access', 'activity', 'heartrate'],
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    cookies: { keys: ['only-for-this-test'] },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, RefreshToken: 86400, Session: 600, Interaction: 600, Grant: 86400 },
  });
  server.on('request', provider.callback());
  console.log(JSON.stringify({ ready: true, issuer }));
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
