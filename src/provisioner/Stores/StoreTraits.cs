using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.Stores;

/// <summary>
/// What is known about a store beforehand. Most stores report what they do not support. This class covers only what
/// they do not report: calls that succeed but change nothing, and errors with a misleading reason. All such differences
/// are listed here.
/// </summary>
/// <param name="Name">The name of the store in messages.</param>
/// <param name="Lacking">Properties that are not requested, since the store would not change them.</param>
/// <param name="IsService">Whether the store is AWS itself, where every accepted change must take effect.</param>
internal sealed record StoreTraits(string Name, IReadOnlySet<string> Lacking, bool IsService = false)
{
    private static readonly StoreTraits DynamoDb = new("Amazon DynamoDB", Set(), IsService: true);

    private static readonly StoreTraits DynamoDbLocal = new(
        "DynamoDB Local", Set(TableProperty.Encryption, TableProperty.Class));

    // When UpdateTable has a new index, dynalite answers 200 but does not add it. It has no streams and no
    // UpdateTimeToLive.
    private static readonly StoreTraits Dynalite = new(
        "dynalite", Set(
            TableProperty.GlobalIndexes,
            TableProperty.Stream,
            TableProperty.TimeToLive,
            TableProperty.Encryption,
            TableProperty.Class));

    private static readonly StoreTraits Own = new("esb-stores", Set());

    private static readonly StoreTraits Moto = new("moto", Set(TableProperty.Encryption, TableProperty.Class));

    private static readonly StoreTraits Alternator = new(
        "ScyllaDB Alternator", Set(TableProperty.Encryption, TableProperty.Class, TableProperty.Throughput));

    private static readonly StoreTraits S3 = new("Amazon S3", Set(), IsService: true);

    /// <summary>Identifies the store at a DynamoDB endpoint.</summary>
    /// <param name="endpoint">The endpoint; null for AWS.</param>
    /// <param name="server">The <c>Server</c> header of an answer.</param>
    /// <param name="tableArn">The ARN of one of its tables.</param>
    public static StoreTraits OfDynamoDb(Uri? endpoint, string? server, string? tableArn) => server switch
    {
        _ when IsAmazon(endpoint) => DynamoDb,
        not null when server.Contains(Own.Name, StringComparison.Ordinal) => Own,
        not null when server.Contains("Jetty", StringComparison.Ordinal) || IsLocal(tableArn) => DynamoDbLocal,
        not null when server.Contains("Werkzeug", StringComparison.Ordinal) => Moto,
        not null when server.Contains("Seastar", StringComparison.OrdinalIgnoreCase) => Alternator,
        null or "" when tableArn?.Contains(":000000000000:", StringComparison.Ordinal) == true => Dynalite,
        _ => new StoreTraits("this store", Set()),
    };

    /// <summary>Identifies the store at an S3 endpoint.</summary>
    public static StoreTraits OfS3(Uri? endpoint, string? server) => server switch
    {
        _ when IsAmazon(endpoint) => S3,
        not null when server.Contains(Own.Name, StringComparison.Ordinal) => Own,
        not null when server.Contains("Werkzeug", StringComparison.Ordinal) => new StoreTraits("moto", Set()),
        not null when server.Contains("MinIO", StringComparison.OrdinalIgnoreCase) => new StoreTraits("MinIO", Set()),
        not null when server.Contains("RustFS", StringComparison.OrdinalIgnoreCase) => new StoreTraits("RustFS", Set()),
        _ => new StoreTraits("this store", Set()),
    };

    /// <summary>
    /// Whether the store may ignore the property. A store other than AWS may do so if the property makes no difference
    /// to functions; every other change must take effect.
    /// </summary>
    public bool MayDrop(string property) =>
        !IsService
            && (TableProperty.Administrative.Contains(property) || BucketProperty.Administrative.Contains(property));

    private static bool IsLocal(string? arn) => arn?.Contains(":ddblocal:", StringComparison.Ordinal) == true;

    private static bool IsAmazon(Uri? endpoint) =>
        endpoint is null
        || endpoint.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
        || endpoint.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase)
        || endpoint.Host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Set(params ReadOnlySpan<string> names) => [.. names];
}
