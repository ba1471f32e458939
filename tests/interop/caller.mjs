// A caller with stubs made from the .proto files, on an implementation of gRPC
// that shares no code with the broker's:
//
//   node caller.mjs PROTO_FOLDER CALL_FILE
//
// CALL_FILE says in JSON what to call, and as whom:
//
//   target              as gRPC names it
//   ca, certificate, key  PEM files; without ca in clear text
//   bearer              what stands after "Bearer "
//   compressed          whether requests are
//   path, request       "/package.Service/Method", and its message
//   times               how often, over one connection (1)
//
// Prints a line of JSON for each message that comes, {"message": …}, and one for
// each call's end, {"code": "OK", "text": …, "details": [{"type": …, …}]}.
import { readFileSync } from 'node:fs';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const [protoFolder, callFile] = process.argv.slice(2);
const call = JSON.parse(readFileSync(callFile, 'utf8'));
const gzip = 2;
const bound = 60_000; // Milliseconds, so that no test waits for ever.

const files = ['api_keys', 'audit', 'clients', 'events', 'grants', 'keys', 'policy', 'revocations', 'token_broker']
  .map((name) => `bursar/v1/${name}.proto`);
const { bursar: { v1 } } = grpc.loadPackageDefinition(protoLoader.loadSync(files, {
  includeDirs: [protoFolder],
  keepCase: true,
  longs: String,
  enums: String,
  oneofs: true,
}));

// What an error's details are made of (google.rpc).
const errors = new protobuf.Root();
errors.resolvePath = (_, path) => (path.startsWith('google/protobuf/') ? path : `${protoFolder}/${path}`);
errors.loadSync('google/rpc/error_details.proto');
const status = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'))
  .add(new protobuf.Field('details', 3, 'google.protobuf.Any', 'repeated'));
errors.add(status);

function detailsOf(error) {
  const bytes = error.metadata?.get('grpc-status-details-bin')[0];
  if (bytes === undefined) return [];
  return status.decode(bytes).details.map(({ type_url: url, value }) => {
    const type = url.split('/').pop();
    return { type, ...errors.lookupType(type).decode(value).toJSON() };
  });
}

function tell(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function credentials() {
  if (call.ca === undefined) return grpc.credentials.createInsecure();
  const own = [call.key, call.certificate].map((file) => (file === undefined ? null : readFileSync(file)));
  const transport = grpc.credentials.createSsl(readFileSync(call.ca), ...own);
  if (call.bearer === undefined) return transport;
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${call.bearer}`);
  return grpc.credentials.combineChannelCredentials(
    transport,
    grpc.credentials.createFromMetadataGenerator((_, done) => done(null, metadata)),
  );
}

// The stub's method; of one that no .proto has, a guess.
function methodOf(path) {
  const service = path.split('/')[1].split('.').pop();
  return Object.values(v1[service]?.service ?? {}).find((method) => method.path === path) ?? {
    path,
    requestSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => ({}),
    responseStream: false,
  };
}

function callOnce(client) {
  const method = methodOf(call.path);
  const begin = [
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    call.request ?? {},
    new grpc.Metadata(),
    { deadline: Date.now() + bound },
  ];
  return new Promise((ended) => {
    const end = (error) => {
      tell({ code: grpc.status[error?.code ?? 0], text: error?.details ?? '', details: error ? detailsOf(error) : [] });
      ended();
    };
    if (method.responseStream) {
      client.makeServerStreamRequest(...begin)
        .on('data', (message) => tell({ message }))
        .on('error', end)
        .on('end', () => end(null));
      return;
    }
    client.makeUnaryRequest(...begin, (error, message) => {
      if (!error) tell({ message });
      end(error);
    });
  });
}

const client = new grpc.Client(call.target, credentials(), {
  'grpc.default_compression_algorithm': call.compressed ? gzip : 0,
});
for (let i = 0; i < (call.times ?? 1); i += 1) await callOnce(client);
client.close();
