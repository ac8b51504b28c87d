using Esb.Objects.Requests;

namespace Esb.Objects.Tests.Access;

/// <summary>A request for an operation, and all actions that it needs.</summary>
/// <param name="Method">The method.</param>
/// <param name="Key">The key; empty for the bucket.</param>
/// <param name="Query">
/// Sub-resources and headers, as in a presigned URL: <c>V</c> stands for the id of a version of the object <c>k</c>,
/// <c>U</c> for that of an upload of the object <c>mp</c>, <c>B</c> for the bucket.
/// </param>
/// <param name="Actions">The actions, each of which is needed.</param>
public sealed record OperationRow(string Method, string Key, string Query, params string[] Actions)
{
    /// <summary>The body.</summary>
    public string Body { get; init; } = "";

    /// <summary>The header If-Match; empty for none.</summary>
    public string IfMatch { get; init; } = "";

    /// <summary>The parameters, decoded.</summary>
    public Dictionary<string, string> Parameters(string bucket, string version, string upload) =>
        QueryParameters.Parse(Query).All.ToDictionary(
            p => p.Key,
            p => p.Value switch
            {
                "V" => version,
                "U" => upload,
                _ => p.Value.Replace("B/", $"{bucket}/").Replace("=V", $"={version}"),
            });

    /// <inheritdoc/>
    public override string ToString() => $"{Method} /{Key}?{Query} {IfMatch}";
}
