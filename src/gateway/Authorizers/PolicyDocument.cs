using System.Text.Json;

namespace Esb.Gateway.Authorizers;

/// <summary>The decision of a policy about one request.</summary>
internal enum PolicyVerdict
{
    /// <summary>No statement allows it.</summary>
    Silent,

    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it.</summary>
    Denied,
}

/// <summary>
/// The policy that a Lambda authorizer returns. Source: API Gateway, "Output from an API Gateway Lambda authorizer",
/// and IAM, "Policy evaluation logic": a denial overrides everything, and what is not allowed is denied.
/// </summary>
internal sealed class PolicyDocument
{
    private const string Invoke = "execute-api:Invoke";

    // A comparison may take the product of both lengths, which a client may make long. A usual one takes a few steps
    // for each character.
    private const int MaxSteps = 250_000;

    private readonly List<Statement> _statements = [];

    private PolicyDocument()
    {
    }

    /// <returns>Null when it is not a valid policy.</returns>
    public static PolicyDocument? Read(JsonElement json)
    {
        if (!PolicyGrammar.HasOnly(json, PolicyGrammar.OfDocument)
            || !json.TryGetProperty("Statement", out var statements)
            || (json.TryGetProperty("Version", out var version) && !IsVersion(version)))
            return null;
        var policy = new PolicyDocument();
        foreach (var item in statements.ValueKind == JsonValueKind.Array
            ? statements.EnumerateArray().ToArray()
            : [statements])
        {
            if (Statement.Read(item) is not { } statement)
                return null;
            policy._statements.Add(statement);
        }

        return policy;
    }

    /// <summary>
    /// The policy's decision about a request. A denial matches any spelling of the path; a permission matches only the
    /// spelling that the function gets.
    /// </summary>
    public PolicyVerdict Decide(RequestArn arn)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in _statements)
        {
            if (statement.Denies(arn))
                return PolicyVerdict.Denied;
            if (statement.Allows(arn.Text))
                verdict = PolicyVerdict.Allowed;
        }

        return verdict;
    }

    /// <summary>Whether a text matches a pattern with <c>*</c> for any text and <c>?</c> for any character.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    /// <param name="ifTooLong">The result when the comparison takes too many steps.</param>
    internal static bool Fits(string pattern, string text, bool ignoreCase = false, bool ifTooLong = false)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        for (var step = 0; t < text.Length; step++)
        {
            if (step == MaxSteps)
                return ifTooLong;
            if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], ignoreCase)) && pattern[p] != '*')
                (p, t) = (p + 1, t + 1);
            else if (p < pattern.Length && pattern[p] == '*' && pattern.LastIndexOf('*') == p)
                // What follows the last asterisk must be the end of the text.
                (star, p, t) = (-1, p + 1, Math.Max(t, text.Length - (pattern.Length - p - 1)));
            else if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, t, p + 1);
            else if (star >= 0)
                (p, t, mark) = (star + 1, mark + 1, mark + 1);
            else
                return false;
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    private static bool IsVersion(JsonElement version) =>
        version.ValueKind == JsonValueKind.String
            && (version.ValueEquals("2012-10-17"u8) || version.ValueEquals("2008-10-17"u8));

    private static bool Same(char a, char b, bool ignoreCase) =>
        ignoreCase ? char.ToUpperInvariant(a) == char.ToUpperInvariant(b) : a == b;

    private sealed record Statement(bool IsAllow, bool IsPartial, string[] Actions, string[] Resources)
    {
        public static Statement? Read(JsonElement json)
        {
            if (!PolicyGrammar.HasOnly(json, PolicyGrammar.OfStatement)
                || !json.TryGetProperty("Effect", out var effect)
                || effect.ValueKind != JsonValueKind.String)
                return null;
            var isAllow = effect.ValueEquals("Allow");
            if (!isAllow && !effect.ValueEquals("Deny"))
                return null;
            // A statement that is only partly understood allows nothing; if its effect is Deny, it denies everything.
            var isPartial = json.TryGetProperty("Condition", out _)
                || json.TryGetProperty("NotAction", out _)
                || json.TryGetProperty("NotResource", out _);
            return PolicyGrammar.Actions(json) is { } actions && PolicyGrammar.Resources(json) is { } resources
                ? new Statement(isAllow, isPartial, actions, resources)
                : null;
        }

        public bool Allows(string arn) => IsAllow && !IsPartial && Covers(arn);

        public bool Denies(RequestArn arn) =>
            !IsAllow && (IsPartial || ResourcesFor(arn).CoversAny(arn));

        private Statement ResourcesFor(RequestArn arn) =>
            this with { Resources = [.. Resources.Select(r => DeniedResource.ForRequest(r, arn))] };

        private bool CoversAny(RequestArn arn) => Covers(arn.Text) || arn.Others.Any(Covers) || HasDecoded(arn);

        private bool Covers(string arn) =>
            Array.Exists(Actions, a => Fits(a, Invoke, ignoreCase: true))
                && Array.Exists(Resources, r => Fits(r, arn, ifTooLong: !IsAllow));

        // A denial may percent-encode more characters than paths do, or fewer.
        private bool HasDecoded(RequestArn arn) =>
            Array.Exists(Resources, r => r.Contains('%', StringComparison.Ordinal))
            && (this with { Resources = [.. Resources.Select(Decoded)] }) is var decoded
            && (decoded.Covers(arn.Text) || arn.Others.Any(decoded.Covers));

        // An encoded wildcard is text, so it stays encoded.
        private static string Decoded(string resource) => Uri.UnescapeDataString(resource
            .Replace("%2A", "%252A", StringComparison.OrdinalIgnoreCase)
            .Replace("%3F", "%253F", StringComparison.OrdinalIgnoreCase));
    }
}
