using System.Globalization;
using System.Net;

namespace Esb.Objects.Access;

/// <summary>
/// An operator of a condition. Source: IAM, "IAM JSON policy elements: Condition operators".
/// </summary>
/// <param name="Matches">Whether the value of a request matches a value of the policy.</param>
/// <param name="IsNegated">Whether the request must match none of the policy's values.</param>
/// <param name="IsValid">Whether a value of the policy is valid for the operator.</param>
internal sealed record ConditionOperator(
    Func<string, string, bool> Matches, bool IsNegated, Func<string, bool> IsValid)
{
    private static readonly Dictionary<string, ConditionOperator> ByName = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = Of((value, wanted) => value == wanted),
        ["StringNotEquals"] = Not((value, wanted) => value == wanted),
        ["StringEqualsIgnoreCase"] = Of((value, wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        ["StringNotEqualsIgnoreCase"] =
            Not((value, wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        ["StringLike"] = Of((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["StringNotLike"] = Not((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["ArnEquals"] = Of((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["ArnLike"] = Of((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["ArnNotEquals"] = Not((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["ArnNotLike"] = Not((value, pattern) => WildcardPattern.Matches(pattern, value)),
        ["NumericEquals"] = Numeric((value, wanted) => value == wanted),
        ["NumericNotEquals"] = Numeric((value, wanted) => value == wanted) with { IsNegated = true },
        ["NumericLessThan"] = Numeric((value, wanted) => value < wanted),
        ["NumericLessThanEquals"] = Numeric((value, wanted) => value <= wanted),
        ["NumericGreaterThan"] = Numeric((value, wanted) => value > wanted),
        ["NumericGreaterThanEquals"] = Numeric((value, wanted) => value >= wanted),
        ["DateEquals"] = Date((value, wanted) => value == wanted),
        ["DateNotEquals"] = Date((value, wanted) => value == wanted) with { IsNegated = true },
        ["DateLessThan"] = Date((value, wanted) => value < wanted),
        ["DateLessThanEquals"] = Date((value, wanted) => value <= wanted),
        ["DateGreaterThan"] = Date((value, wanted) => value > wanted),
        ["DateGreaterThanEquals"] = Date((value, wanted) => value >= wanted),
        ["Bool"] = new(
            (value, wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase),
            IsNegated: false,
            wanted => bool.TryParse(wanted, out _)),
        ["IpAddress"] = new(IsInNetwork, IsNegated: false, wanted => Network(wanted) is not null),
        ["NotIpAddress"] = new(IsInNetwork, IsNegated: true, wanted => Network(wanted) is not null),
    };

    /// <summary>Finds an operator by its name; null if IAM has no such operator.</summary>
    public static ConditionOperator? Find(string name) => ByName.GetValueOrDefault(name);

    private static ConditionOperator Of(Func<string, string, bool> matches) => new(matches, false, _ => true);

    private static ConditionOperator Not(Func<string, string, bool> matches) => new(matches, true, _ => true);

    private static ConditionOperator Numeric(Func<decimal, decimal, bool> compare) => new(
        (value, wanted) => Number(value) is { } one && Number(wanted) is { } other && compare(one, other),
        IsNegated: false,
        wanted => Number(wanted) is not null);

    private static ConditionOperator Date(Func<DateTimeOffset, DateTimeOffset, bool> compare) => new(
        (value, wanted) => Moment(value) is { } one && Moment(wanted) is { } other && compare(one, other),
        IsNegated: false,
        wanted => Moment(wanted) is not null);

    private static bool IsInNetwork(string value, string wanted) =>
        IPAddress.TryParse(value, out var address) && Network(wanted) is { } network && network.Contains(address);

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Moment(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
    }

    /// <summary>
    /// Parses a network; null for anything else. An address alone is a network of one address. A network of which the
    /// host part is not zero is taken as AWS takes it: the host part does not count.
    /// </summary>
    public static IPNetwork? Network(string text)
    {
        var slash = text.IndexOf('/');
        if (Address(slash < 0 ? text : text[..slash]) is not { } address)
            return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (slash >= 0
            && !(int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)
                && length <= bits
                && text[(slash + 1)..] == length.ToString(CultureInfo.InvariantCulture)))
            return null;
        return new IPNetwork(WithoutHost(address, length), length);
    }

    // The parser also takes 1.2.3, 127.1 and 0x7f000001, of which nobody knows what the author meant.
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address)
            && text.AsSpan().IndexOfAny('%', '[') < 0
            && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text)
            ? address
            : null;

    private static IPAddress WithoutHost(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
