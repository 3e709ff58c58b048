// What s3rver leaves out, most of it about multipart uploads: which parts there are, giving an upload up, that one given up
// takes no more parts, and that the parts to be joined are those that were named.
import { createRequire } from 'node:module';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const require = createRequire(import.meta.url);
const authenticate = require('@20minutes/s3rver/lib/middleware/authentication')();
const S3Error = require('@20minutes/s3rver/lib/models/error');

// Signatures are made over addresses in which these are encoded too; s3rver forgets them, and refuses a file name with an apostrophe.
const encode = globalThis.encodeURIComponent;
globalThis.encodeURIComponent = (text) =>
  encode(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export function completeMultipart(server) {
  const folderOf = (bucket, upload) =>
    path.join(server.store.getResourcePath(bucket, undefined, 'uploads'), path.basename(upload));

  const { putPart } = server.store;
  server.store.putPart = async (bucket, upload, number, content) => {
    await known(folderOf(bucket, upload));
    return putPart.call(server.store, bucket, upload, number, content);
  };

  const { putObjectMultipart } = server.store;
  server.store.putObjectMultipart = async (bucket, upload, parts) => {
    const folder = folderOf(bucket, upload);
    await known(folder);
    const held = new Map((await partsIn(folder)).map((part) => [part.PartNumber, part.ETag]));
    if (parts.some(({ number, etag }) => held.get(number) !== `"${etag}"`)) {
      throw new S3Error('InvalidPart', 'A part was not found, or is not the one that was named.');
    }
    return putObjectMultipart.call(server.store, bucket, upload, parts);
  };

  // Before the router, which would answer that there is no such method.
  server.middleware.splice(-1, 0, async (ctx, next) => {
    if (ctx.method !== 'OPTIONS' && !ctx.headers.authorization && !ctx.query['X-Amz-Algorithm']) {
      throw new S3Error('AccessDenied', 'Nothing here is open to everybody.');
    }
    const upload = ctx.query.uploadId;
    if (!upload || !['GET', 'DELETE'].includes(ctx.method)) return next();
    const [, bucket, ...rest] = ctx.path.split('/');
    const key = decodeURIComponent(rest.join('/'));
    ctx.params = { bucket, key };
    await authenticate(ctx, async () => {
      const folder = folderOf(bucket, upload);
      await known(folder);
      if (ctx.method === 'DELETE') {
        await rm(folder, { recursive: true });
        ctx.status = 204;
      } else {
        ctx.body = {
          ListPartsResult: {
            Bucket: bucket,
            Key: key,
            UploadId: upload,
            IsTruncated: false,
            Part: await partsIn(folder),
          },
        };
      }
    });
  });
}

async function known(folder) {
  await stat(path.join(folder, 'key')).catch(() => {
    throw new S3Error('NoSuchUpload', 'The specified multipart upload does not exist.');
  });
}

// A part counts once its checksum has been written, which comes last.
async function partsIn(folder) {
  const names = (await readdir(folder)).filter((name) => /^\d+\.md5$/.test(name));
  const numbers = names.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b);
  return Promise.all(
    numbers.map(async (number) => ({
      PartNumber: number,
      ETag: `"${await readFile(path.join(folder, `${number}.md5`), 'utf8')}"`,
      Size: (await stat(path.join(folder, String(number)))).size,
    })),
  );
}
