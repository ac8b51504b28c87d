using System.Text.Json;
using System.Text.RegularExpressions;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>The name of a table, or its ARN, which operations on items and tables accept instead of the name.</summary>
internal sealed class TableNameShape : Shape
{
    private static readonly Regex Letters = new("^[a-zA-Z0-9_.-]+\\z", RegexOptions.NonBacktracking);
    private static readonly TextShape Name = new() { Shortest = 3, Longest = 255, Pattern = Letters };

    /// <summary>
    /// Whether the operation creates or changes the table itself. In that case AWS checks the length before everything
    /// else, and has a special message for it.
    /// </summary>
    public bool IsOfTable { get; init; }

    public override void CheckType(JsonElement value) => Name.CheckType(value);

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
        if (IsArn(value.GetString()!))
            return;
        if (IsOfTable)
            new TextShape { Pattern = Letters }.CheckConstraints(value, path, violations);
        else
            Name.CheckConstraints(value, path, violations);
    }

    /// <summary>Whether a text is the ARN of a table.</summary>
    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The table name in an ARN. A text that is not an ARN is returned unchanged.</summary>
    public static string NameOf(string nameOrArn)
    {
        const string Table = ":table/";
        if (!IsArn(nameOrArn) || nameOrArn.IndexOf(Table, StringComparison.Ordinal) is var start && start < 0)
            return nameOrArn;
        var name = nameOrArn[(start + Table.Length)..];
        return name.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
    }
}
