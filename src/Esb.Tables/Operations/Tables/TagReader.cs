using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Reads tags.</summary>
internal static class TagReader
{
    private const int Most = 50;

    /// <exception cref="TableException">There are too many tags, or a tag occurs twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(Input input)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in input.Structures("Tags") ?? [])
        {
            if (!tags.TryAdd(tag.Text("Key") ?? "", tag.Text("Value") ?? ""))
                throw TableException.Validation("One or more parameter values were invalid: Duplicate tag keys");
        }

        RequireCount(tags.Count);
        return tags;
    }

    /// <exception cref="TableException">There are more than 50 tags.</exception>
    public static void RequireCount(int count)
    {
        if (count > Most)
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: Too many tags added. The maximum is 50");
        }
    }
}
