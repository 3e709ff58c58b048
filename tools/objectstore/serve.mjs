// serve.mjs PORT FOLDER BUCKET: the cluster's object store. One account, from S3_KEY and S3_SECRET; signatures and expiries are checked.
import { createRequire } from 'node:module';
import { completeMultipart } from './multipart.mjs';

const require = createRequire(import.meta.url);
const S3rver = require('@20minutes/s3rver');
const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account');

const [port, directory, bucket] = process.argv.slice(2);
const { S3_KEY: key, S3_SECRET: secret } = process.env;
if (!port || !directory || !bucket || !key || !secret) throw new Error('serve.mjs PORT FOLDER BUCKET, with S3_KEY and S3_SECRET');

// The package comes with an account that everybody knows.
DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
DUMMY_ACCOUNT.createKeyPair(key, secret);

// Pages send parts and fetch files by signed address, from the product's origin.
const cors = `<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>
  <AllowedMethod>PUT</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedHeader>*</AllowedHeader>
  <ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>`;

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: bucket, configs: [cors] }],
});
completeMultipart(server);
await server.run();
console.log(`Objects of ${bucket} are at http://127.0.0.1:${port}`);
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => server.close().finally(() => process.exit(0)));
}
