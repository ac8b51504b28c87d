
namespace Esb.Objects.Requests;

/// <summary>
/// The query parameters that select another operation. All sub-resources of S3 are listed, so that one which this
/// server does not support is answered with NotImplemented and never mistaken for a plain read or write.
/// </summary>
internal static class SubResource
{
    private static readonly HashSet<string> Known =
    [
        "abac", "accelerate", "acl", "analytics", "annotation", "attributes", "cors", "delete", "encryption",
        "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "list-type", "location", "logging",
        "metadataAnnotationTable", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select",
        "session", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
    ];

    /// <summary>What the name of an operation that copies ends with.</summary>
    public const string Copy = "(copy)";

    private const string CopySource = "x-amz-copy-source";

    /// <summary>
    /// The sub-resource that, with level and method, selects the operation: empty for none, with
    /// <see cref="Copy"/> at its end for a copy.
    /// </summary>
    public static string OfOperation(Target target, string method, IHeaderDictionary headers)
    {
        var name = Of(target.Query) ?? "";
        return method == "PUT" && target.Level == Level.Object && headers.ContainsKey(CopySource) ? name + Copy : name;
    }

    /// <summary>Null when the request is about the bucket or object itself.</summary>
    public static string? Of(QueryParameters query) => All(query).FirstOrDefault();

    /// <summary>All sub-resources of a request, in the order sent.</summary>
    public static IEnumerable<string> All(QueryParameters query) =>
        query.All.Select(parameter => parameter.Key).Where(Known.Contains);
}
