using Esb.Tables.Errors;

namespace Esb.Tables.PartiQl;

/// <summary>Parses the name of a table and, optionally, of one of its indexes.</summary>
internal static class SourceParser
{
    /// <summary>Parses <c>"table"</c> or <c>"table"."index"</c>.</summary>
    /// <exception cref="TableException">The name is not valid.</exception>
    public static (string Table, string? Index) Parse(StatementReader reader)
    {
        var parts = new List<string> { Part(reader) };
        while (reader.TryTake("."))
            parts.Add(Part(reader));
        return parts.Count switch
        {
            1 => (parts[0], null),
            2 => (parts[0], parts[1]),
            _ => throw TableException.Validation("A path may contain at most 2 components in the FROM clause"),
        };
    }

    /// <summary>Parses the name of the table that a statement writes to.</summary>
    /// <exception cref="TableException">The name is not valid.</exception>
    public static string ParseTable(StatementReader reader)
    {
        if (reader.IsAtEnd || reader.IsAtKeyword)
            throw StatementErrors.Malformed("Expected identifier for simple path");
        return Parse(reader) is (var table, null)
            ? table
            : throw StatementErrors.Malformed("Invalid path dot component in this operation");
    }

    /// <summary>Fails if the next word is not one of the given clauses but an alias, which is not supported.</summary>
    /// <exception cref="TableException">There is an alias.</exception>
    public static void RequireNoAlias(StatementReader reader, params ReadOnlySpan<string> clauses)
    {
        if (reader.Current.Kind is not (StatementTokenKind.Word or StatementTokenKind.Quoted))
            return;
        foreach (var clause in clauses)
        {
            if (reader.Current.IsWord(clause))
                return;
        }
        if (!reader.IsAtKeyword || reader.Current.IsWord("AS"))
            throw TableException.Validation("Aliasing is not supported");
    }

    private static string Part(StatementReader reader)
    {
        if (reader.Current.Kind != StatementTokenKind.Quoted)
            return reader.TakePlainName();
        var name = reader.Take().Text;
        return name.Length > 0 ? name : throw TableException.Validation("Path component cannot be an empty string");
    }
}
