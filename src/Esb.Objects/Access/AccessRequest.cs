using System.Globalization;
using System.Net;
using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>What a policy decides about: who wants to do what with which bucket or object, and how.</summary>
/// <param name="IsAnonymous">Whether the request has no signature; any other request is the owner's.</param>
/// <param name="Action">The action, such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">The ARN of the bucket or object.</param>
/// <param name="Http">The request, for the values of conditions.</param>
/// <param name="Target">Its target.</param>
internal sealed record AccessRequest(
    bool IsAnonymous, string Action, string Resource, HttpRequest Http, Target Target)
{
    /// <summary>The account that owns all buckets.</summary>
    public const string Account = "000000000000";

    /// <summary>The ARN that the owner's requests have.</summary>
    public const string OwnerArn = $"arn:aws:iam::{Account}:root";

    private const string ExistingTag = "s3:existingobjecttag/";
    private const string RequestTag = "s3:requestobjecttag/";

    /// <summary>The tags of the object that the request concerns; read when a condition asks for them.</summary>
    public required Func<IReadOnlyDictionary<string, string>> ExistingTags { get; init; }

    public static string ArnOf(Target target) =>
        $"arn:aws:s3:::{target.Bucket}{(target.Key is null ? "" : $"/{target.Key}")}";

    /// <summary>
    /// The value of a condition key; null if the request has none. Names are compared without case. A key that this
    /// store does not know has no value in any request.
    /// </summary>
    /// <param name="key">The key, such as <c>aws:SourceIp</c>.</param>
    public string? Value(string key) => key.ToLowerInvariant() switch
    {
        "aws:sourceip" => Http.HttpContext.Connection.RemoteIpAddress is { } address ? Text(address) : null,
        // The connection does not leave the machine or its container network, so that a policy that demands TLS, as
        // nearly every template has one, is met.
        "aws:securetransport" => "true",
        "aws:referer" => Header("Referer"),
        "aws:useragent" => Header("User-Agent"),
        "aws:currenttime" => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "aws:epochtime" => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "aws:principaltype" => IsAnonymous ? "Anonymous" : "Account",
        "aws:principalarn" => IsAnonymous ? null : OwnerArn,
        "aws:principalaccount" or "aws:userid" => IsAnonymous ? null : Account,
        "aws:principalisawsservice" => "false",
        "aws:resourceaccount" or "s3:resourceaccount" => Account,
        "s3:prefix" or "s3:delimiter" or "s3:max-keys" => Target.Query[key[3..].ToLowerInvariant()],
        "s3:versionid" => Target.Query["versionId"],
        var name when name.StartsWith(ExistingTag, StringComparison.Ordinal) =>
            ExistingTags().GetValueOrDefault(key[ExistingTag.Length..]),
        var name when name.StartsWith(RequestTag, StringComparison.Ordinal) =>
            QueryParameters.Parse(Header("x-amz-tagging") ?? "")[key[RequestTag.Length..]],
        var name when name.StartsWith("s3:x-amz-", StringComparison.Ordinal) => Header(name[3..]),
        _ => null,
    };

    private string? Header(string name) => Http.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    private static string Text(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
