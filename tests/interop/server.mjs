// An OpenID provider for tests, on a free loopback port:
//
//   node server.mjs CLIENT_FILE READY_FILE
//
// CLIENT_FILE has its one client as RFC 7591 writes it, in JSON; READY_FILE gets
// the issuer's URL once it answers. All it knows is in memory and gone with it.
// Beside what oidc-provider serves there is GET /witness, for what a test could
// not see otherwise.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

const [clientFile, readyFile] = process.argv.slice(2);
const client = JSON.parse(readFileSync(clientFile, 'utf8'));

const minute = 60;
const hour = 60 * minute;

const settings = {
  clients: [{
    ...client,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  cookies: { keys: ['nobody has to be kept from a test'] },
  features: {
    // Its own pages for login and consent; whoever comes has an account.
    devInteractions: { enabled: true },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
  // The one replaced is good no more, and presenting it ends its grant.
  rotateRefreshToken: true,
  scopes: ['openid', 'offline_access'],
  ttl: {
    AccessToken: hour,
    AuthorizationCode: minute,
    Grant: hour,
    IdToken: hour,
    Interaction: hour,
    RefreshToken: hour,
    Session: hour,
  },
};

// Answers with the refresh tokens in the order of issue, and how often the
// provider told of each event.
function witness(provider) {
  const refreshTokens = [];
  const events = {};
  provider.on('refresh_token.saved', (token) => refreshTokens.push(token.jti));
  for (const name of [
    'grant.success', 'grant.error', 'grant.revoked', 'revocation.error',
    'refresh_token.consumed', 'refresh_token.destroyed',
  ]) {
    events[name] = 0;
    provider.on(name, () => { events[name] += 1; });
  }
  return (response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ refresh_tokens: refreshTokens, events }));
  };
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, settings);
  const testify = witness(provider);
  const serve = provider.callback();
  server.on('request', (request, response) => {
    if (request.url === '/witness') testify(response);
    else serve(request, response);
  });
  // Never to be seen half-written.
  writeFileSync(`${readyFile}.new`, issuer);
  renameSync(`${readyFile}.new`, readyFile);
});
