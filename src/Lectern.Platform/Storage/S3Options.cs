using System.ComponentModel.DataAnnotations;

namespace Lectern.Platform.Storage;

/// <summary>The S3 store that keeps files. Section <c>Lectern:S3</c>; without it they are on local disk.</summary>
public sealed class S3Options
{
    /// <summary>Address of the store, <c>https://s3.example.edu</c>, as nodes reach it.</summary>
    [Required, Url]
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>The same as browsers reach it. Default: as nodes do.</summary>
    [Url]
    public string? PublicEndpoint { get; set; }

    /// <summary>Bucket that holds the files of all institutions; it must exist.</summary>
    [Required]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>Region that signatures name. Default <c>us-east-1</c>.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Name of the account's key. Empty: the machine's own role.</summary>
    public string AccessKey { get; set; } = string.Empty;

    /// <summary>The key itself. Set it by the environment.</summary>
    public string SecretKey { get; set; } = string.Empty;

    /// <summary>Whether the bucket stands in the path of addresses and not in their host name. Default <c>true</c>.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Where browsers find the bucket.</summary>
    public Uri Browsers()
    {
        var address = new UriBuilder(PublicEndpoint ?? Endpoint);
        if (!PathStyle) address.Host = $"{Bucket}.{address.Host}";
        return address.Uri;
    }
}
