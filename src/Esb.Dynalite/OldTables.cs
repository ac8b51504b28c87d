using System.Text;
using System.Text.Json;
using Esb.Dynalite.LevelDb;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Tables;

namespace Esb.Dynalite;

/// <summary>Reads the definitions of the tables of a dynalite, with their tags.</summary>
/// <param name="database">The LevelDB of the dynalite.</param>
/// <param name="arns">The region and the account of the tables.</param>
/// <param name="report">Receives a line about each table that is not imported.</param>
internal sealed class OldTables(LevelDatabase database, ArnSettings arns, Action<string> report)
{
    /// <summary>Reads all definitions.</summary>
    /// <exception cref="ImportException">A definition is not what dynalite writes.</exception>
    public IReadOnlyList<TableDefinition> Read()
    {
        var tags = Tags();
        var tables = new List<TableDefinition>();
        foreach (var (key, value) in database.Read(OldKeys.Tables))
        {
            var name = Encoding.UTF8.GetString(key.AsSpan(OldKeys.Tables.Length));
            if (Definition(name, value) is not { } table)
                report($"The table {name} is not imported, since its deletion had begun.");
            else
                tables.Add(tags.TryGetValue(name, out var found) ? table with { Tags = found } : table);
        }

        return tables;
    }

    private TableDefinition? Definition(string name, ReadOnlyMemory<byte> value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            // dynalite deletes the items of a table first, and its definition half a second later.
            return json.RootElement.GetProperty("TableStatus").ValueEquals("DELETING")
                ? null
                : DescriptionReader.Read(json.RootElement, arns.Region, arns.Account, DateTimeOffset.UtcNow);
        }
        catch (Exception e)
            when (e is JsonException or TableException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ImportException($"the definition of the table {name} cannot be read: {e.Message}");
        }
    }

    private Dictionary<string, Dictionary<string, string>> Tags()
    {
        var tags = new Dictionary<string, Dictionary<string, string>>();
        foreach (var (key, value) in database.Read(OldKeys.Tags))
        {
            var (table, tag) = OldKeys.Split(key, OldKeys.Tags);
            if (!tags.TryGetValue(table, out var found))
                tags.Add(table, found = []);
            found[tag] = Tag(table, tag, value);
        }

        return tags;
    }

    private static string Tag(string table, string tag, ReadOnlyMemory<byte> value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ImportException($"the tag {tag} of the table {table} cannot be read: {e.Message}");
        }
    }
}
