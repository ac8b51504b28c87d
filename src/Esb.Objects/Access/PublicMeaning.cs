using System.Net;
using System.Net.Sockets;

namespace Esb.Objects.Access;

/// <summary>
/// Which conditions keep a statement for everybody from being public: those that only callers with fixed values of
/// certain keys meet. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of
/// public".
/// </summary>
internal static class PublicMeaning
{
    private const int BroadestVersion4 = 8;
    private const int BroadestVersion6 = 32;

    // The guide also has the id of a KMS key. Here it would be a header that anybody may send.
    private static readonly HashSet<string> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount",
        "aws:SourceArn", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce", "aws:userid",
        "s3:DataAccessPointAccount",
    };

    // RFC 1918, and its counterpart of IPv6 (RFC 4193).
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Whether all values of a condition are fixed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="comparison">The operator, without prefix and suffix.</param>
    /// <param name="values">The values of the policy.</param>
    public static bool IsFixed(string key, string comparison, IReadOnlyList<string> values)
    {
        if (key.Equals("aws:SourceIp", StringComparison.OrdinalIgnoreCase))
            return comparison == "IpAddress" && values.All(IsNarrow);
        if (key.Equals("s3:DataAccessPointArn", StringComparison.OrdinalIgnoreCase))
            return values.All(IsOfAccount);
        return Fixed.Contains(key) && values.All(IsWithoutWildcard);
    }

    private static bool IsNarrow(string value)
    {
        if (ConditionOperator.Network(value) is not { } network)
            return false;
        var broadest =
            network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? BroadestVersion4 : BroadestVersion6;
        return network.PrefixLength >= broadest || Private.Any(range =>
            range.PrefixLength <= network.PrefixLength && range.Contains(network.BaseAddress));
    }

    // arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME, of which the name may have wildcards.
    private static bool IsOfAccount(string arn) =>
        arn.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] && IsWithoutWildcard(account);

    private static bool IsWithoutWildcard(string value) => value.Length > 0 && value.AsSpan().IndexOfAny('*', '?') < 0;
}
