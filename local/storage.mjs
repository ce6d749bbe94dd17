// Object storage on disk for @supabase/lite: the seven methods of its StorageAdapter type.
//
// Each object is two files named by the SHA-256 of its key, because a key is user input and not a safe file name: the
// content, and a small JSON file with the metadata that HTTP needs.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export class DiskStorage {
  driver = null;

  constructor(directory) {
    this.directory = directory;
  }

  #path(bucket, key) {
    return join(this.directory, encodeURIComponent(bucket), createHash("sha256").update(key).digest("hex"));
  }

  async #describe(path) {
    const [{ size, mtime }, metadata] = await Promise.all([stat(path), readFile(`${path}.json`, "utf8").then(JSON.parse)]);
    return { ...metadata, contentLength: size, size, lastModified: mtime };
  }

  async uploadObject(bucket, key, _version, body, contentType, cacheControl) {
    const path = this.#path(bucket, key);
    await mkdir(join(path, ".."), { recursive: true });
    const hash = createHash("md5");
    const source = body instanceof Uint8Array ? Readable.from([body]) : Readable.fromWeb(body);
    const hashing = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Renamed when complete: a reader never sees half an object.
    const temporary = `${path}.${randomUUID()}`;
    try {
      await pipeline(source, hashing, createWriteStream(temporary));
      const metadata = { mimetype: contentType, cacheControl, eTag: `"${hash.digest("hex")}"` };
      await writeFile(`${path}.json`, JSON.stringify(metadata));
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    return { ...(await this.#describe(path)), httpStatusCode: 200 };
  }

  async getObject(bucket, key, _version, headers) {
    const path = this.#path(bucket, key);
    const metadata = await this.#describe(path);
    const range = headers?.range?.match(/^bytes=(\d+)-(\d*)$/);
    if (!range) return { metadata, httpStatusCode: 200, body: Readable.toWeb(createReadStream(path)) };
    const start = Number(range[1]);
    const end = Math.min(range[2] ? Number(range[2]) : metadata.size - 1, metadata.size - 1);
    return {
      metadata: { ...metadata, contentLength: end - start + 1, contentRange: `bytes ${start}-${end}/${metadata.size}` },
      httpStatusCode: 206,
      body: Readable.toWeb(createReadStream(path, { start, end })),
    };
  }

  async headObject(bucket, key) {
    return { ...(await this.#describe(this.#path(bucket, key))), httpStatusCode: 200 };
  }

  async copyObject(fromBucket, from, _version, toBucket, to) {
    const [source, target] = [this.#path(fromBucket, from), this.#path(toBucket, to)];
    await mkdir(join(target, ".."), { recursive: true });
    await copyFile(`${source}.json`, `${target}.json`);
    await copyFile(source, target);
    const { eTag, lastModified } = await this.#describe(target);
    return { httpStatusCode: 200, eTag, lastModified };
  }

  async deleteObject(bucket, key) {
    const path = this.#path(bucket, key);
    await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })]);
  }

  async deleteObjects(bucket, keys) {
    await Promise.all(keys.map((key) => this.deleteObject(bucket, key)));
  }

  async privateAssetUrl(bucket, key) {
    return `file://${this.#path(bucket, key)}`;
  }
}
