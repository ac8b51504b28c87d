using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>
/// A bucket policy. Sources: S3 User Guide, "Bucket policies for Amazon S3", and IAM, "Policy evaluation logic": a
/// denial overrides everything.
/// </summary>
internal sealed class BucketPolicy
{
    /// <summary>The name of the sub-resource.</summary>
    public const string Document = "policy";

    private static readonly string[] Known = ["Version", "Id", "Statement"];
    private static readonly string[] Versions = ["2012-10-17", "2008-10-17"];

    private readonly IReadOnlyList<PolicyStatement> _statements;

    private BucketPolicy(IReadOnlyList<PolicyStatement> statements) => _statements = statements;

    /// <summary>Whether the policy opens the bucket to everybody.</summary>
    public bool IsPublic => _statements.Any(statement => statement.IsPublic);

    /// <summary>Reads a policy.</summary>
    /// <param name="document">The JSON.</param>
    /// <param name="bucket">The bucket that the policy is for.</param>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static BucketPolicy Parse(ReadOnlyMemory<byte> document, string bucket)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(json.RootElement, bucket);
        }
        catch (JsonException e)
        {
            throw BodyErrors.MalformedPolicy(e.Message);
        }
    }

    public PolicyVerdict Decide(AccessRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in _statements.Where(statement => statement.Concerns(request)))
        {
            if (!statement.IsAllow)
                return PolicyVerdict.Denied;
            verdict = PolicyVerdict.Allowed;
        }

        return verdict;
    }

    private static BucketPolicy Read(JsonElement root, string bucket)
    {
        foreach (var member in PolicyJson.Members(root, "the policy"))
        {
            if (!Known.Contains(member.Name, StringComparer.Ordinal))
                throw BodyErrors.MalformedPolicy($"Unknown field {member.Name}");
        }

        if (root.TryGetProperty("Version", out var version)
            && !PolicyJson.Texts(version, "Version").All(v => Versions.Contains(v, StringComparer.Ordinal)))
            throw BodyErrors.MalformedPolicy("The policy must contain a valid version string");
        if (!root.TryGetProperty("Statement", out var statements))
            throw BodyErrors.MalformedPolicy("Missing required field Statement");
        var all = statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().ToList() : [statements];
        return all.Count > 0
            ? new BucketPolicy([.. all.Select(statement => PolicyStatement.Read(statement, bucket))])
            : throw BodyErrors.MalformedPolicy("Could not parse the policy: Statement is empty!");
    }
}
