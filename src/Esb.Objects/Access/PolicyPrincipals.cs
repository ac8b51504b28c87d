using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>
/// Whom a statement concerns. The store has two callers: everybody, who has no signature, and the owner. All other
/// principals, such as roles, services and other accounts, are valid and never call.
/// </summary>
/// <param name="IsEverybody">Whether the principal is <c>*</c>.</param>
/// <param name="IsOwner">Whether the owner is named.</param>
/// <param name="IsExcluding">Whether the statement concerns everybody else (<c>NotPrincipal</c>).</param>
internal sealed record PolicyPrincipals(bool IsEverybody, bool IsOwner, bool IsExcluding)
{
    private const string Everybody = "*";
    private const int AccountDigits = 12;
    private const int ShortestId = 16;
    private static readonly string[] Kinds = ["AWS", "CanonicalUser", "Federated", "Service"];

    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static PolicyPrincipals Read(JsonElement statement)
    {
        var isExcluding = statement.TryGetProperty("NotPrincipal", out var principal);
        if (!isExcluding)
            principal = statement.GetProperty("Principal");
        if (principal.ValueKind == JsonValueKind.String)
        {
            return principal.ValueEquals(Everybody)
                ? new PolicyPrincipals(true, false, isExcluding)
                : throw BodyErrors.MalformedPolicy("Invalid principal in policy");
        }

        var names = new List<string>();
        foreach (var kind in PolicyJson.Members(principal, "Principal"))
        {
            if (!Kinds.Contains(kind.Name, StringComparer.Ordinal))
                throw BodyErrors.MalformedPolicy($"Invalid principal in policy: {kind.Name}");
            var named = PolicyJson.Texts(kind.Value, $"Principal, {kind.Name}");
            if (kind.Name == "AWS" && named.FirstOrDefault(name => !IsPrincipal(name)) is { } wrong)
                throw BodyErrors.MalformedPolicy($"Invalid principal in policy: {wrong}");
            names.AddRange(kind.Name == "AWS" ? named : named.Where(name => name == Everybody).Select(_ => ""));
        }

        return new PolicyPrincipals(
            names.Contains(Everybody),
            names.Contains(AccessRequest.OwnerArn) || names.Contains(AccessRequest.Account),
            isExcluding);
    }

    // Everybody, an account, one of its users or roles, or the id that an identity has in stored policies. Names are
    // not patterns.
    private static bool IsPrincipal(string name)
    {
        if (name == Everybody || IsAccount(name))
            return true;
        if (name.Length >= ShortestId && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            return !name.All(char.IsAsciiDigit);
        return name.Split(':') is ["arn", { Length: > 0 }, "iam" or "sts", "", var account, { Length: > 0 } identity]
            && (IsAccount(account) || account == "cloudfront")
            && (identity == "root" || identity.Contains('/'))
            && name.AsSpan().IndexOfAny('*', '?', ' ') < 0;
    }

    private static bool IsAccount(string name) => name.Length == AccountDigits && name.All(char.IsAsciiDigit);

    public bool Concern(AccessRequest request) =>
        (IsEverybody || (IsOwner && !request.IsAnonymous)) != IsExcluding;
}
