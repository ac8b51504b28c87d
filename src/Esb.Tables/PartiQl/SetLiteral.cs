using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Creates sets from literals such as <c>&lt;&lt;'a', 'b'&gt;&gt;</c>.</summary>
internal static class SetLiteral
{
    private const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>Creates the set with the given members.</summary>
    /// <param name="members">The members.</param>
    /// <param name="written">Returns the members as they are written in the statement.</param>
    /// <param name="path">The path of the set in the statement.</param>
    /// <exception cref="TableException">
    /// There are no members, two members are equal, or their types do not form a set.
    /// </exception>
    public static AttributeValue Of(
        IReadOnlyList<AttributeValue> members, Func<string> written, string path)
    {
        if (members.Count == 0)
            throw TableException.Validation("Empty bags are not supported");
        var isDistinct = members.Distinct().Count() == members.Count;
        if (members.All(member => member is StringValue))
        {
            string[] texts = [.. members.Select(member => ((StringValue)member).Text)];
            return isDistinct
                ? new StringSetValue(texts)
                : throw TableException.Validation(
                    $"{Invalid}Input collection [{string.Join(", ", texts)}] contains duplicates.");
        }
        if (members.All(member => member is NumberValue))
            return isDistinct
                ? new NumberSetValue([.. members.Select(member => ((NumberValue)member).Number)])
                : throw TableException.Validation(
                    $"{Invalid}Input collection [{written()}] contains duplicates! under {path}");
        if (!members.All(member => member is BinaryValue))
            throw TableException.Validation("Bags can only contain values of one type: strings, numbers or binary");
        Bytes[] binaries = [.. members.Select(member => ((BinaryValue)member).Bytes)];
        return isDistinct
            ? new BinarySetValue(binaries)
            : throw TableException.Validation(
                $"{Invalid}Input collection [{string.Join(", ", binaries.Select(b => Convert.ToBase64String(b.Span)))}]"
                    + "of type BS contains duplicates.");
    }
}
