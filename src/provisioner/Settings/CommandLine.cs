namespace Esb.Provisioner.Settings;

/// <summary>What the run is told on its command line.</summary>
internal sealed record CommandLine(bool DryRun, bool Json, bool AllowIndexRemoval, bool Help)
{
    /// <summary>Null: the manifest is made true.</summary>
    public ContentsRequest? Contents { get; init; }

    public const string Usage = """
        Makes the tables and buckets of a resources.yml what it says; nothing is deleted or replaced by that.

        Usage: esb-provisioner [--dry-run] [--json] [--allow-index-removal]
               esb-provisioner snapshot [--table NAME]... [--bucket NAME]... > FILE
               esb-provisioner delete [--dry-run] [--table NAME]... [--bucket NAME]...
               esb-provisioner check < FILE
               esb-provisioner restore < FILE

          --dry-run              print the plan, change nothing
          --json                 print one JSON document on standard output
          --allow-index-removal  remove global indexes that the manifest does not name, and rebuild those that it changes;
                                 PROVISION_ALLOW_INDEX_REMOVAL=true does the same

        snapshot writes what the tables and buckets hold to standard output. delete removes them with all that they hold; with
        --dry-run it says whether they are there. check reads a
        snapshot and says whether it is whole and its tables and buckets are there; restore puts it back into them, where what has the
        same key is replaced.

        RESOURCES_YML, else CONFIG_DIR/resources.yml, else /app/config/resources.yml is the manifest. PROVISION_TIMEOUT (60s) is how long
        a store that is not ready is waited for. AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_S3, AWS_REGION and AWS's credentials say where.
        """;

    /// <exception cref="FormatException">An argument that there is not.</exception>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        if (arguments is ["delete", "--dry-run", ..])
            return new CommandLine(false, false, false, false) { Contents = Request(ContentsCommand.Find, [.. arguments.Skip(2)]) };
        if (arguments is [var first, ..] && Command(first) is { } command)
            return new CommandLine(false, false, false, false) { Contents = Request(command, [.. arguments.Skip(1)]) };
        var line = new CommandLine(false, false, false, false);
        foreach (var argument in arguments)
        {
            line = argument switch
            {
                "--dry-run" => line with { DryRun = true },
                "--json" => line with { Json = true },
                "--allow-index-removal" => line with { AllowIndexRemoval = true },
                "--help" or "-h" or "-?" => line with { Help = true },
                _ => throw new FormatException($"there is no '{argument}'; allowed are --dry-run, --json, --allow-index-removal and --help"),
            };
        }

        return line;
    }

    private static ContentsCommand? Command(string word) => word switch
    {
        "snapshot" => ContentsCommand.Snapshot,
        "delete" => ContentsCommand.Delete,
        "check" => ContentsCommand.Check,
        "restore" => ContentsCommand.Restore,
        _ => null,
    };

    private static ContentsRequest Request(ContentsCommand command, IReadOnlyList<string> arguments)
    {
        var takesNames = command is ContentsCommand.Snapshot or ContentsCommand.Delete or ContentsCommand.Find;
        List<string> tables = [];
        List<string> buckets = [];
        foreach (var pair in arguments.Chunk(2))
        {
            if (!takesNames || pair is not [("--table" or "--bucket") and var kind, { Length: > 0 } name])
                throw new FormatException(takesNames ? $"'{pair[0]}': allowed are --table NAME and --bucket NAME" : $"there is no '{pair[0]}' here");
            (kind == "--table" ? tables : buckets).Add(name);
        }

        return takesNames && tables.Count + buckets.Count == 0
            ? throw new FormatException("no table and no bucket is named; allowed are --table NAME and --bucket NAME")
            : new ContentsRequest(command, tables, buckets);
    }
}
