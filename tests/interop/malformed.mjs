// A client that keeps to no rule of gRPC's, by Node's own HTTP/2 and by raw bytes:
//
//   node malformed.mjs SOCKET
//
// SOCKET is the unix socket of a server that knows the caller by it. Says on
// standard output what each call got, and ends with 0 if every one was answered.
import { connect as connectHttp2, constants } from 'node:http2';
import { connect } from 'node:net';

const [socket] = process.argv.slice(2);
const bound = 30_000; // Milliseconds.

const getToken = '/bursar.v1.TokenBroker/GetToken';
const watch = '/bursar.v1.TokenBroker/WatchRevocations';
const reflection = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';
const health = '/grpc.health.v1.Health/Check';
const nowhere = '/nobody.Nowhere/Get';

// A message as gRPC frames it, its first byte a flag, then its length.
function framed(bytes, flag = 0) {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const request = framed(Buffer.from([0x0a, 1, 0x61, 0x12, 1, 0x62]));
const notAMessage = framed(Buffer.from([0xff, 0xff, 0xff]));

const malformed = {
  'method GET': { headers: { ':method': 'GET' } },
  'no body': { body: undefined },
  'an empty body': { body: Buffer.alloc(0) },
  'half a frame head': { body: Buffer.from([0, 0, 0]) },
  'a frame longer than the rest': { body: Buffer.from([0, 0, 0, 1, 0, 1]) },
  'a frame of two gigabytes': { body: Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1]) },
  'a flag that there is not': { body: framed(Buffer.from('zzz'), 7) },
  'compressed by nothing': { body: framed(Buffer.from('zzz'), 1) },
  'no gzip': { headers: { 'grpc-encoding': 'gzip' }, body: framed(Buffer.from('zzz'), 1) },
  'an unknown compression': { headers: { 'grpc-encoding': 'none such' }, body: framed(Buffer.from('zzz'), 1) },
  'two messages': { body: Buffer.concat([request, request]) },
  'a message of two megabytes': { body: framed(Buffer.alloc(2 << 20, 0x41)) },
  'not a message': { body: notAMessage },
  'no time': { headers: { 'grpc-timeout': '0n' } },
  'time without end': { headers: { 'grpc-timeout': '9999999999999H' } },
  'negative time': { headers: { 'grpc-timeout': '-1S' } },
  'a path without slash': { path: 'x' },
  'a long path': { path: `/${'a'.repeat(7000)}` },
  'a path upwards': { path: '/../../etc/passwd' },
  'an unknown method': { path: nowhere },
  'an unknown method, nothing said': { path: nowhere, body: undefined },
  'an unknown method, too much said': { path: nowhere, body: framed(Buffer.alloc(3 << 20)) },
  'no base64': { headers: { 'x-bin': '!' } },
  'an empty credential': { headers: { authorization: '' } },
  'a long credential': { headers: { authorization: `Bearer ${'a'.repeat(6000)}` } },
  'no reflection request': { path: reflection, body: notAMessage },
  'no reflection': { path: reflection, body: undefined },
  'no watch request': { path: watch, body: notAMessage },
  'no watch': { path: watch, body: undefined },
  'no health request': { path: health, body: notAMessage },
};

function happens(emitter, event) {
  return new Promise((tell) => { emitter.on(event, () => tell(true)); });
}

function open() {
  const session = connectHttp2('http://localhost', { createConnection: () => connect(socket) });
  session.on('error', () => {});
  return session;
}

function begin(session, { path = getToken, headers = {} }) {
  const stream = session.request({
    ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers,
  });
  stream.on('error', () => {});
  stream.resume();
  return stream;
}

// What the server says of a call, or "reset"; nothing if it says nothing.
async function answerOf(call) {
  const session = open();
  const stream = begin(session, call);
  let status;
  for (const event of ['response', 'trailers']) {
    stream.on(event, (headers) => { status = headers['grpc-status'] ?? status; });
  }
  stream.end('body' in call ? call.body : request);
  const late = new Promise((tell) => { setTimeout(() => tell(false), bound).unref(); });
  const ended = await Promise.race([happens(stream, 'close'), late]);
  session.destroy();
  return ended ? status ?? 'reset' : undefined;
}

let answered = true;
for (const [name, call] of Object.entries(malformed)) {
  const answer = await answerOf(call);
  console.log(`${name}: ${answer ?? 'no answer'}`);
  answered &&= answer !== undefined;
}

// Calls that are taken back as soon as they are made.
const hasty = open();
for (let i = 0; i < 1000; i += 1) {
  const stream = begin(hasty, {});
  stream.end(request);
  stream.close(constants.NGHTTP2_CANCEL);
}
await new Promise((sent) => { hasty.ping(() => sent()); });
hasty.destroy();

// Connections that go with all their calls under way.
for (const path of [getToken, watch, reflection, nowhere]) {
  const session = open();
  for (let i = 0; i < 50; i += 1) begin(session, { path }).write(request);
  await happens(session, 'remoteSettings');
  session.destroy();
}

// Connections that speak something else.
const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
for (const bytes of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', `${preface}${'\xff'.repeat(200)}`]) {
  const connection = connect(socket);
  connection.on('error', () => {});
  connection.resume();
  connection.end(Buffer.from(bytes, 'latin1'));
  await happens(connection, 'close');
}

process.exit(answered ? 0 : 1);
