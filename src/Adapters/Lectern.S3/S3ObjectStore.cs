using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;

namespace Lectern.S3;

/// <summary>
/// Files in an S3 bucket. Parts are sent to the store and files read from it at addresses signed for an hour; their bytes do not pass
/// through the product, except those of a file that came with a request itself.
/// </summary>
internal sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);
    private readonly AmazonS3Client client;
    private readonly AmazonS3Client signer;
    private readonly StoreGate gate;
    private readonly TimeProvider clock;
    private readonly string bucket;
    private readonly Protocol protocol;

    public S3ObjectStore(S3Options options, Dependencies dependencies, TimeProvider clock)
    {
        client = Client(options, options.Endpoint);
        signer = Client(options, options.PublicEndpoint ?? options.Endpoint);
        this.clock = clock;
        gate = new StoreGate(dependencies);
        bucket = options.Bucket;
        protocol = options.Browsers().Scheme == Uri.UriSchemeHttps ? Protocol.HTTPS : Protocol.HTTP;
    }

    public async Task<string> Begin(string key, CancellationToken ct) => (await gate.Ask(
        limited => client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = bucket, Key = Checked(key) }, limited), ct)).UploadId;

    public string? PartAddress(ObjectUpload upload, int part, long sizeBytes)
    {
        var request = Signed(upload.Key, HttpVerb.PUT);
        // Signed with the address: the store refuses any other length, so nobody puts there more than was announced.
        request.Headers["Content-Length"] = sizeBytes.ToString(CultureInfo.InvariantCulture);
        request.UploadId = upload.Id;
        request.PartNumber = part;
        return signer.GetPreSignedURL(request);
    }

    public async Task<IReadOnlyDictionary<int, long>> Parts(ObjectUpload upload, CancellationToken ct) =>
        (await Arrived(upload, ct))?.ToDictionary(part => part.PartNumber!.Value, part => part.Size!.Value) ?? [];

    public async Task<StoredObject?> Join(ObjectUpload upload, long sizeBytes, CancellationToken ct)
    {
        if (await Arrived(upload, ct) is not { } parts)
            return await SizeOf(upload.Key, ct) is { } size && size == sizeBytes ? new StoredObject(size, null) : null;
        var sent = parts.Sum(part => part.Size!.Value);
        if (sent > sizeBytes) throw new TooLargeException(sizeBytes);
        if (sent < sizeBytes) return null;
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket, Key = Checked(upload.Key), UploadId = upload.Id,
            PartETags = parts.ConvertAll(part => new PartETag(part.PartNumber!.Value, part.ETag)),
        };
        try
        {
            await gate.Send(limited => client.CompleteMultipartUploadAsync(request, limited), ct);
        }
        catch (AmazonS3Exception changed) when (changed.ErrorCode is "InvalidPart" or "InvalidPartOrder" or "NoSuchUpload")
        {
            throw new PartsChangedException(changed);
        }

        return new StoredObject(sizeBytes, null);
    }

    public async Task<StoredObject> Write(string key, Stream content, long mostBytes, CancellationToken ct)
    {
        // Its size and hash must be known before the first byte is sent.
        await using var kept = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > mostBytes) throw new TooLargeException(mostBytes);
            hash.AppendData(buffer, 0, read);
            await kept.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        await kept.FlushAsync(ct);
        kept.Position = 0;
        var size = kept.Length;
        var request = new PutObjectRequest
        {
            BucketName = bucket, Key = Checked(key), InputStream = kept, AutoCloseStream = false, AutoResetStreamPosition = true,
        };
        await gate.Send(limited => client.PutObjectAsync(request, limited), ct);
        return new StoredObject(size, hash.GetHashAndReset());
    }

    public async Task<Stream?> Open(string key, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = Checked(key) };
        try
        {
            return (await gate.Ask(_ => client.GetObjectAsync(request, ct), ct)).ResponseStream;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks whether the store has the object, so that its absence is told by us and not by an error page.</summary>
    public async Task<string?> ReadAddress(string key, string name, string contentType, CancellationToken ct)
    {
        if (await SizeOf(key, ct) is null) return null;
        var inline = FileType.ShowsInline(contentType);
        var request = Signed(key, HttpVerb.GET);
        request.ResponseHeaderOverrides.ContentType = inline ? contentType : "application/octet-stream";
        request.ResponseHeaderOverrides.ContentDisposition =
            $"{(inline ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        request.ResponseHeaderOverrides.CacheControl = "private, max-age=3600";
        return await signer.GetPreSignedURLAsync(request);
    }

    public async Task Remove(ObjectUpload upload, CancellationToken ct)
    {
        if (upload.Id.Length > 0) await Abort(upload, ct);
        await gate.Ask(limited => client.DeleteObjectAsync(bucket, Checked(upload.Key), limited), ct);
    }

    public void Dispose()
    {
        client.Dispose();
        signer.Dispose();
    }

    /// <summary>The parts in order; null when there is no such upload, because it was joined or given up.</summary>
    private async Task<List<PartDetail>?> Arrived(ObjectUpload upload, CancellationToken ct)
    {
        var request = new ListPartsRequest { BucketName = bucket, Key = Checked(upload.Key), UploadId = upload.Id };
        var parts = new List<PartDetail>();
        try
        {
            for (var more = true; more;)
            {
                var answer = await gate.Ask(limited => client.ListPartsAsync(request, limited), ct);
                parts.AddRange(answer.Parts ?? []);
                more = answer.IsTruncated is true;
                request.PartNumberMarker = answer.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture);
            }
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        return parts;
    }

    private async Task Abort(ObjectUpload upload, CancellationToken ct)
    {
        try
        {
            await gate.Ask(limited => client.AbortMultipartUploadAsync(bucket, Checked(upload.Key), upload.Id, limited), ct);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            // Joined, or given up already.
        }
    }

    private async Task<long?> SizeOf(string key, CancellationToken ct)
    {
        try
        {
            return (await gate.Ask(limited => client.GetObjectMetadataAsync(bucket, Checked(key), limited), ct)).ContentLength;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private GetPreSignedUrlRequest Signed(string key, HttpVerb verb) => new()
    {
        BucketName = bucket, Key = Checked(key), Verb = verb, Protocol = protocol, Expires = (clock.GetUtcNow() + Life).UtcDateTime,
    };

    private static string Checked(string key) => ObjectKey.Checked(key);

    private static AmazonS3Client Client(S3Options options, string endpoint)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = endpoint, AuthenticationRegion = options.Region, ForcePathStyle = options.PathStyle, MaxErrorRetry = 0,
            Timeout = Most,
            // Only AWS itself understands the checksums that are sent otherwise.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        return options.AccessKey.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config)
            : new AmazonS3Client(config);
    }
}
