using System.Text;
using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Policies;

/// <summary>
/// Checks resource policies. There are no other users or accounts that a policy could admit, so one that only allows
/// needs nothing else. One that denies would be a guard that nothing applies, and is refused.
/// </summary>
internal static class PolicyDocument
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const int MostBytes = 20 * 1024;

    /// <exception cref="TableException">The text is not a policy, or the policy denies access.</exception>
    public static void Require(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
            throw TableException.Validation($"{Invalid}Maximum policy size of {MostBytes} bytes exceeded");
        using var document = Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("Statement", out var statements))
        {
            throw NotValid("Missing required field Statement");
        }

        JsonElement[] all = statements.ValueKind switch
        {
            JsonValueKind.Array => [.. statements.EnumerateArray()],
            JsonValueKind.Object => [statements],
            _ => [],
        };
        if (all.Length == 0)
            throw NotValid("Could not parse the policy: Statement is empty!");
        foreach (var statement in all)
            Require(statement);
    }

    private static void Require(JsonElement statement)
    {
        var effect = statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty("Effect", out var given)
            && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : throw NotValid("Missing required field Effect");
        if (effect == "Deny")
        {
            throw TableException.Validation(
                $"{Invalid}Invalid policy document: a statement with the effect Deny cannot be applied here");
        }

        if (effect != "Allow")
            throw NotValid($"The effect {effect} is not valid");
        if (statement.TryGetProperty("Principal", out var principal) && IsEverybody(principal)
            && !statement.TryGetProperty("Condition", out _))
        {
            throw TableException.Validation(
                "Resource-based policy grants unbounded access in one or more elements. Please revise the policy to "
                + "ensure least-privilege form of access");
        }
    }

    private static bool IsEverybody(JsonElement principal) => principal.ValueKind switch
    {
        JsonValueKind.String => principal.GetString() == "*",
        JsonValueKind.Array => principal.EnumerateArray().Any(IsEverybody),
        JsonValueKind.Object => principal.EnumerateObject().Any(member => IsEverybody(member.Value)),
        _ => false,
    };

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw NotValid("This policy contains invalid Json");
        }
    }

    private static TableException NotValid(string detail) =>
        TableException.Validation($"{Invalid}Invalid policy document: {detail}");
}
