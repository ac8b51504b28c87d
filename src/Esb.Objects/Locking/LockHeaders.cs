using Esb.Objects.Errors;
using Esb.Objects.Payloads;

namespace Esb.Objects.Locking;

/// <summary>The headers of object lock in requests and answers.</summary>
internal static class LockHeaders
{
    public const string Mode = "x-amz-object-lock-mode";
    public const string Until = "x-amz-object-lock-retain-until-date";
    public const string LegalHold = "x-amz-object-lock-legal-hold";

    /// <summary>The headers that ask for the protection of an object that is written.</summary>
    public static readonly string[] OfWrites = [Mode, Until, LegalHold];

    /// <summary>Whether a bucket is created with object lock.</summary>
    public const string OfBuckets = "x-amz-bucket-object-lock-enabled";

    private const string Bypass = "x-amz-bypass-governance-retention";

    /// <summary>What a request to write an object asks for; null when it asks for nothing.</summary>
    /// <exception cref="S3Exception">
    /// InvalidArgument, or InvalidRequest in a bucket without object lock.
    /// </exception>
    public static Protection? Read(IHeaderDictionary headers, BucketLock? bucket, DateTimeOffset now)
    {
        if (!OfWrites.Any(headers.ContainsKey))
            return null;
        if (bucket is null)
            throw LockErrors.NoLock();
        var hold = Value(headers, LegalHold);
        if (hold is not null && !Protection.IsHold(hold))
            throw S3Errors.InvalidArgument(LegalHold, hold, "Legal Hold must be either of 'ON' or 'OFF'");
        return new Protection(RetentionOf(Value(headers, Mode), Value(headers, Until), now), hold);
    }

    /// <summary>Whether a request asks to bypass governance; a policy may forbid it.</summary>
    public static bool BypassesGovernance(IHeaderDictionary headers) =>
        string.Equals(headers[Bypass].ToString(), "true", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="S3Exception">InvalidRequest when nothing in the request tells what its body is.</exception>
    public static void VerifyDigest(IHeaderDictionary headers, string what)
    {
        if (!headers.ContainsKey("Content-MD5") && ExpectedChecksum.From(headers) is null)
            throw S3Errors.InvalidRequest($"Content-MD5 OR x-amz-checksum- HTTP header is required for {what}");
    }

    /// <summary>Adds to an answer what protects the object.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="protection">What protects the object.</param>
    /// <param name="mayBeTold">Whether the caller may get a header.</param>
    public static void Write(IHeaderDictionary headers, Protection protection, Func<string, bool> mayBeTold)
    {
        if (protection.Retention is { } retention && mayBeTold(Mode))
        {
            headers[Mode] = retention.Mode;
            headers[Until] = $"{retention.Until:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        }

        if (protection.LegalHold is { } hold && mayBeTold(LegalHold))
            headers[LegalHold] = hold;
    }

    private static string? Value(IHeaderDictionary headers, string name) =>
        headers[name].ToString() is { Length: > 0 } value ? value : null;

    private static Retention? RetentionOf(string? mode, string? until, DateTimeOffset now)
    {
        if (mode is null && until is null)
            return null;
        if (mode is null || until is null)
            throw S3Errors.InvalidArgument(
                mode is null ? Mode : Until, "", $"{Until} and {Mode} must both be supplied");
        if (!Retention.IsMode(mode))
            throw S3Errors.InvalidArgument(Mode, mode, "Unknown wormMode directive.");
        var time = Retention.ParseTime(until)
            ?? throw S3Errors.InvalidArgument(
                Until, until, "The retain until date must be provided in ISO 8601 format");
        return time > now ? new Retention(mode, time) : throw LockErrors.NotInFuture(Until, until);
    }
}
