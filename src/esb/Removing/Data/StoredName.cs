using Esb.Schema.Merging;
using Esb.Schema.Resources;

namespace Esb.Cli.Removing.Data;

/// <summary>A table or a bucket by name.</summary>
/// <param name="Noun"><c>table</c> or <c>bucket</c>.</param>
/// <param name="Name">The name of the table or bucket.</param>
internal sealed record StoredName(string Noun, string Name)
{
    /// <summary>The option on the provisioner's command line.</summary>
    public IReadOnlyList<string> Arguments => [$"--{Noun}", Name];

    public override string ToString() => $"{Noun} {Name}";

    /// <summary>Parses <c>NAME</c>, <c>table NAME</c> or <c>bucket NAME</c>.</summary>
    /// <param name="typed">The text.</param>
    /// <param name="entries">The entries of the three files, in which a bare name is looked up.</param>
    /// <exception cref="CommandFailure">
    /// A bare name fits neither a table nor a bucket, or both; or it is not a name. The stores would also accept an
    /// ARN, which no file contains.
    /// </exception>
    public static StoredName Of(string typed, IReadOnlyList<ConfigurationEntry> entries)
    {
        if (typed.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [("table" or "bucket") and var noun, var name])
            return (noun == "table" ? ResourceNames.IsTable(name) : ResourceNames.IsBucket(name))
                ? new StoredName(noun, name)
                : throw CommandFailure.Usage(
                    $"--delete-data '{typed}': '{name}' cannot be the name of a {noun}", $"name the {noun} itself");
        var found = entries.Where(e => e.Key == typed && IsStored(e))
            .Select(e => new StoredName(e.Section, e.Key))
            .Distinct()
            .ToList();
        return found switch
        {
            [var one] => one,
            [] => throw CommandFailure.Usage(
                $"--delete-data {typed}: the three files name no table or bucket '{typed}'",
                $"if they no longer name it, say which it is: --delete-data 'table {typed}'"),
            _ => throw CommandFailure.Usage(
                $"--delete-data {typed}: there is a table and a bucket of this name",
                $"say which: --delete-data 'table {typed}'"),
        };
    }

    public bool Is(ConfigurationEntry entry) => (entry.Section, entry.Key) == (Noun, Name);

    private static bool IsStored(ConfigurationEntry entry) =>
        ResourceKind.All.Any(k => k.Noun == entry.Section && k.Noun is "table" or "bucket");
}
