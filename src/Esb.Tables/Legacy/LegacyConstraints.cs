using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>
/// Checks constraints on parts of the legacy parameters. The service checks them together with the constraints on other
/// parameters, and reports all violations in one message.
/// </summary>
public static class LegacyConstraints
{
    private const string Operators =
        "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]";

    /// <summary>The violations in the operators of QueryFilter, ScanFilter, KeyConditions or Expected.</summary>
    /// <param name="conditions">The parameter.</param>
    /// <param name="at">The name of the parameter in messages, such as <c>queryFilter</c>.</param>
    /// <param name="isRequired">Whether each condition must have an operator; those of Expected need none.</param>
    /// <returns>Messages such as <c>Value 'X' at '…' failed to satisfy constraint: …</c>.</returns>
    /// <exception cref="TableException">A part has the wrong JSON type.</exception>
    public static IEnumerable<string> OfConditions(JsonElement conditions, string at, bool isRequired)
    {
        var type = isRequired ? "Condition" : "ExpectedAttributeValue";
        foreach (var (attribute, structure) in LegacyShape.Structures(conditions, type))
        {
            var written = WireText.Text(structure, "ComparisonOperator");
            if (written is null && isRequired)
                yield return $"Value null at '{at}.{attribute}.member.comparisonOperator' failed to satisfy "
                    + "constraint: Member must not be null";
            else if (written is not null && !Operators.Trim('[', ']').Split(", ").Contains(written))
                yield return $"Value '{written}' at '{at}.{attribute}.member.comparisonOperator' failed to satisfy "
                    + $"constraint: Member must satisfy enum value set: {Operators}";
        }
    }

    /// <summary>The violations in the actions of AttributeUpdates.</summary>
    /// <exception cref="TableException">A part has the wrong JSON type.</exception>
    public static IEnumerable<string> OfUpdates(JsonElement updates)
    {
        foreach (var (attribute, structure) in LegacyShape.Structures(updates, "AttributeValueUpdate"))
        {
            if (WireText.Text(structure, "Action") is { } action and not ("ADD" or "PUT" or "DELETE"))
                yield return $"Value '{action}' at 'attributeUpdates.{attribute}.member.action' failed to satisfy "
                    + "constraint: Member must satisfy enum value set: [DELETE, PUT, ADD]";
        }
    }
}
